package io.forgewatch.query.projection;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * For how long an instance leaves a lease to others that it gave back since it got no further: longer with each time, so that one that
 * nobody can fold does not wander from one to the other without a pause. The log has the first time only.
 */
final class Rest {

    private static final Logger LOG = LoggerFactory.getLogger(Rest.class);
    private static final int LONGEST = 3;

    private final Generation generation;
    private final Duration shortest;
    private int times;
    private long untilNanos;
    private boolean resting;

    /** @param shortest the first; the fourth and all that follow are eight times as long */
    Rest(Generation generation, Duration shortest) {
        this.generation = generation;
        this.shortest = shortest;
    }

    /** Begins. */
    void begins(long nanos, StandstillException why) {
        // Two that stopped at the same moment do not come back at the same moment.
        double factor =
                (1 << Math.min(times, LONGEST)) * ThreadLocalRandom.current().nextDouble(0.75, 1.25);
        untilNanos = nanos + (long) (shortest.toNanos() * factor);
        resting = !why.isAway(); // who has no answer takes nothing anyway, and may at once when he has one
        if (times++ == 0) {
            LOG.warn("{} is left to other instances: {}", generation, why.getMessage());
        } else {
            LOG.debug("{} is left to other instances again: {}", generation, why.getMessage());
        }
    }

    /** Somebody got further, here or elsewhere: the next one is as short as the first. */
    void isOver() {
        times = 0;
    }

    boolean lasts(long nanos) {
        resting &= nanos - untilNanos < 0;
        return resting;
    }
}
