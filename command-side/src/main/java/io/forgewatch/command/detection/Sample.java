package io.forgewatch.command.detection;

import io.forgewatch.event.alarm.AlarmEvent.CausingReading;
import java.time.Instant;

/**
 * A reading as the watch sees it.
 *
 * @param at when it was measured, in epoch milliseconds; the arrival where the clock was skewed
 * @param value in the point's unit
 * @param quality one of {@link io.forgewatch.event.telemetry.Quality}
 */
record Sample(long at, double value, int quality) {

    static final Sample NONE = new Sample(0, 0, 0);

    /** Whether there is one at all. */
    boolean isOne() {
        return at != 0;
    }

    CausingReading cause() {
        return new CausingReading(Instant.ofEpochMilli(at), value, quality);
    }
}
