package io.forgewatch.query.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.forgewatch.event.RecordedEvent;
import io.forgewatch.event.risk.RiskLevel;
import io.forgewatch.query.given.Store;
import io.forgewatch.query.given.Story;
import io.forgewatch.web.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** A view that there was none of yet is read when it was once at the end of the events, and not before. */
class ViewBuildingTest {

    private static final ViewName NAME = new ViewName("counts", 1);
    private static final String WORKS = "GT3702110001";

    private final Counting counting = new Counting();
    private final Topic topic = new Topic();
    private final Story story = new Story(Instant.parse("2026-11-24T08:00:00Z"));
    private final Sinks.Empty<Void> gate = Sinks.empty();
    private Store database;
    private ProjectionStore store;

    @BeforeEach
    void a_history() {
        database = new Store();
        store = ProjectionStore.of(database.database());
        IntStream.range(0, 9).forEach(i -> topic.relay(story.risk(WORKS, RiskLevel.BLUE, i, "none")));
    }

    @AfterEach
    void closed() {
        database.close();
    }

    /** Comes no further than to position 6 before the gate is open. */
    private Instance instance() {
        ViewDefinition plain = ViewDefinition.folded(database.database(), NAME, counting, List.of());
        ViewDefinition slow = new ViewDefinition(
                NAME,
                generation -> {
                    Projection projection = plain.projection().apply(generation);
                    return new Projection() {
                        @Override
                        public Mono<Void> prepare() {
                            return projection.prepare();
                        }

                        @Override
                        public Mono<Void> apply(List<RecordedEvent> batch) {
                            Mono<Void> waited = batch.getLast().position() > 6 ? gate.asMono() : Mono.empty();
                            return waited.then(Mono.defer(() -> projection.apply(batch)));
                        }
                    };
                },
                plain.kinds());
        return new Instance(store, topic, Duration.ofHours(1), slow);
    }

    private View<Counting.Count> view(Instance instance) {
        return new View<>(Reads.of(database.database()), NAME, counting, instance.progress);
    }

    private static void awaitBuilt(Instance instance, long position) {
        Awaitility.await()
                .atMost(Instance.PATIENCE)
                .until(() -> instance.projections.reports().stream().anyMatch(one -> one.position() == position));
    }

    @Test
    void
            given_a_first_generation_when_it_is_not_at_the_end_yet_then_it_is_503_for_itself_alone_and_then_all_is_there() {
        try (Instance instance = instance()) {
            awaitBuilt(instance, 6);

            assertThatThrownBy(() -> view(instance).find(WORKS).block())
                    .isInstanceOfSatisfying(Problem.class, problem -> {
                        assertThat(problem.status()).isEqualTo(503);
                        assertThat(problem.code()).isEqualTo("view-building");
                        assertThat(problem.headers()).containsKey("Retry-After");
                    });
            assertThat(instance.report().building()).isNotNull();
            ViewName other = new ViewName("others", 1);
            instance.progress.serve(Generation.first(other));
            instance.progress.advance(Generation.first(other), 9);
            assertThat(instance.progress.isAt(other, 9)).isTrue();

            gate.tryEmitEmpty();
            Awaitility.await().atMost(Instance.PATIENCE).until(() -> instance.progress.isAt(NAME, 9));
            assertThat(view(instance).find(WORKS).block().positions())
                    .isEqualTo(LongStream.rangeClosed(1, 9).boxed().toList());
            assertThat(instance.report().building()).isNull();
        }
    }

    @Test
    void given_a_view_that_was_at_the_end_once_when_it_starts_behind_then_it_is_read_as_it_is() {
        ViewStates states = store.states();
        ViewState first = states.load(NAME).block();
        assertThat(states.replace(first, first.opened()).block()).isTrue();
        try (Instance instance = instance()) {
            awaitBuilt(instance, 6);

            assertThat(view(instance).find(WORKS).block().positions()).hasSize(6);
        }
    }

    @Test
    void
            given_a_first_generation_that_was_never_opened_when_newer_code_starts_then_it_builds_its_own_and_that_is_read() {
        store.states().load(NAME).block();
        ViewName raised = new ViewName("counts", 2);
        try (Instance instance = new Instance(
                store,
                topic,
                Duration.ofHours(1),
                ViewDefinition.folded(database.database(), raised, counting, List.of()))) {
            Awaitility.await().atMost(Instance.PATIENCE).until(() -> instance.progress.isAt(raised, 9));

            assertThat(instance.report().version()).isEqualTo(2);
        }
    }

    @Test
    void given_a_view_of_code_that_knew_no_building_when_loaded_then_it_serves() {
        store.states().load(NAME).block();
        Mono.from(database.database()
                        .getCollection("views")
                        .updateOne(new Document("_id", "counts"), new Document("$unset", new Document("open", ""))))
                .block();

        assertThat(store.states().load(NAME).block().open()).isTrue();
    }
}
