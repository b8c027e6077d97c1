package io.forgewatch.command.detection;

import io.forgewatch.command.detection.Side.Phase;
import io.forgewatch.event.alarm.Direction;
import java.util.function.Consumer;

/**
 * Points that people read 人工: the newest reading is live whatever its age. One beyond a limit is a breach at once; one within the
 * limits returns and settles (dossier §8).
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
        PointState state = Judged.of(rule, before, reading, arrival, conditions).state(before, arrival);
        for (Direction direction : PointWatch.DIRECTIONS) {
            if (rule.watches(direction) && !conditions.closed(direction)) {
                int depth = conditions.depth(rule, direction, reading.value());
                Side side = state.side(direction);
                state = state.with(
                        direction,
                        depth == Side.NONE
                                ? back(direction, side, state, arrival, say)
                                : beyond(direction, side, reading, depth, arrival, say));
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
        Side begun = goesOn ? side.deeper(reading, depth, now) : Side.pending(reading, depth, now, false);
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
