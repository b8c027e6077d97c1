package io.forgewatch.command.detection;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/** Counts what detection and the receiver of its signals do. */
final class DetectionMetrics {

    private final MeterRegistry registry;
    private final Counter evaluated;
    private final Counter unknown;
    private final Counter broken;
    private final Counter said;
    private final Counter obeyed;
    private final Counter refused;
    private final Counter parked;
    private final Counter noSignal;
    private final Counter behind;
    private final Counter letGo;

    DetectionMetrics(MeterRegistry registry) {
        this.registry = registry;
        evaluated = registry.counter("forgewatch.detection.readings", "outcome", "evaluated");
        unknown = registry.counter("forgewatch.detection.readings", "outcome", "unknown-point");
        broken = registry.counter("forgewatch.detection.frames.broken");
        said = registry.counter("forgewatch.detection.signals");
        obeyed = registry.counter("forgewatch.signals", "outcome", "done");
        refused = registry.counter("forgewatch.signals", "outcome", "refused");
        parked = registry.counter("forgewatch.signals", "outcome", "parked");
        noSignal = registry.counter("forgewatch.signals", "outcome", "no-signal");
        behind = registry.counter("forgewatch.signals", "outcome", "behind");
        letGo = registry.counter("forgewatch.signals", "outcome", "let-go");
    }

    void evaluated(int readings) {
        evaluated.increment(readings);
    }

    /** Of a device or a point that is not registered: its registration was lost, or is not here yet. */
    void unknown(int readings) {
        unknown.increment(readings);
    }

    void broken() {
        broken.increment();
    }

    void said() {
        said.increment();
    }

    void done() {
        obeyed.increment();
    }

    void refused() {
        refused.increment();
    }

    /** Not a signal at all. */
    void noSignal() {
        noSignal.increment();
    }

    /** Kept in the store, since it or another of its point fails. */
    void parked() {
        parked.increment();
    }

    /** Kept in the store, since more of its works came than can wait. */
    void behind() {
        behind.increment();
    }

    /** Left to be said again, since its works has its share of the room. */
    void letGo() {
        letGo.increment();
    }

    void oldestSignal(HeldSignals held) {
        Gauge.builder("forgewatch.signals.oldest", held, it -> it.oldest().toMillis() / 1_000.0)
                .description("How long the oldest signal has been neither done nor kept")
                .baseUnit("seconds")
                .strongReference(true)
                .register(registry);
    }
}
