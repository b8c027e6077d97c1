package io.forgewatch.command.detection;

import io.forgewatch.event.alarm.Direction;
import io.forgewatch.event.telemetry.Quality;

/**
 * What is remembered of a point.
 *
 * @param last the last reading that was not late, with the quality that the watch gave it; at 0 before the first
 * @param arrivedAt when that arrived, epoch milliseconds
 * @param changedAt when the value last changed, by arrival
 * @param good the last value that was not a jump, NaN before the first
 * @param candidate the value to which it jumped
 * @param candidates how many readings in a row were near it
 * @param low of an analogue point
 * @param high of an analogue point, or the states of a discrete one
 */
record PointState(
        Sample last,
        long arrivedAt,
        long changedAt,
        double good,
        double candidate,
        int candidates,
        Side low,
        Side high) {

    static final PointState UNKNOWN = new PointState(Sample.NONE, 0, 0, Double.NaN, 0, 0, Side.NORMAL, Side.NORMAL);

    boolean isKnown() {
        return arrivedAt != 0;
    }

    /** Whether the last reading is one to rely on, and not too long ago. */
    boolean isLive(PointRule rule, long now) {
        return isKnown() && last.quality() == Quality.GOOD && now - arrivedAt <= rule.silentAfter();
    }

    Side side(Direction direction) {
        return direction == Direction.LOW ? low : high;
    }

    PointState with(Direction direction, Side side) {
        return direction == Direction.LOW
                ? new PointState(last, arrivedAt, changedAt, good, candidate, candidates, side, high)
                : new PointState(last, arrivedAt, changedAt, good, candidate, candidates, low, side);
    }
}
