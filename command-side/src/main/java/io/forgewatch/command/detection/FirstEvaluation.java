package io.forgewatch.command.detection;

import io.forgewatch.command.gateway.KafkaAbsence;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Whether this release has shown that it can evaluate readings at all, as long as it has not: a topology that is none, a state or a
 * frame that it cannot read, fail on every start and on no instance of the release before. Once proven, a failure says nothing of the
 * release any more.
 */
final class FirstEvaluation {

    /** What cannot be read is met when a partition is taken over, before anything runs; a run that lasts has passed it. */
    static final Duration PROVES = Duration.ofSeconds(10);

    private final LongSupplier nanos;

    // Guarded by this.
    private boolean running;
    private boolean failed;
    private boolean proven;
    private long since;

    /** @param nanos as of {@link System#nanoTime()} */
    FirstEvaluation(LongSupplier nanos) {
        this.nanos = nanos;
    }

    synchronized void runs(boolean now) {
        settle();
        running = now;
        since = nanos.getAsLong();
    }

    /** A Kafka that is away is no fault of the release. */
    synchronized void failed(Throwable failure) {
        settle();
        since = nanos.getAsLong();
        failed |= !proven && !KafkaAbsence.isTheCauseOf(failure);
    }

    /** Whether it failed, and has proven nothing since. */
    synchronized boolean isRefuted() {
        settle();
        return failed;
    }

    private void settle() {
        if (running && nanos.getAsLong() - since >= PROVES.toNanos()) {
            proven = true;
            failed = false;
        }
    }
}
