package io.forgewatch.command.eventstore;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

/** Work that goes on from the start of the side to its stop, in the order that {@link Phases} gives. */
public abstract class StandingWork implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(StandingWork.class);

    private final int phase;
    private final Duration longestStop;

    @Nullable
    private volatile Disposable running;

    /** @param longestStop how long its ending may take; then the side stops all the same */
    protected StandingWork(int phase, Duration longestStop) {
        this.phase = phase;
        this.longestStop = longestStop;
    }

    /** Begins; whoever disposes of the answer ends it. */
    protected abstract Disposable begin();

    /** What is to be done at the stop, the disposal included. */
    protected Mono<?> end(Disposable work) {
        return Mono.fromRunnable(work::dispose);
    }

    @Override
    public final void start() {
        running = begin();
    }

    @Override
    public final void stop() {
        stop(() -> {});
    }

    @Override
    public final void stop(Runnable stopped) {
        Disposable current = running;
        running = null;
        if (current == null) {
            stopped.run();
            return;
        }
        end(current)
                .timeout(longestStop)
                .doOnError(failure ->
                        LOG.warn("{} did not end well: {}", getClass().getSimpleName(), failure.toString()))
                .onErrorComplete()
                .doFinally(signal -> stopped.run())
                .subscribe();
    }

    @Override
    public final boolean isRunning() {
        return running != null;
    }

    @Override
    public final int getPhase() {
        return phase;
    }
}
