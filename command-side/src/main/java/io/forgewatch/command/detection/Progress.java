package io.forgewatch.command.detection;

/**
 * How far arrival time has come for one partition. A timer by the wall clock alone would end a delay while the reading that
 * ends the breach still waits in Kafka: so as long as frames come, time is as far behind as the last one was, and after a pause
 * (a stop, a rebalance) it stands still until what piled up has had a moment to come.
 */
final class Progress {

    static final long UNKNOWN = Long.MIN_VALUE;

    private static final long LAG_HOLDS = 1_000;
    private static final long PAUSE = 1_000;
    private static final long SETTLE = 1_000;

    private long lag;
    private long sawAt = UNKNOWN;
    private long lastTick = UNKNOWN;
    private long settledAt;

    /** A frame is processed. */
    void saw(long arrival, long wallClock) {
        lag = Math.max(0, wallClock - arrival);
        sawAt = wallClock;
    }

    /** Arrival time now, in epoch milliseconds, or {@link #UNKNOWN} after a pause. */
    long now(long wallClock) {
        if (lastTick == UNKNOWN || wallClock - lastTick > PAUSE) {
            settledAt = wallClock + SETTLE;
        }
        lastTick = wallClock;
        if (wallClock < settledAt) {
            return UNKNOWN;
        }
        boolean frames = sawAt != UNKNOWN && wallClock - sawAt < LAG_HOLDS;
        return frames ? wallClock - lag : wallClock;
    }
}
