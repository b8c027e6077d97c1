package io.forgewatch.query.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.forgewatch.event.telemetry.FrameWriter;
import io.forgewatch.event.telemetry.Quality;
import io.forgewatch.event.telemetry.RefusalCode;
import io.forgewatch.query.given.Store;
import io.forgewatch.query.given.Story;
import io.forgewatch.query.projection.FrameLog;
import io.forgewatch.query.projection.LoggedFrame;
import io.forgewatch.standing.StandingStreams;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.awaitility.Awaitility;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What several instances keep of the live readings together is never taken back by the one that is behind. */
class SnapshotsTest {

    private static final List<String> WORKS = List.of("GT3702110001", "GT3702110002", "LJ3702110003");
    private static final int FRAMES = 60;
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-24T08:00:00Z"), ZoneOffset.UTC);

    private final List<LoggedFrame> topic = new ArrayList<>();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private Store store;

    @BeforeEach
    void a_store() {
        store = new Store();
    }

    @AfterEach
    void closed() {
        store.close();
    }

    private final class Side {
        final LiveReadings live = new LiveReadings(CLOCK);
        final FrameIntake intake = new FrameIntake(live, new SimpleMeterRegistry());
        final LiveFeed feed = new LiveFeed(
                live, intake, log(), new Snapshots(store.database(), meters), CLOCK, new StandingStreams(meters));
        private Map<Integer, Long> begun = Map.of();
        int next;

        void takes(int most) {
            int to = Math.min(topic.size(), next + most);
            topic.subList(next, to).stream()
                    .filter(frame -> frame.offset() > begun.getOrDefault(frame.partition(), -1L))
                    .forEach(intake::take);
            next = to;
        }

        /** Begins as the feed does, with what is kept now. */
        Side begun() {
            Snapshots snapshots = new Snapshots(store.database(), meters);
            snapshots.restore(live::restore).block();
            IntakeState state =
                    snapshots.state().defaultIfEmpty(IntakeState.NONE).block();
            intake.begin(state);
            begun = state.offsets();
            return this;
        }

        void keeps() {
            feed.keep().block();
        }
    }

    /** Partitions by works; the second and third share one. */
    private static int partition(String works) {
        return works.equals(WORKS.getFirst()) ? 0 : 1;
    }

    /** One reading, and one that is refused. */
    private void frame(String works, double value) {
        long at = CLOCK.millis() - 100_000 + topic.size();
        FrameWriter writer = new FrameWriter(at);
        writer.add(
                writer.device(Story.device(works).getBytes(StandardCharsets.UTF_8)),
                writer.indicator("BF_CW_P".getBytes(StandardCharsets.UTF_8)),
                at,
                value,
                Quality.GOOD);
        writer.refuse(1, RefusalCode.UNKNOWN_DEVICE);
        int partition = partition(works);
        long offset = topic.stream().filter(one -> one.partition() == partition).count();
        topic.add(
                new LoggedFrame(partition, offset, writer.write(works, works + "-G1", topic.size() + 1, new byte[32])));
    }

    private FrameLog log() {
        return (offsets, since) -> Flux.defer(() -> Flux.fromIterable(List.copyOf(topic)))
                .filter(frame -> frame.offset() > offsets.getOrDefault(frame.partition(), -1L))
                .concatWith(Flux.never());
    }

    private Side started() {
        Side side = new Side();
        side.feed.start();
        Awaitility.await().until(() -> {
            Map<Integer, Long> taken = side.intake.state().offsets();
            return topic.stream().allMatch(frame -> taken.getOrDefault(frame.partition(), -1L) >= frame.offset());
        });
        side.feed.stop();
        return side;
    }

    private double shown(Side side, String works) {
        LivePoint point = side.live.latest(Story.device(works), "BF_CW_P");
        return point == null ? Double.NaN : point.value();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void given_two_instances_that_keep_anyhow_when_a_third_starts_then_it_knows_all_and_counts_each_once(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < FRAMES; i++) {
            frame(WORKS.get(random.nextInt(WORKS.size())), i);
        }
        List<Side> sides = List.of(new Side(), new Side());
        for (int step = 0; step < 30; step++) {
            Side side = sides.get(random.nextInt(2));
            if (random.nextInt(3) == 0) {
                side.keeps();
            } else {
                side.takes(random.nextInt(8));
            }
        }
        // The one that is behind is the last to keep what it has.
        sides.get(0).takes(FRAMES);
        sides.get(0).keeps();
        sides.get(1).keeps();

        Side third = new Side();
        new Snapshots(store.database(), meters)
                .all()
                .doOnNext(third.live::restore)
                .blockLast();
        for (String works : WORKS) {
            assertThat(shown(third, works)).isEqualTo(shown(sides.get(0), works));
            assertThat(third.live.refused(works)).isEqualTo(sides.get(0).live.refused(works));
        }
        assertThat(new Snapshots(store.database(), meters).state().block().offsets())
                .isEqualTo(sides.get(0).intake.state().offsets());

        frame(WORKS.getFirst(), 1_000);
        Side fourth = started();
        assertThat(shown(fourth, WORKS.getFirst())).isEqualTo(1_000);
        assertThat(WORKS.stream().mapToLong(fourth.live::refused).sum()).isEqualTo(FRAMES + 1);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void given_two_instances_that_are_killed_anyhow_when_all_is_taken_then_both_show_what_a_fold_of_the_frames_shows(
            long seed) {
        Random random = new Random(seed);
        Map<String, Integer> last = new HashMap<>();
        Map<String, Integer> count = new HashMap<>();
        List<Side> sides = new ArrayList<>(List.of(new Side().begun(), new Side().begun()));
        for (int i = 0; i < FRAMES; i++) {
            String works = WORKS.get(random.nextInt(WORKS.size()));
            frame(works, i);
            last.put(works, i);
            count.merge(works, 1, Integer::sum);
            int which = random.nextInt(2);
            switch (random.nextInt(5)) {
                case 0 -> sides.get(which).keeps();
                case 1 -> sides.set(which, new Side().begun());
                default -> sides.get(which).takes(random.nextInt(8));
            }
        }

        for (Side side : sides) {
            side.takes(FRAMES);
            for (String works : WORKS) {
                assertThat(shown(side, works)).isEqualTo(last.get(works).doubleValue());
                assertThat(side.live.refused(works)).isEqualTo(count.get(works).longValue());
            }
        }
    }

    @Test
    void given_a_snapshot_that_is_newer_than_how_far_all_was_taken_when_started_then_nothing_counts_twice() {
        frame(WORKS.get(0), 1);
        frame(WORKS.get(1), 2);
        Side side = new Side();
        side.takes(2);
        side.keeps();
        // As if the process had died between the two writes.
        Mono.from(store.database().getCollection("live_partitions_v1").drop()).block();

        Side after = started();

        assertThat(after.live.refused(WORKS.get(0))).isEqualTo(1);
        assertThat(after.live.refused(WORKS.get(1))).isEqualTo(1);
        assertThat(shown(after, WORKS.get(1))).isEqualTo(2);
    }

    @Test
    void given_a_topic_that_was_made_again_when_kept_then_what_it_has_replaces_what_was_before() {
        for (int i = 0; i < 20; i++) {
            frame(WORKS.getFirst(), i);
        }
        Side side = new Side();
        side.takes(20);
        side.keeps();
        topic.clear();
        frame(WORKS.getFirst(), 77);
        // The frame's time: later than all before it.
        side.intake.take(new LoggedFrame(0, 0, topic.getFirst().value()));
        side.keeps();

        assertThat(new Snapshots(store.database(), meters).state().block().offsets())
                .isEqualTo(Map.of(0, 0L));
        assertThat(new Snapshots(store.database(), meters)
                        .all()
                        .blockLast()
                        .gateways()
                        .values())
                .extracting(LiveEnterprise.Gateway::refused)
                .containsExactly(21L);
    }

    @Test
    void given_what_the_first_releases_kept_when_started_then_it_is_taken_over_once() {
        Document row = new Document("device", Story.device(WORKS.getFirst()))
                .append("indicator", "BF_CW_P")
                .append("value", 0.42)
                .append("at", CLOCK.millis() - 1_000)
                .append("sample", CLOCK.millis() - 1_000)
                .append("quality", 0);
        insert(
                "live_readings_v1",
                new Document("_id", WORKS.getFirst())
                        .append(
                                "content",
                                new Document("enterpriseId", WORKS.getFirst()).append("rows", List.of(row))));
        insert(
                "live_state_v1",
                new Document("_id", "state")
                        .append(
                                "content",
                                new Document("offsets", new Document("0", 4L).append("1", 2L))
                                        .append(
                                                "gateways",
                                                new Document(
                                                        WORKS.getFirst() + "-G1",
                                                        new Document("lastFrame", CLOCK.millis() - 1_000)
                                                                .append("refused", 3L)))));
        Snapshots snapshots = new Snapshots(store.database(), meters);
        Side side = new Side();
        snapshots.all().doOnNext(side.live::restore).blockLast();

        assertThat(snapshots.state().block().offsets()).isEqualTo(Map.of(0, 4L, 1, 2L));
        assertThat(shown(side, WORKS.getFirst())).isEqualTo(0.42);
        assertThat(side.live.refused(WORKS.getFirst())).isEqualTo(3);

        frame(WORKS.getFirst(), 9);
        side.takes(1);
        side.keeps();
        assertThat(snapshots.all().collectList().block())
                .singleElement()
                .satisfies(kept -> assertThat(
                                kept.gateways().get(WORKS.getFirst() + "-G1").refused())
                        .isEqualTo(4));
    }

    @Test
    void
            given_snapshots_that_cannot_be_read_when_started_then_each_is_passed_over_and_counted_and_all_others_are_back() {
        frame(WORKS.get(0), 1);
        frame(WORKS.get(1), 2);
        Side side = new Side();
        side.takes(2);
        side.keeps();
        topic.clear();
        insert(
                "live_readings_v2",
                new Document("_id", "broken/1").append("rank", 5L).append("content", "no object"));
        insert(
                "live_readings_v2",
                new Document("_id", WORKS.get(2) + "/1")
                        .append("rank", 5L)
                        .append(
                                "content",
                                new Document("enterpriseId", WORKS.get(2))
                                        .append("partition", 1)
                                        .append("rank", 5L)
                                        .append("rows", List.of(new Document("device", "no device of any works")))
                                        .append("gateways", new Document())));

        Side after = new Side();
        after.feed.start();
        Awaitility.await().until(() -> !after.intake.state().ranks().isEmpty());
        after.feed.stop();

        assertThat(shown(after, WORKS.get(0))).isEqualTo(1);
        assertThat(shown(after, WORKS.get(1))).isEqualTo(2);
        assertThat(meters.get("forgewatch.telemetry.snapshots.unreadable")
                        .counter()
                        .count())
                .isEqualTo(2);
        assertThat(after.feed.trouble().now()).isNull();
    }

    private void insert(String collection, Document document) {
        Mono.from(store.database().getCollection(collection).insertOne(document))
                .block();
    }
}
