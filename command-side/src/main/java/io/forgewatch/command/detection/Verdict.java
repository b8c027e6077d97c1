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

    /** What is said. All but LATE is said again until the table of open alarms agrees (ADR 25). */
    enum Kind {
        /** The limit is broken, or a graver one. */
        BREACH,
        /** 值恢复: back beyond the deadband for the delay-off, by good readings. */
        RETURN,
        /** 稳定恢复: normal for the settling time, by good readings from begin to end. */
        SETTLED,
        /** 迟报: a breach found wholly in readings that came late. */
        LATE
    }

    /** Epoch milliseconds of the first reading beyond the limit. */
    long onset() {
        return readings.getFirst().at();
    }
}
