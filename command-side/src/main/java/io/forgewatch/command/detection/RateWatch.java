package io.forgewatch.command.detection;

import io.forgewatch.command.detection.Side.Phase;
import io.forgewatch.event.alarm.Direction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Rate of change 突变 (dossier §2): a value that moves too fast away from where it should be, between two samples in a row by the
 * device's clock, and has not come back by half with the next. Never across a gap, a restart or a gate that opens.
 */
final class RateWatch {

    private RateWatch() {}

    /** Judges a reading: {@code before} is the state before it, {@code state} has it as its last one. */
    static PointState read(
            PointRule rule,
            PointState before,
            PointState state,
            long arrival,
            Conditions conditions,
            Consumer<Verdict> say) {
        PointState next = state;
        Movement waiting = before.movement();
        if (waiting != null) {
            next = next.with((Movement) null);
            if (!waiting.isUndoneBy(state.last().value()) && !conditions.closed(waiting.direction())) {
                next = moved(next, waiting, arrival, say);
            }
        }
        Movement movement = movement(rule, before.from(), state.last(), arrival);
        return movement == null || conditions.closed(movement.direction()) ? next : next.with(movement);
    }

    private static @Nullable Movement movement(PointRule rule, Sample from, Sample to, long arrival) {
        long millis = to.at() - from.at();
        if (!from.isOne() || !Judged.shows(to.quality()) || millis <= 0 || millis > rule.inARow()) {
            return null;
        }
        double change = to.value() - from.value();
        boolean fast = Math.abs(change) * 1_000 / millis > rule.fastest();
        double aim = rule.aim();
        boolean away = Double.isNaN(aim) || Math.abs(to.value() - aim) > Math.abs(from.value() - aim);
        return fast && away ? new Movement(from.value(), to, arrival) : null;
    }

    /** The next sample does not come: silence has not undone it. */
    static PointState tick(PointRule rule, PointState state, long now, Consumer<Verdict> say) {
        Movement waiting = state.movement();
        return waiting == null || now < due(rule, waiting)
                ? state
                : moved(state.with((Movement) null), waiting, now, say);
    }

    static long due(PointRule rule, Movement waiting) {
        return waiting.arrival() + rule.inARow();
    }

    private static PointState moved(PointState state, Movement movement, long now, Consumer<Verdict> say) {
        Direction direction = movement.direction();
        Side side = state.side(direction);
        boolean goesOn = !side.adopted() && (side.phase() == Phase.BROKEN || side.phase() == Phase.RETURNING);
        if (goesOn) {
            return state.with(direction, side.deeper(movement.to(), Side.NONE, now));
        }
        Side next = side.phase() == Phase.PENDING
                ? side.change().said(Phase.BROKEN, Side.RATE, now)
                : Side.moving(movement.to(), now);
        say.accept(Verdict.breach(direction, next, now));
        return state.with(direction, next);
    }
}
