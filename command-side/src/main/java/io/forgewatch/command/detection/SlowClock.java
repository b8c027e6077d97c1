package io.forgewatch.command.detection;

/**
 * Tells a clock that is minutes slow from a backlog: of the one the lag stays as it is, of the other it shrinks while it is caught
 * up. Both bring nothing that is younger than five minutes (dossier §8).
 */
final class SlowClock {

    /** A backlog that is caught up with so slowly that it shrinks by less than this share of the time is none. */
    private static final double CATCHING_UP = 0.2;

    private long since;
    private long lag;
    private long lastAt;

    /**
     * Takes the time of a reading.
     *
     * @param gap for how long nothing may come without beginning anew
     * @return whether for a minute nothing younger came, though something did, and it is no backlog
     */
    boolean saw(long at, long arrival, long gap) {
        if (arrival - at <= PointWatch.LIVE_MILLIS) {
            since = 0;
            return false;
        }
        if (since == 0 || arrival - lastAt > gap) {
            since = arrival;
            lag = arrival - at;
        }
        lastAt = arrival;
        return arrival - since >= PointWatch.STALE_MILLIS && lag - (arrival - at) < CATCHING_UP * (arrival - since);
    }

    /** Whether readings come, and all are old. */
    boolean isSlow() {
        return since != 0;
    }
}
