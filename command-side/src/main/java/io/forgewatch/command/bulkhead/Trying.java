package io.forgewatch.command.bulkhead;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.util.retry.Retry;

/** Tries work, each time within its budget, and tells whose fault it is when that is in vain. */
public final class Trying {

    private static final Duration FIRST_WAIT = Duration.ofMillis(200);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);
    private static final double JITTER = 0.5;
    /** What is still there hangs again; what a store that is back answers comes within this. */
    private static final Duration ONCE_MORE = Duration.ofSeconds(3);

    private final Patience patience;
    private final Blame blame;
    private final Scheduler time;

    /** @param time by which it waits */
    public Trying(Patience patience, Blame blame, Scheduler time) {
        this.patience = patience;
        this.blame = blame;
        this.time = time;
    }

    /**
     * The work; fails with {@link PoisonException} once it is to be parked, at the first {@link StoreTroubleException}. What hung is
     * tried once more: the store may have come back just before it was asked whether it is there.
     */
    public <T> Mono<T> of(Mono<T> work) {
        return Mono.defer(() -> {
            long begun = now();
            return once(work, patience.ofOne())
                    .retryWhen(Retry.backoff(patience.tries() - 1L, Patience.FIRST_PAUSE)
                            .maxBackoff(patience.longestPause())
                            .jitter(JITTER)
                            .scheduler(time)
                            .filter(failure -> failure instanceof PoisonException
                                    && now() - begun < patience.ofAll().toMillis())
                            .onRetryExhaustedThrow((spec, signal) -> signal.failure()))
                    .onErrorResume(failure -> hung(failure) ? once(work, ONCE_MORE) : Mono.error(failure));
        });
    }

    private <T> Mono<T> once(Mono<T> work, Duration budget) {
        return work.timeout(budget, time)
                .onErrorResume(failure -> blame.isStores(failure)
                        .flatMap(stores -> Mono.error(
                                stores ? new StoreTroubleException(failure) : new PoisonException(failure))));
    }

    private boolean hung(Throwable failure) {
        return patience.tries() > 1
                && failure instanceof PoisonException
                && failure.getCause() instanceof TimeoutException;
    }

    /** The work, tried again for as long as the store is away; its other failures as they are. */
    public <T> Mono<T> outlasting(Mono<T> work) {
        return work.retryWhen(Retry.backoff(Long.MAX_VALUE, FIRST_WAIT)
                .maxBackoff(LONGEST_WAIT)
                .jitter(JITTER)
                .scheduler(time)
                .filter(StoreTroubleException.class::isInstance));
    }

    private long now() {
        return time.now(TimeUnit.MILLISECONDS);
    }
}
