package io.forgewatch.command.detection;

import io.forgewatch.command.detection.Side.Phase;
import io.forgewatch.event.alarm.Direction;
import io.forgewatch.event.telemetry.Quality;
import java.util.function.Consumer;

/**
 * Points that people read 人工: the newest reading is live whatever its age. One beyond a limit is a breach at once; one within the
 * limits returns and settles, unless it cannot be (dossier §8). Another value for the same moment drives all the same; what is older
 * is history.
 */
final class ManualWatch {

    private ManualWatch() {}

    static PointState read(
            PointRule rule,
            PointState before,
            Sample reading,
            long arrival,
            Conditions conditions,
            Consumer<Verdict> say) {
        if (reading.at() < before.last().at()) {
            return PastWatch.read(rule, before, reading, arrival, conditions, say);
        }
        boolean again = reading.at() == before.last().at();
        if (again && reading.value() == before.last().value()) {
            return before;
        }
        PointState state = again
                ? before
                : Judged.of(rule, before, reading, arrival, conditions).state(before, arrival);
        boolean leads = !again && reading.quality() != Quality.OUT_OF_RANGE && rule.isBelievable(reading.value());
        for (Direction direction : PointWatch.DIRECTIONS) {
            if (rule.watches(direction) && !conditions.closed(direction)) {
                int depth = conditions.depth(rule, direction, reading.value());
                Side side = state.side(direction);
                if (depth != Side.NONE) {
                    Sample drives = again ? PointWatch.marked(reading, arrival) : reading;
                    state = state.with(direction, beyond(direction, side, drives, depth, arrival, say));
                } else if (leads) {
                    state = state.with(direction, back(direction, side, state, arrival, say));
                }
            }
        }
        return state;
    }

    private static Side beyond(
            Direction direction, Side side, Sample reading, int depth, long now, Consumer<Verdict> say) {
        boolean goesOn = side.phase() == Phase.BROKEN && !side.adopted();
        if (goesOn && side.level() >= depth) {
            return side.deeper(reading, depth, now);
        }
        Side begun = goesOn ? side.deeper(reading, depth, now) : Side.pending(reading, depth, now, false, false);
        Side next = begun.change().said(Phase.BROKEN, depth, now);
        say.accept(Verdict.breach(direction, next, now));
        return next;
    }

    private static Side back(Direction direction, Side side, PointState state, long now, Consumer<Verdict> say) {
        if (side.phase() == Phase.NORMAL || side.phase() == Phase.SETTLED) {
            return side;
        }
        Side next = side.change().said(Phase.SETTLED, side.level(), now);
        say.accept(Verdict.back(Verdict.Kind.RETURN, direction, next, state, now));
        say.accept(Verdict.back(Verdict.Kind.SETTLED, direction, next, state, now));
        return next;
    }
}
