package io.forgewatch.query.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import io.forgewatch.event.risk.RiskEvent;
import io.forgewatch.event.risk.RiskLevel;
import io.forgewatch.query.given.Store;
import io.forgewatch.query.given.Story;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** A projection that counts events by enterprise goes on whatever happens, and never counts one twice or skips one. */
class ProjectionRunTest {

    private static final ViewName NAME = new ViewName("counts", 1);
    private static final String GOOD = "GT3702110001";
    private static final String BAD = "GT3702110002";

    private static final Generation GENERATION = Generation.first(NAME);

    private final Counting counting = new Counting();
    private final Topic log = new Topic();
    private final Story story = new Story(Instant.parse("2026-11-24T08:00:00Z"));
    private final Progress progress = new Progress();
    private Store store;
    private Checkpoints checkpoints;
    private Documents<Counting.Count> documents;

    @BeforeEach
    void a_store() {
        store = new Store();
        checkpoints = Instance.claimed(store.database(), GENERATION);
        documents = new Documents<>(store.database(), GENERATION.collection(), counting);
        progress.serve(Served.first(GENERATION));
    }

    @AfterEach
    void closed() {
        store.close();
    }

    private void happens(String enterprise, int times) {
        IntStream.range(0, times).forEach(i -> log.relay(story.risk(enterprise, RiskLevel.BLUE, i, "none")));
    }

    private Disposable run(EventLog from) {
        return new ProjectionRun(
                        GENERATION,
                        new FoldedProjection<>(documents, counting, List.of()),
                        from,
                        claimed(),
                        progress,
                        Instance.forEver())
                .run()
                .subscribe(done -> {}, stopped -> {});
    }

    /** As whoever took the lease does. */
    private Checkpoints claimed() {
        checkpoints.claim(GENERATION, 1).block();
        return checkpoints;
    }

    private void runUntil(long position) {
        Disposable running = run(log);
        try {
            Awaitility.await().until(() -> progress.reached() >= position);
            Awaitility.await().until(() -> checkpoints.load(GENERATION).block().position() >= position);
        } finally {
            running.dispose();
        }
    }

    private List<Long> counted(String enterprise) {
        Counting.Count count = documents.find(enterprise).block();
        return count == null ? List.of() : count.positions();
    }

    private static byte[] newer(long position, String name, int version) {
        return """
                {"position":%1$d,"id":"00000000-0000-0007-0000-00000000000%1$d","name":"%2$s","version":%3$d,\
                "at":"2026-11-24T08:00:00Z","actor":"system/story","payload":{}}""".formatted(position, name, version).getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void given_events_relayed_twice_when_projected_then_each_counts_once() {
        happens(GOOD, 5);
        log.records().forEach(again -> log.relay(again.position(), again.key(), again.envelope()));
        happens(GOOD, 2);

        runUntil(7);

        assertThat(counted(GOOD)).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L);
    }

    @Test
    void given_a_checkpoint_that_was_lost_when_started_again_then_the_documents_refuse_what_they_have() {
        happens(GOOD, 7);
        runUntil(7);
        Mono.from(store.database().getCollection("checkpoints").drop()).block();
        progress.advance(GENERATION, 0);
        happens(GOOD, 1);

        runUntil(8);

        assertThat(counted(GOOD)).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L);
    }

    @Test
    void given_a_checkpoint_behind_what_is_written_when_started_again_then_nothing_counts_twice() {
        happens(GOOD, 7);
        runUntil(7);
        Mono.from(store.database()
                        .getCollection("checkpoints")
                        .replaceOne(
                                Filters.eq("_id", GENERATION.collection()),
                                new Document("position", 4L).append("offset", 3L)))
                .block();
        progress.advance(GENERATION, 0);
        happens(GOOD, 1);

        runUntil(8);

        assertThat(counted(GOOD)).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L);
    }

    @Test
    void given_another_instance_further_on_when_this_one_writes_how_far_it_is_then_the_higher_stays() {
        checkpoints.save(GENERATION, new Checkpoint(9, 8, null), 1).block();

        checkpoints.save(GENERATION, new Checkpoint(4, 3, null), 1).block();

        assertThat(checkpoints.load(GENERATION).block()).isEqualTo(new Checkpoint(9, 8, null));
    }

    @Test
    void given_a_run_that_is_cut_anywhere_when_started_again_and_again_then_nothing_is_lost_or_doubled() {
        happens(GOOD, 10);
        happens(BAD, 10);
        happens(GOOD, 10);
        for (int cut = 1; cut <= 30; cut += 4) {
            Disposable running = run(log);
            int until = cut;
            Awaitility.await().until(() -> progress.reached() >= until);
            running.dispose();
        }
        runUntil(30);

        assertThat(counted(GOOD)).hasSize(20).doesNotHaveDuplicates().isSorted();
        assertThat(counted(BAD)).hasSize(10).doesNotHaveDuplicates().isSorted();
    }

    @Test
    void given_an_offset_of_another_topic_when_started_then_the_position_is_looked_for_from_the_beginning() {
        happens(GOOD, 4);
        Mono.from(store.database()
                        .getCollection("checkpoints")
                        .updateOne(Filters.eq("_id", GENERATION.collection()), Updates.set("offset", 3L)))
                .block();

        runUntil(4);

        assertThat(counted(GOOD)).containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void given_a_topic_of_an_earlier_state_when_it_grows_past_what_is_shown_then_the_view_stops_and_takes_nothing() {
        happens(GOOD, 7);
        runUntil(7);
        Topic restored = new Topic();
        Story after = new Story(Instant.parse("2026-11-24T08:00:00Z"), 8);
        IntStream.range(0, 9).forEach(i -> restored.relay(after.risk(GOOD, RiskLevel.BLUE, i, "none")));

        Disposable running = run(restored);
        Awaitility.await().until(() -> progress.whyStopped(GENERATION).isPresent());
        running.dispose();

        assertThat(progress.whyStopped(GENERATION).orElseThrow()).contains("Position 7 was event", "Rebuild counts");
        assertThat(counted(GOOD)).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L);
    }

    @Test
    void given_a_topic_that_was_lost_and_written_again_when_started_then_the_view_goes_on_behind_what_it_shows() {
        happens(GOOD, 3);
        log.relay(3, GOOD, log.records().getLast().envelope());
        happens(GOOD, 4);
        runUntil(7);
        Topic again = new Topic();
        List<LoggedEvent> first = log.records();
        first.stream()
                .filter(record -> record.offset() != 3)
                .forEach(record -> again.relay(record.position(), record.key(), record.envelope()));
        again.relay(story.risk(GOOD, RiskLevel.BLUE, 8, "none"));

        Disposable running = run(again);
        Awaitility.await().until(() -> progress.reached() >= 8);
        running.dispose();

        assertThat(counted(GOOD)).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L);
    }

    @Test
    void given_a_topic_that_was_lost_when_another_history_is_written_at_other_offsets_then_the_view_stops() {
        happens(GOOD, 3);
        log.relay(3, GOOD, log.records().getLast().envelope());
        happens(GOOD, 4);
        runUntil(7);
        Topic restored = new Topic();
        Story after = new Story(Instant.parse("2026-11-24T08:00:00Z"), 8);
        IntStream.range(0, 9).forEach(i -> restored.relay(after.risk(GOOD, RiskLevel.BLUE, i, "none")));
        assertThat(restored.records().get(7).position()).isEqualTo(8);

        Disposable running = run(restored);
        Awaitility.await().until(() -> progress.whyStopped(GENERATION).isPresent());
        running.dispose();

        assertThat(progress.whyStopped(GENERATION).orElseThrow()).contains("Position 7 was event", "Rebuild counts");
        assertThat(counted(GOOD)).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L);
    }

    @Test
    void given_a_topic_that_lacks_the_event_where_the_view_is_when_started_then_it_takes_nothing_and_stops() {
        happens(GOOD, 7);
        runUntil(7);
        happens(GOOD, 2);
        Topic rest = new Topic();
        log.records().stream()
                .skip(7)
                .forEach(record -> rest.relay(record.position(), record.key(), record.envelope()));

        Disposable running = run(rest);
        Awaitility.await().until(() -> progress.whyStopped(GENERATION).isPresent());
        running.dispose();

        assertThat(progress.whyStopped(GENERATION).orElseThrow()).contains("position 7", "events are missing");
        assertThat(counted(GOOD)).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L);
    }

    @Test
    void given_an_event_of_newer_code_where_the_view_is_when_older_code_goes_on_then_it_is_taken_for_what_is_known() {
        happens(GOOD, 1);
        log.relay(2, GOOD, newer(2, "TimeTravelled", 1));
        story.risk(GOOD, RiskLevel.BLUE, 0, "takes position 2");
        checkpoints.save(GENERATION, new Checkpoint(2, 1, new UUID(7, 2)), 1).block();
        happens(GOOD, 1);

        runUntil(3);

        assertThat(counted(GOOD)).containsExactly(3L);
    }

    @Test
    void given_a_checkpoint_behind_what_is_shown_when_a_run_begins_again_then_what_is_shown_does_not_fall_back() {
        happens(GOOD, 7);
        Sinks.Empty<List<LoggedEvent>> failure = Sinks.empty();
        Sinks.Empty<List<LoggedEvent>> mended = Sinks.empty();
        List<Long> begun = new CopyOnWriteArrayList<>();
        EventLog failing = new EventLog() {
            @Override
            public Flux<List<LoggedEvent>> from(long offset) {
                begun.add(offset);
                return begun.size() == 1
                        ? log.from(offset).mergeWith(failure.asMono())
                        : mended.asMono().thenMany(log.from(offset));
            }

            @Override
            public Mono<Long> begin() {
                return log.begin();
            }

            @Override
            public Mono<Long> end() {
                return log.end();
            }
        };
        Disposable running = run(failing);
        Awaitility.await().until(() -> checkpoints.load(GENERATION).block().position() == 7);
        Checkpoint earlier = new Checkpoint(4, 3, new UUID(7, 4));
        checkpoints
                .forget(GENERATION)
                .then(checkpoints.claim(GENERATION, 1))
                .then(checkpoints.save(GENERATION, earlier, 1))
                .block();
        Mono.from(store.database().getCollection(GENERATION.collection()).deleteMany(new Document()))
                .block();

        failure.tryEmitError(new IllegalStateException("the store was away"));
        Awaitility.await().until(() -> begun.size() == 2);
        assertThat(progress.reached()).isEqualTo(7);

        mended.tryEmitEmpty();
        Awaitility.await().until(() -> counted(GOOD).equals(List.of(5L, 6L, 7L)));
        happens(GOOD, 1);
        Awaitility.await().until(() -> progress.reached() == 8);
        running.dispose();
        assertThat(counted(GOOD)).containsExactly(5L, 6L, 7L, 8L);
    }

    @Test
    void given_a_topic_with_a_hole_when_projected_then_it_stops_and_says_where() {
        happens(GOOD, 2);
        story.risk(GOOD, RiskLevel.BLUE, 0, "never relayed");
        happens(GOOD, 1);

        Disposable running = run(log);
        Awaitility.await().until(() -> progress.whyStopped(GENERATION).isPresent());
        running.dispose();

        assertThat(counted(GOOD)).containsExactly(1L, 2L);
        assertThat(progress.whyStopped(GENERATION).orElseThrow()).contains("After position 2", "goes on with 4");
    }

    @Test
    void given_an_event_of_a_name_that_only_newer_code_knows_when_projected_then_it_is_passed_over() {
        happens(GOOD, 2);
        log.relay(3, GOOD, newer(3, "TimeTravelled", 1));
        story.risk(GOOD, RiskLevel.BLUE, 0, "takes position 3");
        happens(GOOD, 1);

        runUntil(4);

        assertThat(counted(GOOD)).containsExactly(1L, 2L, 4L);
        assertThat(progress.whyStopped(GENERATION)).isEmpty();
    }

    @Test
    void given_a_newer_version_of_an_event_when_projected_then_it_stops_before_it_and_says_so() {
        happens(GOOD, 2);
        log.relay(3, GOOD, newer(3, "RiskAssessed", 99));

        Disposable running = run(log);
        Awaitility.await().until(() -> progress.whyStopped(GENERATION).isPresent());
        running.dispose();

        assertThat(counted(GOOD)).containsExactly(1L, 2L);
        assertThat(progress.whyStopped(GENERATION).orElseThrow()).contains("RiskAssessed", "99");
    }

    @Test
    void given_a_newer_version_of_an_event_that_the_view_does_not_want_when_projected_then_it_is_passed_over() {
        counting.wanted = Set.of(RiskEvent.class);
        happens(GOOD, 2);
        log.relay(3, GOOD, newer(3, "AlarmRaised", 99));
        story.risk(GOOD, RiskLevel.BLUE, 0, "takes position 3");
        happens(GOOD, 1);

        runUntil(4);

        assertThat(counted(GOOD)).containsExactly(1L, 2L, 4L);
        assertThat(progress.whyStopped(GENERATION)).isEmpty();
        assertThat(checkpoints.parked(GENERATION).collectList().block()).isEmpty();
        log.relay(5, GOOD, newer(5, "RiskAssessed", 99));
        Disposable running = run(log);
        Awaitility.await().until(() -> progress.whyStopped(GENERATION).isPresent());
        running.dispose();
        assertThat(progress.whyStopped(GENERATION).orElseThrow()).contains("RiskAssessed", "99");
        assertThat(progress.showsTheLost(GENERATION.view())).isFalse();
    }

    @Test
    void given_a_poisonous_event_when_projected_then_its_enterprise_is_parked_and_the_rest_goes_on() {
        happens(BAD, 1);
        happens(GOOD, 1);
        counting.poisonous.add(3L);
        happens(BAD, 2);
        happens(GOOD, 2);

        runUntil(6);
        counting.poisonous.clear();
        happens(BAD, 1);
        happens(GOOD, 1);
        runUntil(8);

        assertThat(counted(BAD)).containsExactly(1L);
        assertThat(counted(GOOD)).containsExactly(2L, 5L, 6L, 8L);
        assertThat(checkpoints.parked(GENERATION).collectList().block())
                .extracting(Parked::key, Parked::position)
                .containsExactly(tuple(BAD, 3L));
        assertThat(progress.whyStopped(GENERATION)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, ProjectionRun.FOLD_ATTEMPTS - 1})
    void given_an_event_that_fails_for_a_time_when_projected_then_it_counts_and_nobody_is_parked(int failures) {
        happens(BAD, 2);
        counting.failures.put(2L, failures);
        happens(GOOD, 1);
        happens(BAD, 1);

        runUntil(4);

        assertThat(counted(BAD)).containsExactly(1L, 2L, 4L);
        assertThat(counted(GOOD)).containsExactly(3L);
        assertThat(counting.attempts).containsEntry(2L, failures + 1);
        assertThat(checkpoints.parked(GENERATION).collectList().block()).isEmpty();
    }

    @Test
    void given_an_event_that_stays_poisonous_when_projected_then_it_is_tried_as_often_as_promised_before_it_parks() {
        happens(BAD, 1);
        happens(GOOD, 1);
        counting.failures.put(1L, ProjectionRun.FOLD_ATTEMPTS);

        runUntil(2);

        assertThat(counting.attempts).containsEntry(1L, ProjectionRun.FOLD_ATTEMPTS);
        assertThat(ProjectionRun.FOLD_ATTEMPTS).isGreaterThan(1);
        assertThat(counted(BAD)).isEmpty();
        assertThat(counted(GOOD)).containsExactly(2L);
        assertThat(checkpoints.parked(GENERATION).collectList().block())
                .extracting(Parked::key, Parked::position)
                .containsExactly(tuple(BAD, 1L));
    }

    @Test
    void given_two_poisonous_events_of_one_batch_when_projected_then_each_gets_all_its_attempts() {
        happens(BAD, 1);
        happens(GOOD, 2);
        counting.poisonous.add(1L);
        counting.failures.put(2L, ProjectionRun.FOLD_ATTEMPTS - 1);

        runUntil(3);

        assertThat(counting.attempts).containsEntry(1L, ProjectionRun.FOLD_ATTEMPTS);
        assertThat(counted(GOOD)).containsExactly(2L, 3L);
        assertThat(checkpoints.parked(GENERATION).collectList().block())
                .extracting(Parked::key)
                .containsExactly(BAD);
    }

    @Test
    void given_bytes_that_are_no_event_when_projected_then_its_key_is_parked() {
        happens(BAD, 1);
        log.relay(2, BAD, "{not json".getBytes(StandardCharsets.UTF_8));
        story.risk(BAD, RiskLevel.BLUE, 0, "takes position 2");
        happens(BAD, 1);
        happens(GOOD, 1);

        runUntil(4);

        assertThat(counted(BAD)).containsExactly(1L);
        assertThat(counted(GOOD)).containsExactly(4L);
    }

    @Test
    void given_a_broker_that_fails_when_it_comes_back_then_the_projection_goes_on() {
        happens(GOOD, 6);
        AtomicInteger attempts = new AtomicInteger();
        EventLog failing = new EventLog() {
            @Override
            public Flux<List<LoggedEvent>> from(long offset) {
                return attempts.incrementAndGet() < 3
                        ? log.from(offset)
                                .take(1)
                                .concatWith(Flux.error(new IllegalStateException("the broker is away")))
                        : log.from(offset);
            }

            @Override
            public Mono<Long> begin() {
                return log.begin();
            }

            @Override
            public Mono<Long> end() {
                return log.end();
            }
        };

        Disposable running = run(failing);
        Awaitility.await().until(() -> progress.reached() >= 6);
        running.dispose();

        assertThat(counted(GOOD)).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
    }

    @Test
    void given_a_broker_that_fails_again_and_again_behind_what_is_new_when_projected_then_no_pause_grows() {
        int failures = 20;
        happens(GOOD, 5 * failures);
        AtomicInteger attempts = new AtomicInteger();
        EventLog failing = new EventLog() {
            @Override
            public Flux<List<LoggedEvent>> from(long offset) {
                int attempt = attempts.incrementAndGet();
                return attempt > failures
                        ? log.from(offset)
                        : log.from(offset)
                                .takeUntil(batch -> batch.getLast().position() >= 3L * attempt)
                                .concatWith(Flux.error(new IllegalStateException("the broker went away")));
            }

            @Override
            public Mono<Long> begin() {
                return log.begin();
            }

            @Override
            public Mono<Long> end() {
                return log.end();
            }
        };

        Disposable running = run(failing);
        // With pauses that grow it would be minutes.
        Awaitility.await().atMost(Instance.PATIENCE).until(() -> progress.reached() >= 5 * failures);
        running.dispose();

        assertThat(attempts).hasValueGreaterThan(failures);
        assertThat(counted(GOOD)).hasSize(5 * failures);
    }
}
