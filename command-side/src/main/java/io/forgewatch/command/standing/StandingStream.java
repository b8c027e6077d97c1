package io.forgewatch.command.standing;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * A stream that is to stand as long as its side does: however it ends, it is begun again, with backoff and jitter, and how long it
 * has been broken is told. It is well again when something came, or when it has stood for a while.
 */
public final class StandingStream {

    private static final Logger LOG = LoggerFactory.getLogger(StandingStream.class);
    private static final Duration FIRST_WAIT = Duration.ofMillis(200);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);
    private static final long STANDS_AFTER = Duration.ofSeconds(15).toNanos();

    private final String name;
    private final Supplier<? extends Publisher<?>> stream;
    private final LongSupplier nanos;
    private final Runnable begun;
    private final AtomicReference<State> state;
    private final Disposable.Swap running = Disposables.swap();
    private volatile boolean started;

    /**
     * @param broken whether it failed and has not proved well since
     * @param since when it failed first
     * @param begunAt when it was begun last
     */
    private record State(boolean broken, long since, long begunAt) {

        State begins(long now) {
            return new State(broken, since, now);
        }

        State came() {
            return broken ? new State(false, since, begunAt) : this;
        }

        State failed(long now) {
            return isBroken(now) ? this : new State(true, now, begunAt);
        }

        boolean isBroken(long now) {
            return broken && now - Math.max(begunAt, since) < STANDS_AFTER;
        }
    }

    /** @param begun told whenever it is begun */
    StandingStream(String name, Supplier<? extends Publisher<?>> stream, LongSupplier nanos, Runnable begun) {
        this.name = name;
        this.stream = stream;
        this.nanos = nanos;
        this.begun = begun;
        state = new AtomicReference<>(new State(false, 0, nanos.getAsLong()));
    }

    public String name() {
        return name;
    }

    public void start() {
        started = true;
        running.update(Flux.<Object>defer(() -> {
                    begun.run();
                    state.updateAndGet(before -> before.begins(nanos.getAsLong()));
                    return Flux.from(stream.get()).cast(Object.class);
                })
                .doOnNext(next -> state.updateAndGet(State::came))
                // One that just ends is as bad as one that fails.
                .concatWith(Mono.error(() -> new IllegalStateException("It ended")))
                .doOnError(failure -> state.updateAndGet(before -> before.failed(nanos.getAsLong())))
                .retryWhen(Retry.backoff(Long.MAX_VALUE, FIRST_WAIT)
                        .maxBackoff(LONGEST_WAIT)
                        .transientErrors(true)
                        .jitter(0.5)
                        .doBeforeRetry(retry ->
                                LOG.warn("The stream {} is begun again: {}", name, String.valueOf(retry.failure()))))
                .subscribe(nothing -> {}, failure -> LOG.error("The stream {} is over", name, failure)));
    }

    public void stop() {
        started = false;
        running.update(Disposables.disposed());
    }

    /** Whether it is to stand now. */
    public boolean isStarted() {
        return started;
    }

    /** How long it has been broken; zero when it is well. */
    public Duration brokenFor() {
        long now = nanos.getAsLong();
        State current = state.get();
        return current.isBroken(now) ? Duration.ofNanos(Math.max(0, now - current.since())) : Duration.ZERO;
    }
}
