package io.forgewatch.command.detection;

import io.forgewatch.event.alarm.Direction;
import java.util.List;

/**
 * What the watch has to say of a point and direction.
 *
 * @param depth the limit: 1 inner, 2 outer
 * @param readings those that caused it: the first beyond the limit, and the last
 * @param at when it became so, in epoch milliseconds of arrival time
 * @param assertion 0 for the first time, then counting repeats
 */
record Verdict(Kind kind, Direction direction, int depth, List<Sample> readings, double value, long at, int assertion) {

    enum Kind {
        BREACH,
        RETURN
    }

    /** Epoch milliseconds of the first reading beyond the limit. */
    long onset() {
        return readings.getFirst().at();
    }
}
