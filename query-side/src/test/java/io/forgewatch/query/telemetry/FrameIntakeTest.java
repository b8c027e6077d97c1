package io.forgewatch.query.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.forgewatch.event.telemetry.FrameWriter;
import io.forgewatch.event.telemetry.Pulse;
import io.forgewatch.event.telemetry.Quality;
import io.forgewatch.query.given.Story;
import io.forgewatch.query.projection.LoggedFrame;
import io.forgewatch.query.projection.Progress;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

/** Frames that are none cost themselves; frames of newer code stop their partition, seen, and no other. */
class FrameIntakeTest {

    private static final String WORKS = "GT3702110001";
    private static final String OTHER = "GT3702110002";
    private static final Instant NOW = Instant.parse("2026-11-24T08:00:00Z");

    private final LiveReadings live = new LiveReadings(Clock.fixed(NOW, ZoneOffset.UTC));
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final FrameIntake intake = new FrameIntake(live, meters);

    private static byte[] frame(String works, double value) {
        FrameWriter writer = new FrameWriter(NOW.toEpochMilli());
        writer.add(
                writer.device(Story.device(works).getBytes(StandardCharsets.UTF_8)),
                writer.indicator("BF_CW_P".getBytes(StandardCharsets.UTF_8)),
                NOW.minusSeconds(10).plusMillis((long) (value * 100)).toEpochMilli(),
                value,
                Quality.GOOD);
        return writer.write(works, works + "-G1", 1, new byte[32]);
    }

    private static byte[] newer(byte[] frame) {
        byte[] newer = frame.clone();
        newer[2] = 9;
        return newer;
    }

    private double shown(String works) {
        LivePoint point = live.latest(Story.device(works), "BF_CW_P");
        return point == null ? Double.NaN : point.value();
    }

    @Test
    void given_a_frame_of_newer_code_when_taken_then_its_partition_stands_and_says_so_and_the_others_go_on() {
        LiveReadingsHealth health = new LiveReadingsHealth(intake.standing(), new FeedTrouble(), new Progress());
        intake.take(new LoggedFrame(0, 7, frame(WORKS, 1)));
        assertThat(health.health().getStatus()).isEqualTo(Status.UP);

        intake.take(new LoggedFrame(0, 8, newer(frame(WORKS, 2))));
        intake.take(new LoggedFrame(0, 9, frame(WORKS, 3)));
        intake.take(new LoggedFrame(0, 10, new Pulse(NOW.toEpochMilli()).bytes()));
        intake.take(new LoggedFrame(1, 4, frame(OTHER, 4)));

        assertThat(shown(WORKS))
                .as("what comes behind it is not shown before it")
                .isEqualTo(1);
        assertThat(shown(OTHER)).isEqualTo(4);
        assertThat(intake.state().offsets()).as("newer code goes on before it").isEqualTo(Map.of(0, 7L, 1, 4L));
        Health down = health.health();
        assertThat(down.getStatus()).isEqualTo(Status.DOWN);
        assertThat(down.getDetails()).containsEntry("standing", Map.of(0, 8L));
        assertThat(meters.get("forgewatch.telemetry.frames.broken").counter().count())
                .isZero();
    }

    @Test
    void given_a_partition_that_stands_when_begun_again_then_it_is_read_from_before_that_frame() {
        intake.take(new LoggedFrame(0, 7, frame(WORKS, 1)));
        intake.take(new LoggedFrame(0, 8, newer(frame(WORKS, 2))));

        intake.begin(intake.state());
        intake.take(new LoggedFrame(0, 8, frame(WORKS, 2)));

        assertThat(shown(WORKS)).isEqualTo(2);
        assertThat(intake.standing().count()).isZero();
    }

    @Test
    void given_a_record_without_a_value_when_taken_then_the_next_one_is_taken_all_the_same() {
        intake.take(new LoggedFrame(0, 0, null));
        intake.take(new LoggedFrame(0, 1, frame(WORKS, 1)));

        assertThat(shown(WORKS)).isEqualTo(1);
        assertThat(meters.get("forgewatch.telemetry.frames.broken").counter().count())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 20, 60, 90, 110, 130})
    void given_a_frame_that_ends_anywhere_when_taken_then_the_next_one_is_taken_all_the_same(int length) {
        byte[] whole = frame(WORKS, 1);
        intake.take(new LoggedFrame(0, 0, Arrays.copyOf(whole, Math.min(length, whole.length - 1))));
        intake.take(new LoggedFrame(0, 1, frame(OTHER, 2)));

        assertThat(shown(OTHER)).isEqualTo(2);
        assertThat(intake.state().offsets()).containsEntry(0, 1L);
    }

    @Test
    void given_a_topic_that_was_made_again_when_its_frames_come_then_they_are_later_than_all_before() {
        intake.take(new LoggedFrame(0, 70, frame(WORKS, 1)));
        long before = intake.state().ranks().get(0);

        intake.take(new LoggedFrame(0, 0, frame(WORKS, 2)));

        assertThat(shown(WORKS)).isEqualTo(2);
        assertThat(intake.state().ranks().get(0)).isGreaterThan(before);
        assertThat(intake.state().offsets()).isEqualTo(Map.of(0, 0L));
    }
}
