package io.forgewatch.command.detection;

import io.forgewatch.event.alarm.Direction;
import java.util.List;

/**
 * What the watch has to say of a point and direction.
 *
 * @param depth the limit: {@link Side#RATE}, {@link Side#INNER} or {@link Side#OUTER}
 * @param readings those that caused it: the first beyond the limit, and the last
 * @param at when it became so, in epoch milliseconds of arrival time
 * @param assertion 0 for the first time, then counting repeats
 */
record Verdict(Kind kind, Direction direction, int depth, List<Sample> readings, double value, long at, int assertion) {

    enum Kind {
        /** A limit is broken. */
        BREACH,
        /** The value is back 值恢复. */
        RETURN,
        /** The value was normal long enough for 消警. */
        SETTLED,
        /** A limit was broken, as is known only now. */
        LATE
    }

    static Verdict breach(Direction direction, Side side, long at) {
        return new Verdict(
                Kind.BREACH,
                direction,
                side.level(),
                readings(side.onset(), side.worst()),
                side.worst().value(),
                at,
                side.assertions());
    }

    static Verdict back(Kind kind, Direction direction, Side side, PointState state, long at) {
        return new Verdict(
                kind,
                direction,
                side.level(),
                readings(side.onset(), side.worst()),
                state.last().value(),
                at,
                side.assertions());
    }

    static Verdict late(PastBreach breach, long at) {
        return new Verdict(
                Kind.LATE,
                breach.direction(),
                breach.depth(),
                readings(breach.onset(), breach.worst()),
                breach.worst().value(),
                at,
                0);
    }

    private static List<Sample> readings(Sample first, Sample last) {
        return first.equals(last) ? List.of(first) : List.of(first, last);
    }

    /** Epoch milliseconds of the first reading beyond the limit. */
    long onset() {
        return readings.getFirst().at();
    }
}
