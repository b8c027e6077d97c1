package io.forgewatch.command.detection;

import io.forgewatch.command.detection.Side.Phase;
import io.forgewatch.event.alarm.Direction;
import io.forgewatch.event.telemetry.Quality;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of a point.
 *
 * @param last the newest live reading, at the point's time, with the quality that the watch gave it; at 0 before the first
 * @param from the reading that a movement can be seen from: the last one, or {@link Sample#NONE} where it is not good enough, or its
 *     gate opened since
 * @param arrivedAt when {@code last} arrived, epoch milliseconds
 * @param changedAt when the value last changed, or its gate opened, by arrival
 * @param good the last value that was not a jump, NaN before the first
 * @param candidate the value to which it jumped
 * @param candidates how many readings in a row were near it
 * @param within how many readings in a row were within all limits, counted to three
 * @param movement a movement that was too fast, and waits for the next reading to confirm it; or null
 * @param past a breach among readings that are history, or null
 * @param low of an analogue point
 * @param high of an analogue point, or the states of a discrete one
 */
record PointState(
        Sample last,
        Sample from,
        long arrivedAt,
        long changedAt,
        double good,
        double candidate,
        int candidates,
        int within,
        @Nullable Movement movement,
        @Nullable PastBreach past,
        Side low,
        Side high) {

    static final PointState UNKNOWN =
            new PointState(Sample.NONE, Sample.NONE, 0, 0, Double.NaN, 0, 0, 0, null, null, Side.NORMAL, Side.NORMAL);

    boolean isKnown() {
        return arrivedAt != 0;
    }

    boolean isAtRest() {
        return low.is(Phase.NORMAL) && high.is(Phase.NORMAL) && movement == null && past == null;
    }

    /** Whether the last reading is one to rely on, and not too long ago. */
    boolean isLive(PointRule rule, long now) {
        return isKnown()
                && (last.quality() == Quality.GOOD || last.quality() == Quality.CLOCK_SKEW)
                && now - arrivedAt <= rule.silentAfter();
    }

    Side side(Direction direction) {
        return direction == Direction.LOW ? low : high;
    }

    PointState with(Direction direction, Side side) {
        if (side.is(Phase.NORMAL) && side(direction).is(Phase.NORMAL)) {
            return this;
        }
        return new PointState(
                last,
                from,
                arrivedAt,
                changedAt,
                good,
                candidate,
                candidates,
                within,
                movement,
                past,
                direction == Direction.LOW ? side : low,
                direction == Direction.LOW ? high : side);
    }

    PointState with(@Nullable Movement next) {
        return next == null && movement == null
                ? this
                : new PointState(
                        last, from, arrivedAt, changedAt, good, candidate, candidates, within, next, past, low, high);
    }

    PointState withPast(@Nullable PastBreach next) {
        return next == null && past == null
                ? this
                : new PointState(
                        last,
                        from,
                        arrivedAt,
                        changedAt,
                        good,
                        candidate,
                        candidates,
                        within,
                        movement,
                        next,
                        low,
                        high);
    }

    /** The gate opened: constancy and movement count from here. */
    PointState opened(long arrival) {
        if (!isKnown()) {
            return this;
        }
        return new PointState(
                last, Sample.NONE, arrivedAt, arrival, good, candidate, candidates, within, null, past, low, high);
    }
}
