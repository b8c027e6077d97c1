package io.forgewatch.command.detection;

/**
 * What one partition has heard: silence is counted by the arrival times of what was read from it, never by the wall clock, and only
 * while something came, be it the pulse of a door. Time in which frames could not be taken or judged is not silence: a pause in
 * all that comes begins a new window for every point (dossier §8).
 */
final class Hearing {

    /** Doors send a pulse every 15 s. */
    static final long PAUSE_MILLIS = 45_000;

    private long now;
    private long from;

    /** Something was read that arrived then. */
    void heard(long arrival) {
        if (now == 0 || arrival - now > PAUSE_MILLIS) {
            from = arrival;
        }
        now = Math.max(now, arrival);
    }

    /** Whether anything was heard yet. */
    boolean isAny() {
        return now != 0;
    }

    /** Arrival time of the newest that was heard. */
    long now() {
        return now;
    }

    /** Since when nothing was missed. */
    long from() {
        return from;
    }

    /** For how long somebody has been silent who was last heard then; what was missed is no silence. */
    long silence(long lastHeard) {
        return now - Math.max(lastHeard, from);
    }
}
