package io.forgewatch.command.detection;

import io.forgewatch.command.detection.Side.Phase;
import io.forgewatch.event.alarm.Direction;
import io.forgewatch.event.telemetry.Quality;
import java.util.List;
import java.util.function.Consumer;

/**
 * Watches one point: from its state and a reading, or from its state and the time, to its next state and what is to be said.
 * Pure; all times are arrival times in epoch milliseconds, so that a sensor's clock can't stop an alarm.
 *
 * <p>Dossier §2, §3 and §8. A value beyond a limit drives that limit, however far beyond it is and whatever code its reading bears.
 * Only readings that can be relied on lead back, and only as long as they keep coming. A reading's time is when it was measured,
 * or when it arrived if that is earlier; what is not the newest of its point, or older than five minutes, is history.
 */
final class PointWatch {

    static final List<Direction> DIRECTIONS = List.of(Direction.LOW, Direction.HIGH, Direction.STATE);

    /** The newest reading of its point is live up to this age. */
    static final long LIVE_MILLIS = 300_000;

    /** When nothing has brought a time forward for so long, older readings that still come show a clock that is wrong. */
    static final long STALE_MILLIS = 60_000;

    private PointWatch() {}

    /**
     * Takes a reading.
     *
     * @param reading with its quality by the door
     */
    static PointState read(
            PointRule rule,
            PointState before,
            Sample reading,
            long arrival,
            Conditions conditions,
            Standing standing,
            Consumer<Verdict> say) {
        PointState state = SideTimer.tick(rule, before, arrival, standing, say);
        Sample sample = new Sample(Math.min(reading.at(), arrival), reading.value(), reading.quality());
        boolean forward = sample.at() > state.last().at();
        boolean young = arrival - sample.at() <= LIVE_MILLIS;
        PointState next;
        if (!carriesValue(sample)) {
            next = forward && young ? coded(state, sample, arrival) : state;
        } else if (rule.manual()) {
            return SideTimer.tick(
                    rule, ManualWatch.read(rule, state, sample, arrival, conditions, say), arrival, standing, say);
        } else if (forward && young) {
            next = live(rule, state, sample, arrival, conditions, say);
        } else if (sample.at() == state.last().at()) {
            next = sample.value() == state.last().value()
                    ? state
                    : driven(rule, state, marked(sample, arrival), arrival, conditions);
        } else if (conditions.stale() || (young && arrival - state.arrivedAt() >= STALE_MILLIS)) {
            next = driven(rule, state, marked(sample, arrival), arrival, conditions);
        } else {
            return PastWatch.read(rule, state, sample, arrival, conditions, say);
        }
        return SideTimer.tick(rule, next, arrival, standing, say);
    }

    /** Whether a reading is history: not the newest of its point, or too old to be live. */
    static boolean isPast(PointRule rule, PointState state, Sample reading, long arrival) {
        long at = Math.min(reading.at(), arrival);
        return at < state.last().at() || (!rule.manual() && arrival - at > LIVE_MILLIS);
    }

    private static boolean carriesValue(Sample sample) {
        return Double.isFinite(sample.value())
                && sample.quality() != Quality.SENSOR_FAULT
                && sample.quality() != Quality.MISSING;
    }

    /** A status in place of a value: the point speaks, but of nothing. */
    private static PointState coded(PointState state, Sample sample, long arrival) {
        return new PointState(
                sample,
                Sample.NONE,
                arrival,
                state.changedAt(),
                state.good(),
                state.candidate(),
                state.candidates(),
                0,
                state.movement(),
                state.past(),
                state.low().unseen(),
                state.high().unseen());
    }

    private static PointState live(
            PointRule rule,
            PointState before,
            Sample reading,
            long arrival,
            Conditions conditions,
            Consumer<Verdict> say) {
        Judged judged = Judged.of(rule, before, reading, arrival, conditions);
        PointState state = judged.state(before, arrival);
        if (rule.isWatchedForRate()) {
            state = RateWatch.read(rule, before, state, arrival, conditions, say);
        }
        boolean inARow = before.last().quality() == Quality.GOOD
                && reading.at() - before.last().at() <= rule.inARow();
        for (Direction direction : DIRECTIONS) {
            // A direction that lost its limits still has its alarm to end.
            if (rule.watches(direction) || !state.side(direction).is(Phase.NORMAL) && rule.isOf(direction)) {
                Side side = next(rule, direction, state.side(direction), judged, arrival, conditions);
                if (side.phase() == Phase.PENDING || side.phase() == Phase.BROKEN) {
                    int depth = judged.sample().quality() == Quality.GOOD && !conditions.closed(direction)
                            ? conditions.of(side).depth(rule, direction, reading.value())
                            : Side.NONE;
                    side = SideTimer.own(rule, direction, side.own(depth, reading.at(), inARow), reading, arrival, say);
                }
                state = state.with(direction, side);
            }
        }
        return state;
    }

    private static Side next(
            PointRule rule, Direction direction, Side side, Judged judged, long arrival, Conditions conditions) {
        if (conditions.closed(direction)) {
            // What is broken is led back by the gate's own readings.
            return side.phase() == Phase.PENDING ? Side.NORMAL : side;
        }
        Conditions held = conditions.of(side);
        Sample sample = judged.driving(arrival);
        int depth = held.depth(rule, direction, sample.value());
        if (depth != Side.NONE) {
            return beyond(rule, side, sample, depth, arrival, judged.jumped(), held.ramped());
        }
        if (side.phase() == Phase.PENDING && side.jumped()) {
            return judged.within() >= Side.ENOUGH ? Side.NORMAL : side;
        }
        return judged.leads() ? back(rule, direction, side, sample.value(), arrival, held) : side.unseen();
    }

    private static Side beyond(
            PointRule rule, Side side, Sample sample, int depth, long arrival, boolean jumped, boolean ramped) {
        boolean anew = side.adopted()
                || switch (side.phase()) {
                    case NORMAL, RETURNED, SETTLED -> true;
                    case PENDING, BROKEN, RETURNING -> false;
                };
        return anew
                ? Side.pending(sample, depth, arrival, jumped && !rule.gravest(), ramped)
                : side.deeper(sample, depth, arrival);
    }

    private static Side back(
            PointRule rule, Direction direction, Side side, double value, long arrival, Conditions conditions) {
        boolean back = conditions.isBack(rule, direction, side, value);
        return switch (side.phase()) {
            case NORMAL, SETTLED -> side;
            case RETURNING, RETURNED -> side.back(arrival, rule.gap());
            case PENDING -> back ? Side.NORMAL : fromOuter(rule, direction, side, value, conditions);
            case BROKEN -> back ? side.back(arrival, rule.gap()) : fromOuter(rule, direction, side, value, conditions);
        };
    }

    private static Side fromOuter(PointRule rule, Direction direction, Side side, double value, Conditions conditions) {
        return conditions.isBackFromOuter(rule, direction, value) ? side.backFromOuter() : side;
    }

    /**
     * A value beyond a limit that drives and leads nothing back. It does not bring its point's time forward either: the point can
     * be silent all the while.
     */
    private static PointState driven(
            PointRule rule, PointState before, Sample sample, long arrival, Conditions conditions) {
        PointState state = before;
        for (Direction direction : DIRECTIONS) {
            if (rule.watches(direction) && !conditions.closed(direction)) {
                Side side = state.side(direction);
                Conditions held = conditions.of(side);
                int depth = held.depth(rule, direction, sample.value());
                if (depth != Side.NONE) {
                    state = state.with(direction, beyond(rule, side, sample, depth, arrival, false, held.ramped()));
                }
            }
        }
        return state;
    }

    /** A reading with a wrong time drives by its arrival. */
    static Sample marked(Sample sample, long arrival) {
        return new Sample(arrival, sample.value(), Quality.CLOCK_SKEW);
    }

    /**
     * The gate of a point's limits was read as closed: what is broken is back as long as it goes on so. For analogue values that
     * is normal; a state that still is the alarm's returns, but does not settle.
     */
    static PointState closed(PointRule rule, PointState before, long arrival, Conditions conditions) {
        PointState state = before;
        for (Direction direction : DIRECTIONS) {
            if (rule.watches(direction) && conditions.closed(direction)) {
                state = state.with(direction, closed(rule, direction, state, arrival, conditions));
            }
        }
        return state;
    }

    private static Side closed(
            PointRule rule, Direction direction, PointState state, long arrival, Conditions conditions) {
        Side side = state.side(direction);
        return switch (side.phase()) {
            case NORMAL, SETTLED -> side;
            case PENDING -> Side.NORMAL;
            case BROKEN, RETURNING -> side.back(arrival, rule.gap());
            case RETURNED ->
                direction == Direction.STATE
                                && conditions.depth(
                                                rule, direction, state.last().value())
                                        != Side.NONE
                        ? side.unseen()
                        : side.back(arrival, rule.gap());
        };
    }

    /** The gate of a point's limits opened: what was read last counts at once, and constancy from here. */
    static PointState opened(PointRule rule, PointState before, long arrival, Conditions conditions) {
        PointState state = before.opened(arrival);
        return state.isKnown() && carriesValue(state.last()) && arrival - state.arrivedAt() <= rule.gap()
                ? driven(rule, state, state.last(), arrival, conditions)
                : state;
    }
}
