package io.forgewatch.command.gateway;

import io.forgewatch.event.telemetry.Frame;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** Counts frames and readings; the refused ones for each gateway, so that a badly set-up one shows. */
final class FrameMetrics {

    private final MeterRegistry registry;
    private final Counter frames;
    private final Counter readings;
    private final Counter repeats;

    FrameMetrics(MeterRegistry registry) {
        this.registry = registry;
        frames = outcome("accepted");
        repeats = outcome("repeated");
        readings = Counter.builder("forgewatch.readings.accepted")
                .description("Readings that are on disk")
                .register(registry);
    }

    private Counter outcome(String outcome) {
        return Counter.builder("forgewatch.frames")
                .description("Frames by what came of them")
                .tag("outcome", outcome)
                .register(registry);
    }

    void accepted(String gatewayId, Answer answer) {
        frames.increment();
        readings.increment(answer.accepted());
        for (Frame.Refused refused : answer.refused()) {
            Counter.builder("forgewatch.readings.refused")
                    .description("Readings that were not taken, by gateway and reason")
                    .tag("gateway", gatewayId)
                    .tag("code", refused.code().wire())
                    .register(registry)
                    .increment();
        }
    }

    void repeated() {
        repeats.increment();
    }

    /** @param code of the problem that was answered */
    void refused(String code) {
        outcome(code).increment();
    }
}
