package io.forgewatch.query.projection;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import io.forgewatch.event.RecordedEvent;
import io.forgewatch.event.risk.RiskLevel;
import io.forgewatch.query.given.Store;
import io.forgewatch.query.given.Story;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.bson.BsonValue;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** A view is built anew beside the one that is read, takes over when it is as far, and nobody who reads sees a gap. */
class ProjectionsTest {

    private static final ViewName NAME = new ViewName("counts", 1);
    private static final String GOOD = "GT3702110001";
    private static final String BAD = "GT3702110002";
    private static final Duration LONG = Duration.ofHours(1);
    /** Longer than a read takes, on a busy machine too. */
    private static final Duration MOMENT = Duration.ofSeconds(3);

    private final Counting counting = new Counting();
    private final Topic topic = new Topic();
    private final Story story = new Story(Instant.parse("2026-11-24T08:00:00Z"));
    private final List<Long> appliedByBuilds = new CopyOnWriteArrayList<>();

    /** Builds beyond the first wait for this at and after that position. */
    private final AtomicLong gateAt = new AtomicLong(Long.MAX_VALUE);

    private volatile Sinks.Empty<Void> gate = Sinks.empty();
    private Store database;
    private ProjectionStore store;

    @BeforeEach
    void a_store() {
        database = new Store();
        store = ProjectionStore.of(database.database());
    }

    @AfterEach
    void closed() {
        database.close();
    }

    private void happens(String enterprise, int times) {
        IntStream.range(0, times).forEach(i -> topic.relay(story.risk(enterprise, RiskLevel.BLUE, i, "none")));
    }

    private ViewDefinition version(int version) {
        ViewDefinition plain =
                ViewDefinition.folded(database.database(), new ViewName("counts", version), counting, List.of());
        return new ViewDefinition(
                plain.name(), generation -> gated(generation, plain.projection().apply(generation)), plain.kinds());
    }

    private Projection gated(Generation generation, Projection projection) {
        return generation.build() == 0
                ? projection
                : new Projection() {
                    @Override
                    public Mono<Void> prepare() {
                        return projection.prepare();
                    }

                    @Override
                    public Mono<Void> apply(List<RecordedEvent> batch) {
                        boolean waits = batch.getLast().position() >= gateAt.get();
                        return (waits ? gate.asMono() : Mono.<Void>empty()).then(Mono.defer(() -> {
                            batch.forEach(event -> appliedByBuilds.add(event.position()));
                            return projection.apply(batch);
                        }));
                    }
                };
    }

    private Instance instance(Duration grace) {
        return new Instance(store, topic, grace, version(1));
    }

    private List<Long> counted(Instance instance, String enterprise) {
        Counting.Count count = new View<>(Reads.of(database.database()), NAME, counting, instance.progress)
                .find(enterprise)
                .block();
        return count == null ? List.of() : count.positions();
    }

    private List<String> collections() {
        return Flux.from(database.database().listCollectionNames())
                .collectList()
                .block();
    }

    /** How far the building is; -1 while none is seen. */
    private static long built(Instance instance) {
        ViewReport.Building building = instance.report().building();
        return building == null ? -1 : building.position();
    }

    private static List<Long> upTo(long last) {
        return LongStream.rangeClosed(1, last).boxed().toList();
    }

    @Test
    void given_a_topic_written_anew_when_a_view_comes_to_it_then_it_stops_and_a_rebuild_shows_what_there_is_now() {
        happens(GOOD, 20);
        try (Instance instance = instance(Duration.ZERO)) {
            instance.awaitPosition(20);
            topic.clear();
            Story restored = new Story(Instant.parse("2026-11-24T08:00:00Z"));
            IntStream.range(0, 5).forEach(i -> topic.relay(restored.risk(GOOD, RiskLevel.BLUE, i, "none")));
            Awaitility.await()
                    .atMost(Instance.PATIENCE)
                    .until(() -> String.valueOf(instance.report().stopped()).contains("written anew"));
            assertThat(counted(instance, GOOD)).isEqualTo(upTo(20));

            instance.projections.rebuild("counts").block();
            instance.awaitBuild(1);
            assertThat(counted(instance, GOOD)).isEqualTo(upTo(5));
            topic.relay(restored.risk(GOOD, RiskLevel.BLUE, 6, "none"));
            instance.awaitPosition(6);
        }
        try (Instance again = instance(Duration.ZERO)) {
            again.awaitPosition(6);
            assertThat(counted(again, GOOD)).isEqualTo(upTo(6));
            assertThat(again.report().stopped()).isNull();
        }
    }

    @Test
    void given_a_topic_written_anew_while_nobody_read_it_when_a_view_starts_then_it_stops_and_skips_nothing() {
        happens(GOOD, 20);
        try (Instance instance = instance(Duration.ZERO)) {
            instance.awaitPosition(20);
        }
        topic.clear();
        Story restored = new Story(Instant.parse("2026-11-24T08:00:00Z"));
        IntStream.range(0, 30).forEach(i -> topic.relay(restored.risk(GOOD, RiskLevel.BLUE, i, "none")));
        try (Instance instance = instance(Duration.ZERO)) {
            Awaitility.await()
                    .atMost(Instance.PATIENCE)
                    .until(() -> instance.projections.reports().stream()
                            .anyMatch(report -> String.valueOf(report.stopped()).contains("written anew")));
            assertThat(counted(instance, GOOD)).isEqualTo(upTo(20));
        }
    }

    @Test
    void given_a_rebuild_that_stopped_at_a_hole_when_the_copy_is_whole_again_then_another_one_is_begun() {
        happens(GOOD, 20);
        try (Instance instance = instance(Duration.ZERO)) {
            instance.awaitPosition(20);
            List<LoggedEvent> all = topic.records();
            topic.clear();
            relayed(all.subList(10, 20));
            assertThat(rebuilt(instance)).isEqualTo(1);
            awaitBuildingStopped(instance, "events are missing");
            topic.clear();
            relayed(all);

            assertThat(rebuilt(instance)).isEqualTo(2);
            instance.awaitBuild(2);
            assertThat(counted(instance, GOOD)).isEqualTo(upTo(20));
            assertThat(instance.report().building()).isNull();
            Awaitility.await()
                    .atMost(Instance.PATIENCE)
                    .until(() -> !collections().contains("counts_v1_b1"));
        }
    }

    @Test
    void given_a_copy_cleared_in_the_middle_of_a_rebuild_when_asked_again_then_another_one_shows_what_there_is_now() {
        happens(GOOD, 20);
        try (Instance instance = instance(Duration.ZERO)) {
            instance.awaitPosition(20);
            gateAt.set(10);
            assertThat(rebuilt(instance)).isEqualTo(1);
            Awaitility.await().atMost(Instance.PATIENCE).until(() -> built(instance) == 9);
            topic.clear();
        }
        Story restored = new Story(Instant.parse("2026-11-24T08:00:00Z"));
        IntStream.range(0, 5).forEach(i -> topic.relay(restored.risk(GOOD, RiskLevel.BLUE, i, "none")));
        gateAt.set(Long.MAX_VALUE);
        try (Instance again = instance(Duration.ZERO)) {
            Awaitility.await()
                    .atMost(Instance.PATIENCE)
                    .until(() -> !again.projections.reports().isEmpty());
            awaitBuildingStopped(again, "written anew");

            assertThat(rebuilt(again)).isEqualTo(2);
            again.awaitBuild(2).awaitPosition(5);
            assertThat(counted(again, GOOD)).isEqualTo(upTo(5));
            assertThat(health(again)).isEqualTo("UP");
        }
    }

    @Test
    void given_a_copy_that_is_still_written_when_a_rebuild_is_at_its_end_then_it_waits_until_that_stands_still() {
        happens(GOOD, 20);
        Progress progress = new Progress();
        ViewRuns runs = new ViewRuns(
                List.of(version(1)), store, topic, progress, new Drifts(), LONG, new Tenancy("here", Instance.TERM));
        awaitLook(runs, () -> progress.reached() == 20);
        topic.clear();
        Story restored = new Story(Instant.parse("2026-11-24T08:00:00Z"));
        topic.relay(restored.risk(GOOD, RiskLevel.BLUE, 0, "none"));
        awaitLook(runs, () -> report(runs).stopped() != null);
        runs.rebuild().block();
        runs.follow().block();
        for (long copied = 1; copied < 9; copied++) {
            long last = copied;
            Awaitility.await()
                    .atMost(Instance.PATIENCE)
                    .until(() -> report(runs).building().position() == last);
            topic.relay(restored.risk(GOOD, RiskLevel.BLUE, copied, "none"));
            runs.follow().block();
            assertThat(report(runs).build()).isZero();
        }

        awaitLook(runs, () -> report(runs).build() == 1 && progress.reached() == 9);
        runs.stop();
        assertThat(report(runs).position()).isEqualTo(9);
    }

    private static void awaitLook(ViewRuns runs, Callable<Boolean> condition) {
        Awaitility.await().atMost(Instance.PATIENCE).until(() -> {
            runs.follow().block();
            return condition.call();
        });
    }

    private static ViewReport report(ViewRuns runs) {
        return runs.report().orElseThrow();
    }

    private void relayed(List<LoggedEvent> records) {
        records.forEach(record -> topic.relay(record.position(), record.key(), record.envelope()));
    }

    /** The number of the generation that a rebuild is told to be. */
    private static int rebuilt(Instance instance) {
        return instance.projections.rebuild("counts").block().building().build();
    }

    private static void awaitBuildingStopped(Instance instance, String why) {
        Awaitility.await().atMost(Instance.PATIENCE).until(() -> {
            ViewReport.Building building = instance.report().building();
            return building != null && String.valueOf(building.stopped()).contains(why);
        });
    }

    @Test
    void given_a_view_that_is_kept_here_when_it_starts_then_what_is_stored_of_it_is_read_by_its_run_alone() {
        AtomicInteger reads = new AtomicInteger();
        database.close();
        database = new Store(new CommandListener() {
            @Override
            public void commandStarted(CommandStartedEvent asked) {
                BsonValue collection = asked.getCommand().get("find");
                if (collection != null && collection.asString().getValue().equals("checkpoints")) {
                    reads.incrementAndGet();
                }
            }
        });
        store = ProjectionStore.of(database.database());
        happens(GOOD, 3);
        try (Instance instance = instance(LONG)) {
            instance.awaitPosition(3);
            assertThat(reads).hasValue(1);
        }
    }

    @Test
    void given_a_rebuild_when_it_goes_on_then_reads_see_the_old_one_until_the_new_one_is_as_far() {
        happens(GOOD, 20);
        try (Instance instance = instance(MOMENT)) {
            instance.awaitPosition(20);
            gateAt.set(10);
            assertThat(instance.projections.rebuild("counts").block().building())
                    .isNotNull();
            Awaitility.await().atMost(Instance.PATIENCE).until(() -> built(instance) == 9);
            happens(GOOD, 5);
            instance.awaitPosition(25);
            assertThat(counted(instance, GOOD)).isEqualTo(upTo(25));
            assertThat(instance.report().build()).isZero();
            Awaitility.await()
                    .atMost(Instance.PATIENCE)
                    .untilAsserted(() -> assertThat(instance.gauge("building")).isBetween(0.3, 0.5));

            AtomicBoolean reading = new AtomicBoolean(true);
            List<Integer> seen = new CopyOnWriteArrayList<>();
            Disposable reader = Flux.defer(() -> Mono.fromCallable(
                                    () -> counted(instance, GOOD).size())
                            .subscribeOn(reactor.core.scheduler.Schedulers.boundedElastic()))
                    .repeat(reading::get)
                    .subscribe(seen::add);
            gate.emitEmpty(Sinks.EmitFailureHandler.FAIL_FAST);
            instance.awaitBuild(1);
            happens(GOOD, 5);
            instance.awaitPosition(30);
            Awaitility.await().atMost(Instance.PATIENCE).until(() -> seen.contains(30));
            reading.set(false);
            reader.dispose();

            assertThat(seen).isSorted().first().isEqualTo(25);
            assertThat(counted(instance, GOOD)).isEqualTo(upTo(30));
            Awaitility.await()
                    .atMost(Instance.PATIENCE)
                    .until(() -> !collections().contains("counts_v1"));
            assertThat(collections()).contains("counts_v1_b1");
            assertThat(instance.report().building()).isNull();
            assertThat(instance.gauge("building")).isNaN();
        }
    }

    @Test
    void given_no_such_view_when_it_is_to_be_rebuilt_then_nothing_is() {
        try (Instance instance = instance(LONG)) {
            assertThat(instance.projections.rebuild("nothing").blockOptional()).isEmpty();
        }
    }

    @Test
    void given_a_rebuild_under_way_when_asked_again_then_it_is_the_same_one() {
        happens(GOOD, 9);
        try (Instance instance = instance(LONG)) {
            instance.awaitPosition(9);
            gateAt.set(6);
            int first =
                    instance.projections.rebuild("counts").block().building().build();
            int second =
                    instance.projections.rebuild("counts").block().building().build();

            assertThat(second).isEqualTo(first).isEqualTo(1);
        }
    }

    @Test
    void given_a_restart_in_the_middle_of_a_rebuild_when_started_again_then_it_goes_on_where_it_was() {
        happens(GOOD, 30);
        try (Instance instance = instance(LONG)) {
            instance.awaitPosition(30);
            gateAt.set(16);
            instance.projections.rebuild("counts").block();
            Awaitility.await().atMost(Instance.PATIENCE).until(() -> built(instance) == 15);
        }
        gateAt.set(Long.MAX_VALUE);
        appliedByBuilds.clear();

        try (Instance again = instance(LONG)) {
            again.awaitBuild(1).awaitPosition(30);

            assertThat(counted(again, GOOD)).isEqualTo(upTo(30));
            assertThat(appliedByBuilds).first().isEqualTo(16L);
        }
    }

    @Test
    void given_a_higher_version_when_started_then_the_old_one_is_read_until_the_new_one_is_built_on_every_instance() {
        happens(GOOD, 12);
        try (Instance old = instance(LONG)) {
            old.awaitPosition(12);
            gateAt.set(6);
            try (Instance raised = new Instance(store, topic, LONG, version(2), version(1))) {
                raised.awaitPosition(12);
                assertThat(raised.report().version()).isEqualTo(1);
                happens(GOOD, 3);
                raised.awaitPosition(15);
                assertThat(counted(raised, GOOD)).isEqualTo(upTo(15));

                gate.emitEmpty(Sinks.EmitFailureHandler.FAIL_FAST);
                raised.awaitBuild(1).awaitPosition(15);
                assertThat(raised.report().version()).isEqualTo(2);
                assertThat(counted(raised, GOOD)).isEqualTo(upTo(15));
                Awaitility.await()
                        .atMost(Instance.PATIENCE)
                        .until(() -> old.report().stopped() != null);
                assertThat(old.report().stopped()).contains("newer code");
                assertThat(health(old)).isEqualTo("DOWN");
            }
        }
        try (Instance restarted = new Instance(store, topic, LONG, version(2))) {
            restarted.awaitPosition(15);
            assertThat(restarted.report().version()).isEqualTo(2);
            assertThat(restarted.report().build()).isEqualTo(1);
        }
    }

    @Test
    void given_code_without_the_old_version_when_it_builds_then_the_old_documents_are_read_as_they_are() {
        happens(GOOD, 6);
        try (Instance old = instance(LONG)) {
            old.awaitPosition(6);
        }
        gateAt.set(1);
        try (Instance raised = new Instance(store, topic, LONG, version(2))) {
            raised.awaitPosition(6);
            happens(GOOD, 1);

            assertThat(counted(raised, GOOD)).isEqualTo(upTo(6));
            gate.emitEmpty(Sinks.EmitFailureHandler.FAIL_FAST);
            raised.awaitBuild(1).awaitPosition(7);
            assertThat(counted(raised, GOOD)).isEqualTo(upTo(7));
        }
    }

    @Test
    void
            given_an_older_version_that_is_still_built_when_the_code_is_newer_then_that_is_built_and_the_frozen_one_told() {
        happens(GOOD, 6);
        try (Instance first = instance(Duration.ZERO)) {
            first.awaitPosition(6);
        }
        gateAt.set(1);
        try (Instance second = new Instance(store, topic, Duration.ZERO, version(2), version(1))) {
            awaitBuildingVersion(second, 2);
        }
        happens(GOOD, 1);
        try (Instance third = new Instance(store, topic, Duration.ZERO, version(3))) {
            awaitBuildingVersion(third, 3);
            Awaitility.await()
                    .atMost(Instance.PATIENCE)
                    .until(() -> String.valueOf(third.report().trouble()).contains("Nobody folds"));
            assertThat(counted(third, GOOD)).isEqualTo(upTo(6));
            assertThat(health(third)).isEqualTo("ATTENTION");
            assertThat(third.gauge("troubled")).isEqualTo(1);

            gate.emitEmpty(Sinks.EmitFailureHandler.FAIL_FAST);
            third.awaitBuild(2).awaitPosition(7);
            assertThat(counted(third, GOOD)).isEqualTo(upTo(7));
            assertThat(third.report().version()).isEqualTo(3);
            assertThat(health(third)).isEqualTo("UP");
            Awaitility.await()
                    .atMost(Instance.PATIENCE)
                    .until(() -> !collections().contains("counts_v2_b1"));
        }
    }

    @Test
    void given_older_code_that_still_folds_when_newer_code_without_that_version_builds_then_nothing_is_wrong() {
        happens(GOOD, 6);
        gateAt.set(1);
        try (Instance old = instance(LONG)) {
            old.awaitPosition(6);
            try (Instance raised = new Instance(store, topic, LONG, version(2))) {
                awaitBuildingVersion(raised, 2);
                happens(GOOD, 3);
                raised.awaitPosition(9);

                assertThat(raised.report().trouble()).isNull();
                assertThat(raised.report().build()).isZero();
            }
        }
    }

    private static void awaitBuildingVersion(Instance instance, int version) {
        Awaitility.await()
                .atMost(Instance.PATIENCE)
                .until(() -> instance.projections.reports().stream()
                        .map(ViewReport::building)
                        .anyMatch(building -> building != null && building.version() == version));
    }

    @Test
    void given_a_broker_that_does_not_answer_when_nothing_fails_then_every_view_says_so_until_it_answers_again() {
        happens(GOOD, 3);
        try (Instance instance = instance(LONG)) {
            instance.awaitPosition(3);
            assertThat(health(instance)).isEqualTo("UP");
            topic.isAway(true);
            happens(GOOD, 2);

            Awaitility.await()
                    .atMost(Instance.PATIENCE)
                    .until(() -> health(instance).equals("ATTENTION"));
            assertThat(instance.report().trouble()).contains("nobody answers for the topic");
            assertThat(instance.report().position()).isEqualTo(3);
            assertThat(instance.gauge("troubled")).isEqualTo(1);

            topic.isAway(false);
            instance.awaitPosition(5);
            Awaitility.await()
                    .atMost(Instance.PATIENCE)
                    .until(() -> health(instance).equals("UP"));
            assertThat(instance.gauge("troubled")).isZero();
        }
    }

    @Test
    void given_two_instances_when_one_rebuilds_then_both_read_the_new_one_and_both_keep_it() {
        happens(GOOD, 9);
        try (Instance one = instance(Duration.ZERO);
                Instance other = instance(Duration.ZERO)) {
            one.awaitPosition(9);
            other.awaitPosition(9);

            one.projections.rebuild("counts").block();
            one.awaitBuild(1);
            other.awaitBuild(1);
            happens(GOOD, 3);
            one.awaitPosition(12);
            other.awaitPosition(12);

            assertThat(counted(one, GOOD)).isEqualTo(upTo(12));
            assertThat(counted(other, GOOD)).isEqualTo(upTo(12));
        }
    }

    @Test
    void given_a_poisonous_event_when_the_code_is_mended_and_started_again_then_nothing_of_the_parked_is_missing() {
        happens(BAD, 2);
        counting.poisonous.add(4L);
        happens(GOOD, 1);
        happens(BAD, 3);
        List<Long> bad = new ArrayList<>(List.of(1L, 2L, 4L, 5L, 6L));
        try (Instance poisoned = instance(LONG)) {
            poisoned.awaitPosition(6);
            assertThat(counted(poisoned, BAD)).containsExactly(1L, 2L);
            assertThat(counted(poisoned, GOOD)).containsExactly(3L);
            assertThat(poisoned.gauge("parked")).isEqualTo(1);
            assertThat(poisoned.gauge("position")).isEqualTo(6);
            assertThat(health(poisoned)).isEqualTo("ATTENTION");
            assertThat(poisoned.report().parked()).extracting(Parked::key).containsExactly(BAD);
        }
        counting.poisonous.clear();

        try (Instance mended = instance(LONG)) {
            happens(BAD, 1);
            bad.add(7L);
            mended.awaitBuild(1).awaitPosition(7);

            assertThat(counted(mended, BAD)).isEqualTo(bad);
            assertThat(counted(mended, GOOD)).containsExactly(3L);
            assertThat(mended.gauge("parked")).isZero();
            assertThat(mended.gauge("position")).isEqualTo(7);
            assertThat(health(mended)).isEqualTo("UP");
        }
    }

    @Test
    void given_a_rebuild_that_parks_somebody_else_when_it_is_as_far_then_it_does_not_take_over() {
        happens(GOOD, 2);
        happens(BAD, 2);
        try (Instance instance = instance(Duration.ZERO)) {
            instance.awaitPosition(4);
            counting.poisonous.add(3L);
            instance.projections.rebuild("counts").block();

            Awaitility.await()
                    .atMost(Instance.PATIENCE)
                    .until(() -> instance.report().givenUp() != null);
            assertThat(instance.report().build()).isZero();
            assertThat(instance.report().givenUp()).contains(BAD);
            assertThat(counted(instance, BAD)).containsExactly(3L, 4L);
            assertThat(health(instance)).isEqualTo("ATTENTION");
            Awaitility.await()
                    .atMost(Instance.PATIENCE)
                    .until(() -> !collections().contains("counts_v1_b1"));
        }
    }

    @Test
    void given_documents_changed_by_hand_when_compared_then_each_is_reported_until_it_is_right_again() {
        happens(GOOD, 3);
        happens(BAD, 3);
        try (Instance instance = instance(LONG)) {
            instance.awaitPosition(6);
            assertThat(instance.gauge("drift")).isZero();
            edit(GOOD, new Document("$set", new Document("content.positions.1", 77L)));

            Awaitility.await().atMost(Instance.PATIENCE).until(() -> instance.gauge("drift") == 1);
            Drift drift = instance.report().drift().getFirst();
            assertThat(drift.id()).isEqualTo(GOOD);
            assertThat(drift.collection()).isEqualTo("counts_v1");
            assertThat(drift.fields()).containsExactly("content.positions.1");
            assertThat(health(instance)).isEqualTo("ATTENTION");

            edit(GOOD, new Document("$set", new Document("content.positions.1", 2L)));
            Awaitility.await().atMost(Instance.PATIENCE).until(() -> instance.gauge("drift") == 0);
        }
    }

    @Test
    void given_a_document_that_claims_a_position_beyond_all_events_when_compared_then_that_differs() {
        happens(GOOD, 3);
        try (Instance instance = instance(LONG)) {
            instance.awaitPosition(3);
            edit(GOOD, new Document("$set", new Document("position", 1_000_000L)));

            Awaitility.await().atMost(Instance.PATIENCE).until(() -> instance.gauge("drift") == 1);
            assertThat(instance.report().drift().getFirst().fields()).containsExactly("position");
        }
    }

    @Test
    void given_a_document_that_is_gone_when_compared_then_it_is_reported_missing_and_a_rebuild_mends_it() {
        happens(BAD, 30);
        happens(GOOD, 30);
        try (Instance instance = instance(LONG)) {
            instance.awaitPosition(60);
            Mono.from(database.database().getCollection("counts_v1").deleteOne(new Document("_id", BAD)))
                    .block();

            Awaitility.await().atMost(Instance.PATIENCE).until(() -> instance.gauge("drift") == 1);
            assertThat(instance.report().drift().getFirst().fields()).containsExactly("missing");

            instance.projections.rebuild("counts").block();
            instance.awaitBuild(1);
            assertThat(counted(instance, BAD)).isEqualTo(upTo(30));
            assertThat(instance.gauge("drift")).isZero();
        }
    }

    private void edit(String id, Document change) {
        Mono.from(database.database().getCollection("counts_v1").updateOne(new Document("_id", id), change))
                .block();
    }

    private static String health(Instance instance) {
        return new ProjectionHealth(instance.projections).health().getStatus().getCode();
    }
}
