package io.forgewatch.standing;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.reactivestreams.Publisher;

/**
 * All {@link StandingStream}s of this side, each with how often it was begun and how long it has been broken; and what those who
 * keep events in memory passed over.
 */
public final class StandingStreams {

    private final MeterRegistry registry;
    private final List<StandingStream> all = new CopyOnWriteArrayList<>();
    private final List<PassedOver> passedOver = new CopyOnWriteArrayList<>();

    public StandingStreams(MeterRegistry registry) {
        this.registry = registry;
    }

    /**
     * Makes one; it stands from its start to its stop.
     *
     * @param name in metrics and health
     * @param stream begun anew each time; what it emits is let go
     */
    public StandingStream of(String name, Supplier<? extends Publisher<?>> stream) {
        Counter begun = Counter.builder("forgewatch.streams.begun")
                .description("How often a stream that is to stand was begun")
                .tag("stream", name)
                .register(registry);
        StandingStream one = new StandingStream(name, stream, System::nanoTime, begun::increment);
        Gauge.builder("forgewatch.streams.broken", one, it -> it.brokenFor().toMillis() / 1_000.0)
                .description("How long a stream that is to stand has been broken")
                .tag("stream", name)
                .baseUnit("seconds")
                .register(registry);
        all.add(one);
        return one;
    }

    /** @param name of what keeps events in memory, in metrics and health */
    public PassedOver passedOver(String name) {
        PassedOver one = new PassedOver(
                name,
                Counter.builder("forgewatch.events.passed.over")
                        .description("Events that could not be taken into what is kept in memory")
                        .tag("table", name)
                        .register(registry));
        passedOver.add(one);
        return one;
    }

    List<PassedOver> allPassedOver() {
        return List.copyOf(passedOver);
    }

    List<StandingStream> all() {
        return List.copyOf(all);
    }
}
