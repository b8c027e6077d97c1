package io.forgewatch.query.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.forgewatch.event.identity.Jurisdiction;
import io.forgewatch.event.telemetry.FrameWriter;
import io.forgewatch.event.telemetry.Pulse;
import io.forgewatch.event.telemetry.Quality;
import io.forgewatch.event.telemetry.RefusalCode;
import io.forgewatch.query.given.Store;
import io.forgewatch.query.given.Story;
import io.forgewatch.query.projection.FrameLog;
import io.forgewatch.query.projection.LoggedFrame;
import io.forgewatch.query.projection.Progress;
import io.forgewatch.standing.StandingStreams;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;
import reactor.core.publisher.Flux;

class LiveFeedTest {

    private static final String WORKS = "GT3702110001";
    private static final String DEVICE = Story.device(WORKS);
    private static final String GATEWAY = WORKS + "-G1";

    private static final Duration LONG = Duration.ofSeconds(40);
    private static final int FAILURES = 20;

    private final List<LoggedFrame> topic = new ArrayList<>();
    private Instant now = Instant.parse("2026-11-24T08:00:00Z");
    private final Clock clock = ((InstantSource) this::told).withZone(ZoneOffset.UTC);
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final StandingStreams streams = new StandingStreams(meters);
    private final AtomicBoolean clockFails = new AtomicBoolean();
    private Store store;

    private Instant told() {
        if (clockFails.get()) {
            throw new IllegalStateException("no time");
        }
        return now;
    }

    @BeforeEach
    void a_store() {
        store = new Store();
    }

    @AfterEach
    void closed() {
        store.close();
    }

    private void frame(String indicator, Instant at, double value, byte quality, int refused) {
        FrameWriter writer = new FrameWriter(now.toEpochMilli());
        writer.add(writer.device(bytes(DEVICE)), writer.indicator(bytes(indicator)), at.toEpochMilli(), value, quality);
        for (int i = 0; i < refused; i++) {
            writer.refuse(i + 1, RefusalCode.UNKNOWN_DEVICE);
        }
        topic.add(new LoggedFrame(0, topic.size(), writer.write(WORKS, GATEWAY, topic.size() + 1, new byte[32])));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** An open door sends one every 15 s. */
    private void pulses(Duration time) {
        for (Instant end = now.plus(time); now.isBefore(end); ) {
            now = now.plusSeconds(15).isAfter(end) ? end : now.plusSeconds(15);
            topic.add(new LoggedFrame(0, topic.size(), new Pulse(now.toEpochMilli()).bytes()));
        }
    }

    private static Census census(int enterprises, int devices, int points) {
        return new Census(new Census.Count(enterprises, 0), new Census.Count(devices, 0), new Census.Count(points, 0));
    }

    private FrameIntake taken(LiveReadings live) {
        FrameIntake intake = new FrameIntake(live, new SimpleMeterRegistry());
        topic.forEach(intake::take);
        return intake;
    }

    @Test
    void given_frames_when_taken_then_the_newest_reading_counts_and_a_late_one_does_not() {
        frame("BF_CW_P", now.minusSeconds(1), 0.42, Quality.GOOD, 0);
        frame("BF_CW_P", now.minusSeconds(3600), 0.11, Quality.LATE, 2);
        LiveReadings live = new LiveReadings(clock);
        live.expect(DEVICE, List.of(Story.point("BF_CW_P", "MPa", 5), Story.point("BF_CW_F", "m³/h", 5)));
        taken(live);

        assertThat(live.latest(DEVICE, "BF_CW_P"))
                .isEqualTo(new LivePoint("BF_CW_P", 0.42, 0, now.minusSeconds(1).toEpochMilli(), true));
        assertThat(live.latest(DEVICE, "BF_CW_F")).isNull();
        assertThat(live.refused(WORKS)).isEqualTo(2);
        assertThat(live.online(WORKS)).isTrue();
        assertThat(live.gateways(WORKS, List.of(GATEWAY)).getFirst().state()).isEqualTo(GatewayState.ONLINE);
        assertThat(live.census(new Jurisdiction.Region("37")))
                .as("of the point that was never read it is not known yet")
                .isEqualTo(new Census(new Census.Count(1, 0), new Census.Count(1, 0), new Census.Count(1, 1)));
        assertThat(live.census(new Jurisdiction.Region("13"))).isEqualTo(Census.NONE);
    }

    @Test
    void given_only_late_readings_when_taken_then_the_point_is_not_connected_by_them() {
        frame("BF_CW_P", now.minusSeconds(3600), 0.11, Quality.LATE, 0);
        LiveReadings live = new LiveReadings(clock);
        taken(live);

        assertThat(live.online(WORKS)).isNull();
        assertThat(live.census(new Jurisdiction.Nation()).points()).isEqualTo(new Census.Count(0, 1));
    }

    @Test
    void given_a_reading_that_came_late_but_is_the_newest_of_its_point_when_taken_then_the_point_is_connected() {
        frame("BF_CW_P", now.minusSeconds(290), 0.42, Quality.LATE, 0);
        LiveReadings live = new LiveReadings(clock);
        taken(live);

        assertThat(live.online(WORKS)).isTrue();
        assertThat(live.census(new Jurisdiction.Nation())).isEqualTo(census(1, 1, 1));
    }

    @Test
    void given_a_reading_that_does_not_bring_its_point_forward_when_taken_then_it_ends_no_silence() {
        frame("BF_CW_P", now, 0.42, Quality.GOOD, 0);
        Instant measured = now;
        pulses(Duration.ofSeconds(61));
        frame("BF_CW_P", measured, 0.43, Quality.LATE, 0);
        LiveReadings live = new LiveReadings(clock);
        taken(live);

        assertThat(live.census(new Jurisdiction.Nation())).isEqualTo(census(1, 0, 0));
    }

    @Test
    void given_the_same_point_and_time_twice_when_taken_then_the_first_value_stands_with_its_quality() {
        frame("BF_CW_P", now.minusSeconds(1), 0.42, Quality.GOOD, 0);
        frame("BF_CW_P", now.minusSeconds(1), 0.11, Quality.DUPLICATE, 0);
        frame("BF_CW_P", now.minusSeconds(1), 0.12, Quality.GOOD, 0);
        LiveReadings live = new LiveReadings(clock);
        taken(live);

        assertThat(live.latest(DEVICE, "BF_CW_P"))
                .isEqualTo(new LivePoint("BF_CW_P", 0.42, 0, now.minusSeconds(1).toEpochMilli(), true));
    }

    @Test
    void given_a_clock_that_ran_ahead_when_it_is_right_again_then_the_newest_reading_counts() {
        frame("BF_CW_P", now.plusSeconds(250), 0.42, Quality.CLOCK_SKEW, 0);
        now = now.plusSeconds(10);
        frame("BF_CW_P", now, 0.18, Quality.GOOD, 0);
        LiveReadings live = new LiveReadings(clock);
        taken(live);

        assertThat(live.latest(DEVICE, "BF_CW_P"))
                .isEqualTo(new LivePoint("BF_CW_P", 0.18, 0, now.toEpochMilli(), true));
    }

    @Test
    void given_a_frame_without_readings_when_taken_then_the_gateway_is_heard_and_no_point_is() {
        topic.add(new LoggedFrame(0, 0, new FrameWriter(now.toEpochMilli()).write(WORKS, GATEWAY, 1, new byte[32])));
        LiveReadings live = new LiveReadings(clock);
        taken(live);

        assertThat(live.gateways(WORKS, List.of(GATEWAY)).getFirst().state()).isEqualTo(GatewayState.ONLINE);
        assertThat(live.gatewayStates(new Jurisdiction.Region("37"))).containsEntry(GATEWAY, GatewayState.ONLINE);
        assertThat(live.gatewayStates(new Jurisdiction.Region("13"))).isEmpty();
        assertThat(live.census(new Jurisdiction.Nation()).enterprises()).isEqualTo(new Census.Count(0, 1));
        assertThat(live.census(new Jurisdiction.Nation()).points()).isEqualTo(Census.Count.NONE);
    }

    @Test
    void given_a_frame_that_is_none_when_taken_then_the_next_one_is_taken_all_the_same() {
        topic.add(new LoggedFrame(0, 0, new byte[] {1, 2, 3}));
        frame("BF_CW_P", now, 0.42, Quality.GOOD, 0);
        LiveReadings live = new LiveReadings(clock);
        FrameIntake intake = taken(live);

        assertThat(live.online(WORKS)).isTrue();
        assertThat(intake.state().offsets()).containsEntry(0, 1L);
    }

    @Test
    void given_silence_when_time_passes_then_it_is_judged_by_the_windows() {
        frame("BF_CW_P", now, 0.42, Quality.GOOD, 0);
        LiveReadings live = new LiveReadings(clock);
        FrameIntake intake = taken(live);

        passes(intake, Duration.ofSeconds(61));
        assertThat(live.census(new Jurisdiction.Nation())).isEqualTo(census(1, 0, 0));
        passes(intake, Duration.ofSeconds(598));
        assertThat(live.online(WORKS)).isTrue();
        passes(intake, Duration.ofSeconds(2));
        assertThat(live.online(WORKS)).isFalse();
        assertThat(live.gateways(WORKS, List.of(GATEWAY)).getFirst().state()).isEqualTo(GatewayState.OFFLINE);
    }

    private void passes(FrameIntake intake, Duration time) {
        int before = topic.size();
        pulses(time);
        topic.subList(before, topic.size()).forEach(intake::take);
    }

    @Test
    void given_no_frame_could_come_for_twenty_minutes_then_all_is_unknown_and_has_one_window_afterwards() {
        frame("BF_CW_P", now, 0.42, Quality.GOOD, 0);
        LiveReadings live = new LiveReadings(clock);
        FrameIntake intake = taken(live);

        now = now.plus(Duration.ofMinutes(20));
        assertThat(live.latest(DEVICE, "BF_CW_P"))
                .isNotNull()
                .satisfies(point -> assertThat(point.live()).isNull());
        assertThat(live.online(WORKS)).isNull();
        assertThat(live.gateways(WORKS, List.of(GATEWAY)).getFirst().state()).isEqualTo(GatewayState.UNKNOWN);
        assertThat(live.census(new Jurisdiction.Nation()))
                .isEqualTo(new Census(new Census.Count(0, 1), new Census.Count(0, 1), new Census.Count(0, 1)));

        passes(intake, Duration.ofSeconds(60));
        assertThat(live.census(new Jurisdiction.Nation()).points()).isEqualTo(new Census.Count(0, 1));
        passes(intake, Duration.ofSeconds(30));
        assertThat(live.census(new Jurisdiction.Nation()).points()).isEqualTo(Census.Count.NONE);
        assertThat(live.online(WORKS)).isNull();
        assertThat(live.gateways(WORKS, List.of(GATEWAY)).getFirst().state()).isEqualTo(GatewayState.UNKNOWN);
        passes(intake, Duration.ofSeconds(540));
        assertThat(live.online(WORKS)).isFalse();
        assertThat(live.gateways(WORKS, List.of(GATEWAY)).getFirst().state()).isEqualTo(GatewayState.OFFLINE);
    }

    @Test
    void given_one_partition_that_does_not_come_then_the_works_of_the_others_are_judged_and_its_own_are_not() {
        frame("BF_CW_P", now, 0.42, Quality.GOOD, 0);
        LiveReadings live = new LiveReadings(clock);
        FrameIntake intake = taken(live);
        intake.begin(new IntakeState(Map.of(0, 0L, 1, 17L)));
        for (int i = 0; i < 61; i++) {
            now = now.plusSeconds(15);
            intake.take(new LoggedFrame(1, 18 + i, new Pulse(now.toEpochMilli()).bytes()));
        }

        assertThat(live.online(WORKS)).isNull();
        assertThat(live.online("GT3702110002"))
                .as("of which partition is not known")
                .isNull();

        for (int i = 0; i < 61; i++) {
            now = now.plusSeconds(15);
            byte[] pulse = new Pulse(now.toEpochMilli()).bytes();
            intake.take(new LoggedFrame(0, 1 + i, pulse));
            intake.take(new LoggedFrame(1, 100 + i, pulse));
        }
        assertThat(live.online(WORKS)).isFalse();
        assertThat(live.online("GT3702110002")).isFalse();
    }

    @Test
    void given_a_snapshot_when_started_again_then_nothing_is_lost_and_nothing_counted_twice() {
        FrameLog log = (offsets, since) -> Flux.defer(() -> Flux.fromIterable(List.copyOf(topic)))
                .filter(frame -> frame.offset() > offsets.getOrDefault(0, -1L))
                .concatWith(Flux.never());
        frame("BF_CW_P", now, 0.42, Quality.GOOD, 3);
        LiveReadings before = new LiveReadings(clock);
        LiveFeed first = feed(before, log);
        first.start();
        Awaitility.await().until(() -> before.refused(WORKS) == 3);
        first.keep().block();
        first.stop();
        frame("BF_CW_F", now, 900, Quality.GOOD, 1);

        now = now.plusSeconds(3600);
        LiveReadings after = new LiveReadings(clock);
        LiveFeed second = feed(after, log);
        second.start();
        Awaitility.await().until(() -> after.refused(WORKS) == 4);
        second.stop();

        assertThat(after.latest(DEVICE, "BF_CW_P")).satisfies(point -> {
            assertThat(point.value()).isEqualTo(0.42);
            assertThat(point.live()).isNull();
        });
        assertThat(after.latest(DEVICE, "BF_CW_F"))
                .satisfies(point -> assertThat(point.value()).isEqualTo(900));
        assertThat(after.online(WORKS))
                .as("unknown, not offline: it may be we who were away")
                .isNull();
    }

    @Test
    void given_frames_that_cannot_be_had_when_asked_how_it_is_then_that_is_said_until_they_come() {
        AtomicBoolean away = new AtomicBoolean(true);
        frame("BF_CW_P", now, 0.42, Quality.GOOD, 0);
        FrameLog log = (offsets, since) -> away.get()
                ? Flux.error(new IllegalStateException("no topic of that name"))
                : Flux.fromIterable(List.copyOf(topic)).concatWith(Flux.never());
        LiveReadings live = new LiveReadings(clock);
        LiveFeed feed = feed(live, log);
        LiveReadingsHealth health = new LiveReadingsHealth(new StandingFrames(), feed.trouble(), new Progress());
        assertThat(health.health().getStatus()).isEqualTo(Status.UP);
        feed.start();

        Awaitility.await().until(() -> health.health().getStatus().equals(LiveReadingsHealth.ATTENTION));
        assertThat(String.valueOf(health.health().getDetails().get("trouble"))).contains("no topic of that name");
        assertThat(health.troubled()).isEqualTo(1);

        away.set(false);
        Awaitility.await().atMost(LONG).until(() -> health.health().getStatus().equals(Status.UP));
        feed.stop();
        assertThat(live.latest(DEVICE, "BF_CW_P")).isNotNull();
        assertThat(health.troubled()).isZero();
    }

    @Test
    void given_a_log_that_fails_again_and_again_behind_a_frame_when_frames_come_then_no_pause_grows() {
        for (int i = 0; i < FAILURES; i++) {
            frame("BF_CW_P", now.plusMillis(i), i, Quality.GOOD, 0);
        }
        AtomicInteger next = new AtomicInteger();
        FrameLog log = (offsets, since) -> Flux.defer(() -> next.get() < FAILURES
                ? Flux.just(topic.get(next.getAndIncrement()))
                        .concatWith(Flux.error(new IllegalStateException("the broker went away")))
                : Flux.never());
        LiveFeed feed = feed(new LiveReadings(clock), log);

        feed.start();
        // With pauses that grow it would be minutes.
        Awaitility.await().atMost(LONG).until(() -> next.get() == FAILURES);
        feed.stop();
    }

    @Test
    void given_who_is_online_cannot_be_counted_when_asked_how_it_is_then_that_is_said_until_it_can() {
        LiveFeed feed = feed(new LiveReadings(clock), (offsets, since) -> Flux.never());
        clockFails.set(true);
        feed.start();
        Awaitility.await().atMost(LONG).until(() -> brokenFor("live readings counted") > 0);

        clockFails.set(false);
        Awaitility.await().atMost(LONG).until(() -> brokenFor("live readings counted") == 0);
        feed.stop();
    }

    private double brokenFor(String stream) {
        return meters.get("forgewatch.streams.broken")
                .tag("stream", stream)
                .gauge()
                .value();
    }

    private LiveFeed feed(LiveReadings live, FrameLog log) {
        return new LiveFeed(
                live,
                new FrameIntake(live, new SimpleMeterRegistry()),
                log,
                new Snapshots(store.database(), new SimpleMeterRegistry()),
                clock,
                streams);
    }
}
