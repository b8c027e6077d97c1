package io.forgewatch.query.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import io.forgewatch.event.risk.RiskLevel;
import io.forgewatch.query.given.Store;
import io.forgewatch.query.given.Story;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.bson.BsonValue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Of two instances one folds, the other follows; who lost the lease writes nothing any more. */
class FolderTest {

    private static final ViewName NAME = new ViewName("counts", 1);
    private static final Generation GENERATION = Generation.first(NAME);
    private static final String WORKS = "GT3702110001";
    private static final Duration LONG = Duration.ofHours(1);

    private final Counting counting = new Counting();
    private final Topic topic = new Topic();
    private final Story story = new Story(Instant.parse("2026-11-24T08:00:00Z"));
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

    private Instance instance(String name) {
        return instance(name, topic);
    }

    private Instance instance(String name, EventLog log) {
        return new Instance(
                name, store, log, LONG, ViewDefinition.folded(database.database(), NAME, counting, List.of()));
    }

    private void happens(int times) {
        IntStream.range(0, times).forEach(i -> topic.relay(story.risk(WORKS, RiskLevel.BLUE, i, "none")));
    }

    private List<Long> counted() {
        return documents().find(WORKS).block().positions();
    }

    private Documents<Counting.Count> documents() {
        return new Documents<>(database.database(), GENERATION.collection(), counting);
    }

    private String owner() {
        return store.leases().load(GENERATION).block().owner();
    }

    private static List<Long> upTo(long last) {
        return LongStream.rangeClosed(1, last).boxed().toList();
    }

    @Test
    void given_two_instances_when_events_come_then_each_is_folded_once_and_both_know_how_far_it_is() {
        happens(5);
        try (Instance one = instance("one");
                Instance other = instance("other")) {
            one.awaitPosition(5);
            other.awaitPosition(5);
            happens(5);
            one.awaitPosition(10);
            other.awaitPosition(10);

            assertThat(counted()).isEqualTo(upTo(10));
            assertThat(store.leases().load(GENERATION).block().token()).isEqualTo(1);
        }
    }

    @Test
    void given_a_folder_that_is_killed_when_events_come_then_the_other_goes_on_and_nothing_is_doubled() {
        happens(5);
        Instance killed = instance("killed").awaitPosition(5);
        try (Instance other = instance("other")) {
            other.awaitPosition(5);
            assertThat(owner()).isEqualTo("killed");
            killed.kill();
            happens(5);

            other.awaitPosition(10);
            assertThat(counted()).isEqualTo(upTo(10));
            assertThat(owner()).isEqualTo("other");
        }
    }

    @Test
    void given_a_folder_that_is_stopped_when_it_is_gone_then_the_lease_is_free() {
        try (Instance one = instance("one")) {
            Awaitility.await().atMost(Instance.PATIENCE).until(() -> owner().equals("one"));
            assertThat(one.report().stopped()).isNull();
        }

        assertThat(store.leases().load(GENERATION).block().isFree()).isTrue();
    }

    @Test
    void given_a_killed_folder_that_comes_back_under_its_name_when_started_then_it_waits_for_no_term() {
        Instance killed = instance("same");
        Awaitility.await().atMost(Instance.PATIENCE).until(() -> owner().equals("same"));
        killed.kill();
        long before = store.leases().load(GENERATION).block().token();
        Tenancy unending = new Tenancy("same", Duration.ofDays(1));
        Folder again = new Folder(
                GENERATION,
                ViewDefinition.folded(database.database(), NAME, counting, List.of()),
                store,
                topic,
                new Progress(),
                unending);

        var running = again.run().subscribe();
        Awaitility.await().atMost(Instance.PATIENCE).until(() -> again.running().isPresent());
        running.dispose();

        assertThat(store.leases().load(GENERATION).block().token()).isEqualTo(before + 1);
    }

    @Test
    void given_one_who_lost_the_lease_when_he_writes_down_how_far_he_is_then_he_is_told_and_nothing_changes() {
        Checkpoints checkpoints = Instance.claimed(database.database(), GENERATION);
        checkpoints.save(GENERATION, new Checkpoint(4, 3, new UUID(7, 4)), 1).block();
        checkpoints.claim(GENERATION, 2).block();

        assertThatThrownBy(() -> checkpoints
                        .save(GENERATION, new Checkpoint(9, 8, new UUID(7, 9)), 1)
                        .block())
                .isInstanceOf(LostLeaseException.class);
        assertThatThrownBy(() -> checkpoints.claim(GENERATION, 1).block()).isInstanceOf(LostLeaseException.class);

        assertThat(checkpoints.load(GENERATION).block()).isEqualTo(new Checkpoint(4, 3, new UUID(7, 4)));
    }

    @Test
    void given_a_late_write_of_one_who_lost_the_lease_when_the_other_writes_then_neither_hides_what_the_other_wrote() {
        Documents<Counting.Count> documents = documents();
        Held<Counting.Count> first = new Held<>(WORKS, 1, new Counting.Count(List.of(1L)));
        documents.write(List.of(new Changed<>(first, 0))).block();
        Held<Counting.Count> second = new Held<>(WORKS, 2, new Counting.Count(List.of(1L, 2L)));
        documents.write(List.of(new Changed<>(second, 1))).block();
        Held<Counting.Count> without = new Held<>(WORKS, 3, new Counting.Count(List.of(1L, 3L)));

        assertThatThrownBy(() ->
                        documents.write(List.of(new Changed<>(without, 1))).block())
                .isInstanceOf(OvertakenException.class);
        assertThatThrownBy(() ->
                        documents.write(List.of(new Changed<>(without, 0))).block())
                .isInstanceOf(OvertakenException.class);

        assertThat(counted()).containsExactly(1L, 2L);
    }

    @Test
    void given_a_tenure_that_was_not_renewed_when_a_batch_comes_then_nothing_of_it_is_written() {
        happens(3);
        Tenure over = new Tenure(Lease.NONE.takenBy("here"), Duration.ofNanos(1), System.nanoTime() - 10);
        Checkpoints checkpoints = Instance.claimed(database.database(), GENERATION);
        ProjectionRun run = new ProjectionRun(
                GENERATION,
                new FoldedProjection<>(documents(), counting, List.of()),
                topic,
                checkpoints,
                new Progress(),
                over);

        assertThatThrownBy(() -> run.run().block()).isInstanceOf(LostLeaseException.class);
        assertThat(documents().find(WORKS).blockOptional()).isEmpty();
    }

    @Test
    void given_one_who_lost_the_lease_when_he_parks_somebody_then_he_is_told_and_nobody_is_parked() {
        Checkpoints checkpoints = Instance.claimed(database.database(), GENERATION);
        checkpoints.park(GENERATION, new Parked(WORKS, 3, "poison"), 1).block();
        checkpoints.claim(GENERATION, 2).block();
        Parking next =
                new Parking(GENERATION, checkpoints, new Tenure(new Lease(2, "next", 0), LONG, System.nanoTime()));
        next.load().block();
        Parking late =
                new Parking(GENERATION, checkpoints, new Tenure(new Lease(1, "late", 0), LONG, System.nanoTime()));

        assertThatThrownBy(
                        () -> late.store(new Parked("GT3702110002", 4, "late")).block())
                .isInstanceOf(LostLeaseException.class);
        assertThatThrownBy(() -> late.store(new Parked(WORKS, 2, "late")).block())
                .isInstanceOf(LostLeaseException.class);

        assertThat(next.all()).containsExactly(new Parked(WORKS, 3, "poison"));
        assertThat(checkpoints.parked(GENERATION).collectList().block())
                .containsExactly(new Parked(WORKS, 3, "poison"));
    }

    @Test
    void
            given_a_claim_between_the_look_and_the_write_of_one_who_parks_then_he_takes_it_back_and_the_next_never_had_it() {
        AtomicBoolean claims = new AtomicBoolean();
        AtomicReference<Runnable> beforeTheWrite = new AtomicReference<>(() -> {});
        database.close();
        database = new Store(new CommandListener() {
            @Override
            public void commandStarted(CommandStartedEvent asked) {
                BsonValue collection = asked.getCommand().get("update");
                if (collection != null
                        && collection.asString().getValue().equals("parked")
                        && claims.getAndSet(false)) {
                    beforeTheWrite.get().run();
                }
            }
        });
        Checkpoints checkpoints = Instance.claimed(database.database(), GENERATION);
        try (MongoClient other = MongoClients.create(database.uri())) {
            Checkpoints elsewhere =
                    new Checkpoints(other.getDatabase(database.database().getName()));
            beforeTheWrite.set(() -> elsewhere.claim(GENERATION, 2).block());
            claims.set(true);

            assertThatThrownBy(() -> checkpoints
                            .park(GENERATION, new Parked(WORKS, 3, "late"), 1)
                            .block())
                    .isInstanceOf(LostLeaseException.class);

            assertThat(elsewhere.adopted(GENERATION, 2).collectList().block()).isEmpty();
        }
    }

    @Test
    void given_a_tenure_that_was_not_renewed_when_somebody_is_to_be_parked_then_nobody_is() {
        Checkpoints checkpoints = Instance.claimed(database.database(), GENERATION);
        Tenure over = new Tenure(Lease.NONE.takenBy("here"), Duration.ofNanos(1), System.nanoTime() - 10);
        Parking parking = new Parking(GENERATION, checkpoints, over);

        assertThatThrownBy(() -> parking.store(new Parked(WORKS, 3, "poison")).block())
                .isInstanceOf(LostLeaseException.class);

        assertThat(checkpoints.parked(GENERATION).collectList().block()).isEmpty();
        assertThat(parking.all()).isEmpty();
    }

    @Test
    void given_code_that_stops_for_good_when_another_instance_is_there_then_that_one_tries_too() {
        happens(2);
        topic.relay(4, WORKS, "{}".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        try (Instance one = instance("one");
                Instance other = instance("other")) {
            Awaitility.await()
                    .atMost(Instance.PATIENCE)
                    .untilAsserted(() -> assertThat(List.of(one, other))
                            .allMatch(each -> !each.projections.reports().isEmpty()
                                    && each.report().stopped() != null));
            assertThat(counted()).isEqualTo(upTo(2));
        }
    }

    @Test
    void given_a_folder_that_cannot_reach_kafka_any_more_when_another_can_then_that_one_goes_on_and_keeps_it() {
        OwnPath path = new OwnPath(topic);
        happens(5);
        try (Instance one = instance("one", path).awaitPosition(5);
                Instance other = instance("other").awaitPosition(5)) {
            assertThat(owner()).isEqualTo("one");
            path.isCut(true);
            happens(5);

            other.awaitPosition(10);
            one.awaitPosition(10);
            assertThat(one.report().trouble()).contains("no way to the broker");
            path.isCut(false);
            Awaitility.await()
                    .atMost(Instance.PATIENCE)
                    .until(() -> one.report().trouble() == null);
            happens(5);
            one.awaitPosition(15);

            assertThat(counted()).isEqualTo(upTo(15));
            assertThat(store.leases().load(GENERATION).block().token()).isEqualTo(2);
            assertThat(owner()).isEqualTo("other");
        }
    }

    @Test
    void given_a_folder_to_whom_nothing_comes_though_there_is_more_when_another_gets_it_then_that_one_goes_on() {
        OwnPath path = new OwnPath(topic);
        happens(5);
        try (Instance one = instance("one", path).awaitPosition(5);
                Instance other = instance("other").awaitPosition(5)) {
            assertThat(owner()).isEqualTo("one");
            path.isMute(true);
            happens(5);

            other.awaitPosition(10);
            one.awaitPosition(10);
            assertThat(counted()).isEqualTo(upTo(10));
            assertThat(owner()).isEqualTo("other");
            Awaitility.await()
                    .atMost(Instance.PATIENCE)
                    .until(() -> one.report().trouble() == null);
        }
    }

    @Test
    void
            given_two_to_whom_nothing_comes_though_there_is_more_when_one_gets_it_again_then_he_goes_on_and_nothing_wandered() {
        OwnPath path = new OwnPath(topic);
        OwnPath others = new OwnPath(topic);
        happens(5);
        try (Instance one = instance("one", path).awaitPosition(5);
                Instance other = instance("other", others).awaitPosition(5)) {
            assertThat(owner()).isEqualTo("one");
            path.isMute(true);
            others.isMute(true);
            happens(5);
            Awaitility.await().atMost(Instance.PATIENCE).until(() -> {
                Lease lease = store.leases().load(GENERATION).block();
                return lease.isFree() && lease.token() == 2;
            });

            // Each tries to read, again and again, and nobody takes what he could not fold.
            int trials = path.begunAt(4);
            int othersTrials = others.begunAt(4);
            Awaitility.await()
                    .atMost(Instance.PATIENCE)
                    .until(() -> path.begunAt(4) >= trials + 3 && others.begunAt(4) >= othersTrials + 3);
            Lease free = store.leases().load(GENERATION).block();
            assertThat(free.token()).isEqualTo(2);
            assertThat(free.isFree()).isTrue();

            others.isMute(false);
            Awaitility.await().atMost(Instance.TERM.multipliedBy(5)).until(() -> other.progress.reached() >= 10);
            one.awaitPosition(10);
            assertThat(counted()).isEqualTo(upTo(10));
            assertThat(owner()).isEqualTo("other");
        }
    }

    @Test
    void given_a_broker_that_answers_nobody_when_it_is_back_then_one_folds_and_nobody_took_it_in_between() {
        happens(5);
        try (Instance one = instance("one").awaitPosition(5);
                Instance other = instance("other").awaitPosition(5)) {
            topic.isAway(true);
            happens(5);
            Awaitility.await()
                    .atMost(Instance.PATIENCE)
                    .untilAsserted(() -> assertThat(List.of(one, other))
                            .allMatch(each -> each.progress.whyAway() != null)
                            .allMatch(each ->
                                    store.leases().load(GENERATION).block().isFree()));

            topic.isAway(false);
            one.awaitPosition(10);
            other.awaitPosition(10);
            assertThat(counted()).isEqualTo(upTo(10));
            assertThat(store.leases().load(GENERATION).block().token()).isEqualTo(2);
        }
    }

    @Test
    void given_records_that_are_twice_at_the_end_of_the_topic_when_read_then_there_is_nothing_more() {
        happens(5);
        List.copyOf(topic.records()).forEach(again -> topic.relay(again.position(), again.key(), again.envelope()));
        Progress progress = new Progress();
        ProjectionRun run = new ProjectionRun(
                GENERATION,
                new FoldedProjection<>(documents(), counting, List.of()),
                topic,
                Instance.claimed(database.database(), GENERATION),
                progress,
                Instance.forEver());

        var running = run.run().subscribe();
        Awaitility.await().atMost(Instance.PATIENCE).until(() -> run.headway().reached() == 10);
        running.dispose();

        assertThat(run.read()).isEqualTo(5);
    }

    @Test
    void given_somebody_parked_when_the_run_begins_anew_then_that_he_is_parked_is_known_all_the_time() {
        List<List<Parked>> known = new CopyOnWriteArrayList<>();
        AtomicReference<Folder> folder = new AtomicReference<>();
        database.close();
        database = new Store(new CommandListener() {
            @Override
            public void commandStarted(CommandStartedEvent asked) {
                BsonValue collection = asked.getCommand().get("update");
                Folder asking = folder.get();
                // While the run makes its own whom it finds parked.
                if (asking != null
                        && collection != null
                        && collection.asString().getValue().equals("parked")
                        && asking.running().isPresent()) {
                    known.add(asking.parked());
                }
            }
        });
        store = ProjectionStore.of(database.database());
        Parked poisoned = new Parked(WORKS, 3, "poison");
        Instance.claimed(database.database(), GENERATION)
                .park(GENERATION, poisoned, 1)
                .block();
        Lease free = new Lease(1, "", 0);
        store.leases().replace(GENERATION, Lease.NONE, free).block();
        Folder one = new Folder(
                GENERATION,
                ViewDefinition.folded(database.database(), NAME, counting, List.of()),
                store,
                topic,
                new Progress(),
                new Tenancy("one", Instance.TERM));
        var running = one.run().subscribe();
        Awaitility.await().atMost(Instance.PATIENCE).until(() -> one.parked().equals(List.of(poisoned)));
        folder.set(one);

        // Takes it away, and lets it be taken again.
        Awaitility.await().atMost(Instance.PATIENCE).until(() -> {
            Lease held = store.leases().load(GENERATION).block();
            Lease lost = held.takenBy("other");
            return store.leases().replace(GENERATION, held, lost.released()).block();
        });
        Awaitility.await().atMost(Instance.PATIENCE).until(() -> !known.isEmpty());
        running.dispose();

        assertThat(known).allMatch(List.of(poisoned)::equals);
    }
}
