package io.forgewatch.query.projection;

import static org.assertj.core.api.Assertions.assertThat;

import io.forgewatch.event.DomainEvent;
import io.forgewatch.event.EventJson;
import io.forgewatch.event.RecordedEvent;
import io.forgewatch.event.risk.RiskLevel;
import io.forgewatch.query.given.Store;
import io.forgewatch.query.given.Story;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A projection that counts events by enterprise goes on whatever happens, and never counts one twice or skips one. */
class ProjectionRunTest {

    private static final ViewName NAME = new ViewName("counts", 1);
    private static final String GOOD = "GT3702110001";
    private static final String BAD = "GT3702110002";

    /** How many events an enterprise had, and which. */
    record Count(List<Long> positions) {}

    private final Fold<Count> counting = new Fold<>() {
        @Override
        public Class<Count> type() {
            return Count.class;
        }

        @Override
        public List<String> ids(DomainEvent event) {
            return List.of(String.valueOf(event.enterpriseId()));
        }

        @Override
        public Count after(@Nullable Count state, String id, RecordedEvent event) {
            if (poisonous == event.position()) {
                throw new IllegalStateException("poison");
            }
            List<Long> positions = new ArrayList<>(state == null ? List.of() : state.positions());
            positions.add(event.position());
            return new Count(positions);
        }

        @Override
        public Map<String, Object> keys(Count state) {
            return Map.of();
        }
    };

    private final List<LoggedEvent> topic = new CopyOnWriteArrayList<>();
    private final Story story = new Story(Instant.parse("2026-11-24T08:00:00Z"));
    private final Progress progress = new Progress();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private volatile long poisonous;
    private Store store;
    private Documents<Count> documents;

    @BeforeEach
    void a_store() {
        store = new Store();
        documents = new Documents<>(store.database(), NAME, counting);
    }

    @AfterEach
    void closed() {
        store.close();
    }

    private void happens(RecordedEvent event) {
        relay(event.position(), event.event().enterpriseId(), EventJson.envelope(event));
    }

    private void relay(long position, String key, byte[] envelope) {
        topic.add(new LoggedEvent(topic.size(), position, key, envelope));
    }

    private void happens(String enterprise, int times) {
        IntStream.range(0, times).forEach(i -> happens(story.risk(enterprise, RiskLevel.BLUE, i, "none")));
    }

    /** Batches of three from the offset on, then nothing. */
    private final EventLog log = offset -> Flux.defer(() -> Flux.fromIterable(List.copyOf(topic)))
            .skip(offset)
            .buffer(3)
            .concatWith(Flux.never());

    private Disposable run(EventLog from) {
        return new ProjectionRun(
                        new FoldedProjection<>(NAME, documents, List.of()),
                        from,
                        new Checkpoints(store.database()),
                        progress,
                        meters)
                .run()
                .subscribe(done -> {}, stopped -> {});
    }

    private void runUntil(long position) {
        Disposable running = run(log);
        try {
            Awaitility.await().until(() -> progress.reached() >= position);
            Awaitility.await()
                    .until(() ->
                            new Checkpoints(store.database()).load(NAME).block().position() >= position);
        } finally {
            running.dispose();
        }
    }

    private List<Long> counted(String enterprise) {
        Count count = documents.find(enterprise).block();
        return count == null ? List.of() : count.positions();
    }

    @Test
    void given_events_relayed_twice_when_projected_then_each_counts_once() {
        happens(GOOD, 5);
        List.copyOf(topic).forEach(again -> relay(again.position(), again.key(), again.envelope()));
        happens(GOOD, 2);

        runUntil(7);

        assertThat(counted(GOOD)).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L);
    }

    @Test
    void given_a_checkpoint_that_was_lost_when_started_again_then_the_documents_refuse_what_they_have() {
        happens(GOOD, 7);
        runUntil(7);
        Mono.from(store.database().getCollection("checkpoints").drop()).block();
        progress.begin(NAME, 0);
        happens(GOOD, 1);

        runUntil(8);

        assertThat(counted(GOOD)).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L);
    }

    @Test
    void given_a_run_that_went_on_when_stopped_in_order_then_it_has_written_down_how_far_it_is() {
        Projections projections = new Projections(
                List.of(new FoldedProjection<>(NAME, documents, List.of())),
                log,
                new Checkpoints(store.database()),
                progress,
                meters);
        happens(GOOD, 7);
        projections.start();
        Awaitility.await().until(() -> progress.reached() == 7);

        AtomicBoolean stopped = new AtomicBoolean();
        projections.stop(() -> stopped.set(true));

        Awaitility.await().untilTrue(stopped);
        assertThat(new Checkpoints(store.database()).load(NAME).block()).isEqualTo(new Checkpoint(7, 6));
    }

    @Test
    void given_a_checkpoint_behind_what_is_written_when_started_again_then_nothing_counts_twice() {
        happens(GOOD, 4);
        runUntil(4);
        Checkpoints checkpoints = new Checkpoints(store.database());
        happens(GOOD, 3);
        runUntil(7);
        checkpoints.save(NAME, new Checkpoint(4, 3)).block();
        progress.begin(NAME, 0);
        happens(GOOD, 1);

        runUntil(8);

        assertThat(counted(GOOD)).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L);
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
        new Checkpoints(store.database()).save(NAME, new Checkpoint(0, 3)).block();

        runUntil(4);

        assertThat(counted(GOOD)).containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void given_a_topic_with_a_hole_when_projected_then_it_stops_and_says_where() {
        happens(GOOD, 2);
        story.risk(GOOD, RiskLevel.BLUE, 0, "never relayed");
        happens(GOOD, 1);

        Disposable running = run(log);
        Awaitility.await().until(() -> !progress.allRunning());
        running.dispose();

        assertThat(counted(GOOD)).containsExactly(1L, 2L);
        assertThat(progress.details().get("counts_v1").toString()).contains("After position 2", "goes on with 4");
    }

    @Test
    void given_an_event_of_newer_code_when_projected_then_it_stops_before_it_and_says_so() {
        happens(GOOD, 2);
        relay(3, GOOD, """
                {"position":3,"id":"00000000-0000-0007-0000-000000000003","name":"TimeTravelled","version":1,\
                "at":"2026-11-24T08:00:00Z","actor":"system/story","payload":{}}""".getBytes(StandardCharsets.UTF_8));

        Disposable running = run(log);
        Awaitility.await().until(() -> !progress.allRunning());
        running.dispose();

        assertThat(counted(GOOD)).containsExactly(1L, 2L);
        assertThat(new ProjectionHealth(progress).health().getStatus().getCode())
                .isEqualTo("DOWN");
        assertThat(progress.details().get("counts_v1").toString()).contains("TimeTravelled");
    }

    @Test
    void given_a_poisonous_event_when_projected_then_its_enterprise_is_parked_and_the_rest_goes_on() {
        happens(BAD, 1);
        happens(GOOD, 1);
        poisonous = 3;
        happens(BAD, 2);
        happens(GOOD, 2);

        runUntil(6);
        poisonous = 0;
        happens(BAD, 1);
        happens(GOOD, 1);
        runUntil(8);

        assertThat(counted(BAD)).containsExactly(1L);
        assertThat(counted(GOOD)).containsExactly(2L, 5L, 6L, 8L);
        assertThat(new Checkpoints(store.database()).parked(NAME).block()).containsExactly(Map.entry(BAD, 3L));
        assertThat(meters.get("forgewatch.projection.parked").counter().count()).isEqualTo(1);
        assertThat(progress.allRunning()).isTrue();
    }

    @Test
    void given_bytes_that_are_no_event_when_projected_then_its_key_is_parked() {
        happens(BAD, 1);
        relay(2, BAD, "{not json".getBytes(StandardCharsets.UTF_8));
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
        EventLog failing = offset -> attempts.incrementAndGet() < 3
                ? log.from(offset).take(1).concatWith(Flux.error(new IllegalStateException("the broker is away")))
                : log.from(offset);

        Disposable running = run(failing);
        Awaitility.await().until(() -> progress.reached() >= 6);
        running.dispose();

        assertThat(counted(GOOD)).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
    }
}
