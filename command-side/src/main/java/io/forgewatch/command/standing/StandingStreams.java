package io.forgewatch.command.standing;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.reactivestreams.Publisher;

/** All {@link StandingStream}s of this side, each with how often it was begun and how long it has been broken. */
public final class StandingStreams {

    private final MeterRegistry registry;
    private final List<StandingStream> all = new CopyOnWriteArrayList<>();

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

    List<StandingStream> all() {
        return List.copyOf(all);
    }
}
