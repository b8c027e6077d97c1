package io.forgewatch.command.detection;

import io.forgewatch.command.bulkhead.Blame;
import io.forgewatch.command.bulkhead.Patience;
import io.forgewatch.command.bulkhead.Trying;
import java.time.Duration;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.util.retry.Retry;
import reactor.util.retry.RetryBackoffSpec;

/** How often and for how long it is tried to do signals, or to keep them. */
final class SignalTries {

    private static final Duration MOST_FOR_A_WRITE = Duration.ofSeconds(20);
    private static final Patience ONE_WRITE =
            new Patience(1, MOST_FOR_A_WRITE, MOST_FOR_A_WRITE, Duration.ofSeconds(1));
    private static final Duration FIRST_WAIT = Duration.ofMillis(200);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    private final StoreAbsence absence;
    private final Trying telling;
    private final Trying keeping;
    private final Scheduler time;

    /** @param time by which it waits */
    SignalTries(StoreAbsence absence, Blame blame, Scheduler time) {
        this.absence = absence;
        this.telling = new Trying(Patience.USUAL, blame, time);
        this.keeping = new Trying(ONE_WRITE, blame, time);
        this.time = time;
    }

    /** What is kept already, as {@link Trying#of}. */
    <T> Mono<T> of(Mono<T> work) {
        return telling.of(work);
    }

    /** What was received: waits for the store, but fails with {@link GivenUpException} when that takes too long. */
    <T> Mono<T> received(Mono<T> work) {
        return telling.outlasting(absence.attempted(telling.of(work)));
    }

    /** Keeps what was received, however often that fails, but for {@link GivenUpException}. */
    Mono<Void> kept(Mono<Void> write) {
        return absence.attempted(keeping.of(write))
                .retryWhen(again().filter(failure -> !(failure instanceof GivenUpException)));
    }

    /** For what goes on whatever it fails with. */
    RetryBackoffSpec again() {
        return Retry.backoff(Long.MAX_VALUE, FIRST_WAIT)
                .maxBackoff(LONGEST_WAIT)
                .jitter(0.5)
                .scheduler(time);
    }
}
