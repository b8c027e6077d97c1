package io.forgewatch.query.telemetry;

import io.forgewatch.event.telemetry.Heard;

/**
 * By what silence is judged: what has been taken, never the wall clock alone (dossier §8).
 *
 * @param from since when nothing was missed, epoch milliseconds: who was last heard before has one full window from then on
 * @param now the time up to which we heard, epoch milliseconds
 */
record Watch(long from, long now) {

    /**
     * @param wall the time of day: where nothing was heard for a pause, we are who stands still, and nobody is called silent; who
     *     was heard a moment ago still was
     */
    static Watch of(Heard heard, long wall) {
        boolean hears = heard.now() != 0 && wall - heard.now() <= Heard.PAUSE_MILLIS;
        return hears ? new Watch(heard.from(), heard.now()) : new Watch(wall, wall);
    }

    /** Of somebody who may be in either's care. */
    Watch and(Watch other) {
        return new Watch(Math.max(from, other.from), Math.min(now, other.now));
    }
}
