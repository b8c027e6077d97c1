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
 * <p>Dossier §2 and §8: a limit that stays broken for the delay-on is a breach, also when nothing more is heard; it is over when
 * the value stays back beyond the deadband for the delay-off. Only good readings drive, on severity A jumps and skewed clocks
 * too; nothing but a good reading leads back. A late or repeated reading changes nothing.
 */
final class PointWatch {

    static final long ASSERT_AGAIN_MILLIS = 30_000;
    private static final int RETURNS_TOLD_AGAIN = 2;
    private static final int CONFIRMING = 3;
    private static final List<Direction> DIRECTIONS = List.of(Direction.LOW, Direction.HIGH, Direction.STATE);

    private PointWatch() {}

    /**
     * Takes a reading.
     *
     * @param reading with its quality by the door
     * @param gated whether the limits are out of force now, as for a casting pit that does not cast
     */
    static PointState read(
            PointRule rule, PointState before, Sample reading, long arrival, boolean gated, Consumer<Verdict> say) {
        PointState state = tick(rule, before, arrival, say);
        if (isIgnored(state, reading, arrival)) {
            return state;
        }
        state = judged(rule, state, reading, arrival);
        Sample sample = state.last();
        for (Direction direction : DIRECTIONS) {
            if (rule.watches(direction)) {
                Side side = state.side(direction);
                Side next = next(rule, direction, side, sample, arrival, gated);
                if (side.phase() != Phase.NORMAL || next.phase() != Phase.NORMAL) {
                    state = state.with(direction, next);
                }
            }
        }
        return tick(rule, state, arrival, say);
    }

    /** Late ones are history; what is not newer than the last is a repeat or out of order. */
    private static boolean isIgnored(PointState state, Sample reading, long arrival) {
        return switch (reading.quality()) {
            case Quality.LATE, Quality.DUPLICATE -> true;
            case Quality.CLOCK_SKEW -> false;
            // A last time that is still ahead proves nothing: that clock was wrong.
            default -> reading.at() <= state.last().at() && state.last().at() <= arrival;
        };
    }

    /** Remembers the reading, with the quality that earlier readings give it. */
    private static PointState judged(PointRule rule, PointState state, Sample reading, long arrival) {
        int quality = Double.isFinite(reading.value()) ? reading.quality() : Quality.MISSING;
        double good = state.good();
        double candidate = state.candidate();
        int candidates = state.candidates();
        boolean same = state.isKnown() && reading.value() == state.last().value();
        long changedAt = same ? state.changedAt() : arrival;
        if (quality == Quality.GOOD && rule.analogue() && arrival - changedAt > rule.frozenAfter()) {
            quality = Quality.FROZEN;
        }
        if (quality == Quality.GOOD) {
            if (Double.isNaN(good) || !rule.isJump(good, reading.value())) {
                good = reading.value();
                candidates = 0;
            } else {
                candidates = candidates > 0 && !rule.isJump(candidate, reading.value()) ? candidates + 1 : 1;
                candidate = reading.value();
                if (candidates == CONFIRMING) {
                    good = candidate;
                    candidates = 0;
                } else {
                    quality = Quality.JUMP;
                }
            }
        }
        long at = quality == Quality.CLOCK_SKEW ? arrival : reading.at();
        return new PointState(
                new Sample(at, reading.value(), quality),
                arrival,
                changedAt,
                good,
                candidate,
                candidates,
                state.low(),
                state.high());
    }

    private static Side next(
            PointRule rule, Direction direction, Side side, Sample sample, long arrival, boolean gated) {
        int depth = !gated && drives(rule, sample.quality()) ? rule.depth(direction, sample.value()) : 0;
        if (depth > 0) {
            return side.phase() == Phase.NORMAL || side.phase() == Phase.RETURNED
                    ? Side.pending(sample, depth, arrival)
                    : side.deeper(sample, depth, arrival);
        }
        if (sample.quality() != Quality.GOOD) {
            // It is not known to be back any more: the delay-off starts anew with the next good one.
            return side.phase() == Phase.RETURNING ? side.stillBroken() : side;
        }
        if (gated || rule.isBack(direction, sample.value())) {
            return switch (side.phase()) {
                case PENDING -> Side.NORMAL;
                case BROKEN -> side.returning(arrival);
                case NORMAL, RETURNING, RETURNED -> side;
            };
        }
        return rule.isBackFromOuter(direction, sample.value()) ? side.backFromOuter() : side;
    }

    private static boolean drives(PointRule rule, int quality) {
        return quality == Quality.GOOD
                || (rule.gravest() && (quality == Quality.JUMP || quality == Quality.CLOCK_SKEW));
    }

    /** Lets time pass until {@code now}: ends delays, and says again what holds. */
    static PointState tick(PointRule rule, PointState before, long now, Consumer<Verdict> say) {
        PointState state = before;
        for (Direction direction : DIRECTIONS) {
            Side side = state.side(direction);
            if (side.phase() != Phase.NORMAL && rule.watches(direction)) {
                state = state.with(direction, tick(rule, direction, side, state, now, say));
            }
        }
        return state;
    }

    private static Side tick(
            PointRule rule, Direction direction, Side side, PointState state, long now, Consumer<Verdict> say) {
        if (now < due(rule, side)) {
            return side;
        }
        int delayOn = rule.point().delayOnMillis();
        boolean outer = side.outerSince() != Side.NEVER && now - side.outerSince() >= delayOn;
        Side next = switch (side.phase()) {
            case NORMAL -> side;
            case PENDING -> side.broken(outer ? 2 : 1, now);
            case BROKEN -> side.level() == 1 && outer ? side.broken(2, now) : side.asserted(now);
            case RETURNING -> side.returned(now);
            case RETURNED -> side.assertions() == RETURNS_TOLD_AGAIN ? Side.NORMAL : side.asserted(now);
        };
        if (next.phase() != Phase.NORMAL) {
            say.accept(verdict(direction, next, state, now));
        }
        return next;
    }

    private static Verdict verdict(Direction direction, Side side, PointState state, long now) {
        boolean back = side.phase() == Phase.RETURNED;
        List<Sample> readings =
                side.onset().equals(side.worst()) ? List.of(side.onset()) : List.of(side.onset(), side.worst());
        return new Verdict(
                back ? Verdict.Kind.RETURN : Verdict.Kind.BREACH,
                direction,
                side.level(),
                readings,
                back ? state.last().value() : side.worst().value(),
                now,
                side.assertions());
    }

    /** When {@link #tick} next has something to do, or {@link Side#NEVER}. */
    static long due(PointRule rule, PointState state) {
        long due = Side.NEVER;
        for (Direction direction : DIRECTIONS) {
            if (rule.watches(direction)) {
                due = Math.min(due, due(rule, state.side(direction)));
            }
        }
        return due;
    }

    private static long due(PointRule rule, Side side) {
        return switch (side.phase()) {
            case NORMAL -> Side.NEVER;
            case PENDING -> side.since() + rule.point().delayOnMillis();
            case BROKEN -> {
                long again = side.assertedAt() + ASSERT_AGAIN_MILLIS;
                yield side.level() == 1 && side.outerSince() != Side.NEVER
                        ? Math.min(again, side.outerSince() + rule.point().delayOnMillis())
                        : again;
            }
            case RETURNING -> side.since() + rule.point().delayOffMillis();
            case RETURNED -> side.assertedAt() + ASSERT_AGAIN_MILLIS;
        };
    }
}
