package io.forgewatch.query.telemetry;

import io.forgewatch.event.enterprise.EnterpriseId;
import io.forgewatch.event.telemetry.FrameWriter;
import io.forgewatch.event.telemetry.Pulse;
import io.forgewatch.event.telemetry.Quality;
import io.forgewatch.query.projection.LoggedFrame;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;

/** Frames and pulses of one partition for tests of what shows live readings, with a clock that goes by them. */
public final class Heards {

    private final LiveReadings live;
    private final FrameIntake intake;
    private Instant now;
    private long offset;

    public Heards(Instant start) {
        this.now = start;
        InstantSource source = () -> now;
        this.live = new LiveReadings(source.withZone(ZoneOffset.UTC));
        this.intake = new FrameIntake(live, new SimpleMeterRegistry());
    }

    public LiveReadings live() {
        return live;
    }

    public Instant now() {
        return now;
    }

    /** Measured and taken now. */
    public void reading(String device, String indicator, double value) {
        FrameWriter writer = new FrameWriter(now.toEpochMilli());
        writer.add(
                writer.device(device.getBytes(StandardCharsets.UTF_8)),
                writer.indicator(indicator.getBytes(StandardCharsets.UTF_8)),
                now.toEpochMilli(),
                value,
                Quality.GOOD);
        String works = EnterpriseId.of(device).value();
        take(writer.write(works, works + "-G1", offset + 1, new byte[32]));
    }

    /** Time in which doors send their pulses and nobody else anything; a multiple of 15 s. */
    public void pass(int seconds) {
        for (int passed = 0; passed < seconds; passed += 15) {
            now = now.plusSeconds(15);
            take(new Pulse(now.toEpochMilli()).bytes());
        }
    }

    /** Time in which nothing comes at all. */
    public void standStill(int seconds) {
        now = now.plusSeconds(seconds);
    }

    private void take(byte[] record) {
        intake.take(new LoggedFrame(0, offset++, record));
    }
}
