package io.forgewatch.command.eventstore;

import java.time.Duration;

/**
 * How a clock stood against one tolerance at the looks so far. A look shows that it is ahead by something between two figures: it is
 * beyond the tolerance where both are, within where both are, and else the look shows nothing.
 *
 * @param most by how much it may be off
 * @param beyond how many looks in a row showed it to be off by more, those that showed nothing left out
 * @param aheadMillis by how much it was ahead at the last of them at least; negative where it was behind
 * @param within whether the last look that showed something showed it to be within
 * @param at when that was, in nanoseconds of no beginning
 */
record ClockTolerance(Duration most, int beyond, long aheadMillis, boolean within, long at) {

    static ClockTolerance of(Duration most, long now) {
        return new ClockTolerance(most, 0, 0, false, now);
    }

    ClockTolerance next(long leastAhead, long mostAhead, long now) {
        long surely = leastAhead > 0 ? leastAhead : Math.min(mostAhead, 0);
        if (Math.abs(surely) > most.toMillis()) {
            return new ClockTolerance(most, beyond + 1, surely, false, now);
        }
        boolean isWithin = leastAhead >= -most.toMillis() && mostAhead <= most.toMillis();
        return isWithin ? new ClockTolerance(most, 0, 0, true, now) : this;
    }

    /** Whether the last look that showed something showed it to be beyond. */
    boolean isBeyond() {
        return beyond > 0;
    }

    /** Whether a look of lately showed it to be within. */
    boolean isWithin(long now, Duration lately) {
        return within && now - at <= lately.toNanos();
    }
}
