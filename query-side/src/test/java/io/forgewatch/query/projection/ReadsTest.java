package io.forgewatch.query.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.MongoWriteException;
import com.mongodb.ServerAddress;
import com.mongodb.WriteError;
import io.forgewatch.event.risk.RiskLevel;
import io.forgewatch.query.given.Store;
import io.forgewatch.query.given.Story;
import io.forgewatch.query.given.Wire;
import io.forgewatch.web.Problem;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.bson.BsonDocument;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Those who look never keep a projection from writing, and are told soon when their turn does not come. */
class ReadsTest {

    private static final ViewName NAME = new ViewName("counts", 1);
    private static final Generation GENERATION = Generation.first(NAME);
    private static final int READERS = 100;

    private final Counting counting = new Counting();
    private final Story story = new Story(Instant.parse("2026-11-24T08:00:00Z"));

    @Test
    void
            given_a_hundred_readers_without_an_answer_when_a_projection_writes_then_it_does_and_they_are_told_to_come_again() {
        try (Store store = new Store();
                Wire wire = new Wire(store);
                StoreClients clients = new StoreClients(wire.uri())) {
            Progress progress = new Progress();
            progress.serve(Served.first(GENERATION));
            progress.advance(GENERATION, 0);
            View<Counting.Count> view = new View<>(clients.reads(), NAME, counting, progress);
            FoldedProjection<Counting.Count> projection = new FoldedProjection<>(
                    new Documents<>(clients.projecting(), GENERATION.collection(), counting), counting, List.of());
            wire.hold("held-reader");
            AtomicInteger ended = new AtomicInteger();
            List<Throwable> failures = new ArrayList<>();
            Disposable readers = Flux.range(0, READERS)
                    .flatMap(
                            reader -> view.find("held-reader")
                                    .doFinally(end -> ended.incrementAndGet())
                                    .onErrorResume(failure -> {
                                        synchronized (failures) {
                                            failures.add(failure);
                                        }
                                        return Mono.empty();
                                    }),
                            READERS)
                    .subscribe();

            Mono<Void> writing = Flux.range(0, 20)
                    .concatMap(i -> projection.apply(List.of(story.risk("GT3702110001", RiskLevel.BLUE, i, "none"))))
                    .then();
            assertThat(writing.then(Mono.fromSupplier(ended::get)).block(Duration.ofSeconds(60)))
                    .as("written while not one of the readers had his answer")
                    .isZero();

            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> ended.get() == READERS);
            readers.dispose();
            StoreProblems problems = new StoreProblems(new SimpleMeterRegistry());
            assertThat(failures)
                    .hasSize(READERS)
                    .allSatisfy(failure -> assertThat(failure instanceof TimeoutException
                                    || (failure instanceof Problem problem && problem.status() == 503)
                                    || problems.problem(failure).isPresent())
                            .as("%s is 503", failure)
                            .isTrue());
        }
    }

    @Test
    void given_as_many_readers_as_may_wait_when_one_more_comes_then_he_is_told_when_to_come_again() {
        try (Store store = new Store()) {
            Reads reads = Reads.of(store.database());
            Disposable.Composite all = Disposables.composite();
            for (int i = 0; i < Reads.AT_ONCE + Reads.WAITING; i++) {
                all.add(reads.one(Mono.never()).subscribe(answer -> {}, failure -> {}));
            }

            assertThatThrownBy(() -> reads.one(Mono.just("answer")).block())
                    .isInstanceOfSatisfying(Problem.class, problem -> {
                        assertThat(problem.status()).isEqualTo(503);
                        assertThat(problem.headers()).containsKey("Retry-After");
                    });

            all.dispose();
            Awaitility.await()
                    .untilAsserted(() -> assertThat(reads.one(Mono.just("answer"))
                                    .onErrorComplete()
                                    .block())
                            .isEqualTo("answer"));
        }
    }

    @Test
    void given_what_the_store_says_of_one_question_then_it_is_no_trouble_of_the_store_and_stays_a_fault_of_ours() {
        StoreProblems problems = new StoreProblems(new SimpleMeterRegistry());
        ServerAddress address = new ServerAddress();

        assertThat(problems.problem(new com.mongodb.MongoTimeoutException("no connection")))
                .hasValueSatisfying(problem -> {
                    assertThat(problem.status()).isEqualTo(503);
                    assertThat(problem.code()).isEqualTo("unavailable");
                    assertThat(problem.headers()).containsKey("Retry-After");
                });
        assertThat(problems.problem(new com.mongodb.MongoCommandException(
                        BsonDocument.parse("{ok: 0, code: 50, errmsg: 'too long'}"), address)))
                .isPresent();
        assertThat(problems.problem(new com.mongodb.MongoCommandException(
                        BsonDocument.parse("{ok: 0, code: 2, errmsg: 'bad value'}"), address)))
                .isEmpty();
        assertThat(problems.problem(new MongoWriteException(
                        new WriteError(121, "validation", new BsonDocument()), address, List.of())))
                .isEmpty();
        assertThat(problems.problem(new IllegalStateException())).isEmpty();
    }
}
