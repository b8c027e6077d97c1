package io.forgewatch.query.projection;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * For how long an instance leaves a lease to others that it gave back since it got no further. To whom nothing came rests until a
 * trial reading brings what is missing: so he is back as soon as its cause is gone, and takes nothing before. Whose work failed
 * rests for a moment only, since no trial but the work itself shows whether it would succeed; he keeps the lease the longer each
 * time instead, and tries on under it: so one that nobody can fold wanders ever more slowly, and goes on at once when it can. The log
 * has the first time only.
 */
final class Rest {

    private static final Logger LOG = LoggerFactory.getLogger(Rest.class);
    private static final int LONGEST = 3;

    private final Generation generation;
    private final Duration shortest;

    // Guarded by this.
    private int times;
    private long untilNanos;
    private boolean resting;
    private boolean unproven;

    /** @param shortest of a rest, and of the time for which work may fail; the fourth time and all that follow have eight times that */
    Rest(Generation generation, Duration shortest) {
        this.generation = generation;
        this.shortest = shortest;
    }

    /** For how long an instance whose work fails keeps the lease. */
    synchronized Duration patience() {
        return shortest.multipliedBy(grown(times));
    }

    /** Begins. */
    synchronized void begins(long nanos, StandstillException why) {
        boolean silent = why.kind() == StandstillException.Kind.SILENT;
        // Who has no answer takes nothing anyway, and may at once when he has one.
        resting = why.kind() != StandstillException.Kind.AWAY;
        unproven = silent;
        // A trial that was good and yet nothing came afterwards proves little: the next is not believed at once.
        long least = !silent ? 1 : times == 0 ? 0 : grown(times - 1);
        // Two that stopped at the same moment do not come back at the same moment.
        untilNanos = nanos
                + (long) (shortest.toNanos()
                        * least
                        * ThreadLocalRandom.current().nextDouble(0.75, 1.25));
        if (times++ == 0) {
            LOG.warn("{} is left to other instances: {}", generation, why.getMessage());
        } else {
            LOG.debug("{} is left to other instances again: {}", generation, why.getMessage());
        }
    }

    private static int grown(int times) {
        return 1 << Math.min(times, LONGEST);
    }

    /** Somebody got further, here or elsewhere: the next time is like the first. */
    synchronized void isOver() {
        times = 0;
    }

    /** Whether a trial reading is to show that something comes again. */
    synchronized boolean isUnproven() {
        return unproven;
    }

    /** A trial reading brought what is missing. */
    synchronized void isProven() {
        unproven = false;
    }

    synchronized boolean lasts(long nanos) {
        resting &= unproven || nanos - untilNanos < 0;
        return resting;
    }
}
