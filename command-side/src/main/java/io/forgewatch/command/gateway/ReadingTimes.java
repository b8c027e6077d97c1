package io.forgewatch.command.gateway;

/**
 * What the readings of a frame say about time.
 *
 * @param newestAt when the newest of those taken was measured, epoch milliseconds; {@link #NONE} without any. Readings by people
 *     don't count: they are entered when they are
 * @param mostAhead how many milliseconds the farthest is ahead of its arrival, also of those refused for it; 0 when none is
 */
record ReadingTimes(long newestAt, long mostAhead) {

    static final long NONE = Long.MIN_VALUE;

    boolean hasNewest() {
        return newestAt != NONE;
    }
}
