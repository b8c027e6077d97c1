package io.forgewatch.command.detection;

import io.forgewatch.event.alarm.Direction;

/**
 * What the rest of a device and its gateway mean for one reading.
 *
 * @param lowClosed whether the gate of the lower limits is closed, by a good and recent reading
 * @param closed whether that of the upper limits and states is
 * @param ramped whether a cast begins or ends
 * @param stale whether age says nothing: for a minute its gateway has brought nothing that is younger than five minutes, or its clock
 *     is known to be wrong and what it sends is new
 * @param command the state that was commanded 指令; {@link #NO_COMMAND} where the device has no such point, NaN where it can't be
 *     relied on
 */
record Conditions(boolean lowClosed, boolean closed, boolean ramped, boolean stale, double command) {

    static final double NO_COMMAND = Double.NEGATIVE_INFINITY;

    /** Those of a point without a gate. */
    static final Conditions FREE = new Conditions(false, false, false, false, NO_COMMAND);

    private static final Conditions FREE_STALE = new Conditions(false, false, false, true, NO_COMMAND);

    static Conditions free(boolean stale) {
        return stale ? FREE_STALE : FREE;
    }

    /** For what is under way in a direction: what broke a limit is held against that limit until it is back. */
    Conditions of(Side side) {
        return ramped && side.isUnderWay() && !side.ramped()
                ? new Conditions(lowClosed, closed, false, stale, command)
                : this;
    }

    boolean closed(Direction direction) {
        return direction == Direction.LOW ? lowClosed : closed;
    }

    int depth(PointRule rule, Direction direction, double value) {
        if (direction == Direction.STATE && command != NO_COMMAND) {
            // What was commanded and is not known counts towards the alarm: it can't be compared.
            return value == command ? Side.NONE : Side.OUTER;
        }
        return rule.depth(direction, value, ramped);
    }

    boolean isBack(PointRule rule, Direction direction, Side side, double value) {
        return direction == Direction.STATE && command != NO_COMMAND
                ? value == command
                : rule.isBack(direction, side, value, ramped);
    }

    boolean isBackFromOuter(PointRule rule, Direction direction, double value) {
        return direction == Direction.STATE
                ? depth(rule, direction, value) == Side.NONE
                : rule.bounds(ramped).isBackFromOuter(direction, value);
    }

    /** Whether a value breaks no limit of the point. */
    boolean isWithin(PointRule rule, double value) {
        for (Direction direction : PointWatch.DIRECTIONS) {
            if (rule.watches(direction) && depth(rule, direction, value) != Side.NONE) {
                return false;
            }
        }
        return true;
    }
}
