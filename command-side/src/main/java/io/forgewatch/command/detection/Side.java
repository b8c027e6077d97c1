package io.forgewatch.command.detection;

/**
 * How a point stands to the limits of one direction.
 *
 * @param level the highest limit this breach was reported with: 0 none yet, 1 inner, 2 outer
 * @param onset the first reading beyond the limit
 * @param worst the last reading beyond the limit
 * @param since arrival time, epoch milliseconds: of the onset while pending, of the first reading back while returning
 * @param outerSince arrival time since when the outer limit is broken, or {@link #NEVER}
 * @param assertedAt when it was last told
 * @param assertions how often the present state was told again
 */
record Side(
        Phase phase,
        int level,
        Sample onset,
        Sample worst,
        long since,
        long outerSince,
        long assertedAt,
        int assertions) {

    static final long NEVER = Long.MAX_VALUE;

    static final Side NORMAL = new Side(Phase.NORMAL, 0, Sample.NONE, Sample.NONE, 0, NEVER, 0, 0);

    enum Phase {
        NORMAL,
        /** Beyond the limit; the delay-on runs. */
        PENDING,
        /** Reported as broken. */
        BROKEN,
        /** Reported as broken, and back; the delay-off runs. */
        RETURNING,
        /** Reported as back; told again a few times, since a crash can lose a signal. */
        RETURNED
    }

    static Side pending(Sample reading, int depth, long arrival) {
        return new Side(Phase.PENDING, 0, reading, reading, arrival, depth == 2 ? arrival : NEVER, 0, 0);
    }

    /** A further reading beyond the limit. */
    Side deeper(Sample reading, int depth, long arrival) {
        long outer = depth == 2 ? Math.min(outerSince, arrival) : outerSince;
        Phase next = phase == Phase.RETURNING ? Phase.BROKEN : phase;
        return new Side(next, level, onset, reading, since, outer, assertedAt, assertions);
    }

    Side broken(int depth, long now) {
        return new Side(Phase.BROKEN, depth, onset, worst, since, outerSince, now, 0);
    }

    Side asserted(long now) {
        return new Side(phase, level, onset, worst, since, outerSince, now, assertions + 1);
    }

    Side returning(long arrival) {
        return new Side(Phase.RETURNING, level, onset, worst, arrival, NEVER, assertedAt, assertions);
    }

    Side stillBroken() {
        return new Side(Phase.BROKEN, level, onset, worst, since, outerSince, assertedAt, assertions);
    }

    Side returned(long now) {
        return new Side(Phase.RETURNED, level, onset, worst, since, NEVER, now, 0);
    }

    Side backFromOuter() {
        return outerSince == NEVER ? this : new Side(phase, level, onset, worst, since, NEVER, assertedAt, assertions);
    }
}
