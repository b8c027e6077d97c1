package io.forgewatch.command.detection;

import io.forgewatch.event.alarm.Direction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Readings that are history: older than the newest of their point, or than five minutes. A breach that is found wholly among them
 * is said as a late one, by the device's own times: from reading to reading, at most three cycles apart (dossier §8).
 */
final class PastWatch {

    private PastWatch() {}

    static PointState read(
            PointRule rule,
            PointState state,
            Sample reading,
            long arrival,
            Conditions conditions,
            Consumer<Verdict> say) {
        Direction direction = direction(rule, state, reading, conditions);
        int depth = direction == null ? Side.NONE : conditions.depth(rule, direction, reading.value());
        PastBreach known = state.past();
        boolean follows =
                known != null && reading.at() > known.lastAt() && reading.at() - known.lastAt() <= rule.inARow();
        if (known == null || !follows) {
            return state.withPast(direction == null ? null : PastBreach.began(direction, reading, depth));
        }
        boolean goesOn = known.direction() == direction;
        PastBreach held = goesOn ? known.further(reading, depth) : known;
        if (!held.told() && reading.at() - held.onset().at() >= rule.delayOn(false)) {
            say.accept(Verdict.late(held, arrival));
            held = held.tell();
        }
        if (goesOn) {
            return state.withPast(held);
        }
        return state.withPast(direction == null ? null : PastBreach.began(direction, reading, depth));
    }

    private static @Nullable Direction direction(
            PointRule rule, PointState state, Sample reading, Conditions conditions) {
        for (Direction each : PointWatch.DIRECTIONS) {
            if (rule.watches(each)
                    && !conditions.closed(each)
                    && !isLive(rule, state.side(each), reading)
                    && conditions.depth(rule, each, reading.value()) != Side.NONE) {
                return each;
            }
        }
        return null;
    }

    /** What reaches to a breach that is known is part of it, overtaken or read once more: no late one. */
    private static boolean isLive(PointRule rule, Side side, Sample reading) {
        return !side.is(Side.Phase.NORMAL) && reading.at() >= side.onset().at() - rule.inARow();
    }
}
