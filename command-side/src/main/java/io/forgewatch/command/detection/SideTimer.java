package io.forgewatch.command.detection;

import io.forgewatch.command.alarm.OpenAlarm;
import io.forgewatch.command.detection.Side.Phase;
import io.forgewatch.event.alarm.Direction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Lets time pass for a point: ends delays, and says again what the table of open alarms does not have yet.
 *
 * <p>The loop is closed by the table: a breach, a return and a settling are each said every {@value #ASSERT_AGAIN_MILLIS} ms until
 * it agrees, however often a signal was lost on the way. A breach that nobody heard of before the value was back is said as well.
 */
final class SideTimer {

    static final long ASSERT_AGAIN_MILLIS = 30_000;

    private SideTimer() {}

    static PointState tick(PointRule rule, PointState before, long now, Standing standing, Consumer<Verdict> say) {
        if (before.isAtRest()) {
            return before;
        }
        PointState state = RateWatch.tick(rule, before, now, say);
        for (Direction direction : PointWatch.DIRECTIONS) {
            Side side = state.side(direction);
            if (side.phase() != Phase.NORMAL && rule.isOf(direction)) {
                state = state.with(direction, tick(rule, direction, side, state, now, standing, say));
            }
        }
        return state;
    }

    private static Side tick(
            PointRule rule,
            Direction direction,
            Side side,
            PointState state,
            long now,
            Standing standing,
            Consumer<Verdict> say) {
        if (now < due(rule, side, state)) {
            return side;
        }
        return switch (side.phase()) {
            case NORMAL -> side;
            case PENDING -> broken(direction, side, outerEnded(rule, side, now) ? Side.OUTER : Side.INNER, now, say);
            case BROKEN -> {
                int reached = reached(rule, side, now);
                yield reached > side.level()
                        ? broken(direction, side, reached, now, say)
                        : brokenAgain(rule, direction, side, now, standing, say);
            }
            case RETURNING -> {
                if (now < side.backFor(rule.delayOff(), rule.gap())) {
                    yield brokenAgain(rule, direction, side, now, standing, say);
                }
                Side next = side.change().said(Phase.RETURNED, side.level(), now);
                if (!side.adopted() || !isReturned(standing.open(direction))) {
                    say.accept(Verdict.back(Verdict.Kind.RETURN, direction, next, state, now));
                }
                yield next;
            }
            case RETURNED -> {
                if (now >= side.backFor(rule.settling(), rule.gap())) {
                    Side next = side.change().said(Phase.SETTLED, side.level(), now);
                    say.accept(Verdict.back(Verdict.Kind.SETTLED, direction, next, state, now));
                    yield next;
                }
                yield returnedAgain(direction, side, state, now, standing, say);
            }
            case SETTLED -> settledAgain(direction, side, state, now, standing, say);
        };
    }

    /** Ends a delay-on also by the readings' own times, where good ones in a row are beyond for so long. */
    static Side own(PointRule rule, Direction direction, Side side, Sample reading, long now, Consumer<Verdict> say) {
        long delay = rule.delayOn(side.jumped());
        int reached = side.ownOuter() != Side.NEVER && reading.at() - side.ownOuter() >= delay
                ? Side.OUTER
                : side.ownInner() != Side.NEVER && reading.at() - side.ownInner() >= delay ? Side.INNER : Side.NONE;
        boolean ended = reached != Side.NONE
                && !side.adopted()
                && (side.phase() == Phase.PENDING || side.phase() == Phase.BROKEN)
                && reached > side.level();
        return ended ? broken(direction, side, reached, now, say) : side;
    }

    private static Side broken(Direction direction, Side side, int level, long now, Consumer<Verdict> say) {
        Side next = side.change().said(Phase.BROKEN, level, now);
        say.accept(Verdict.breach(direction, next, now));
        return next;
    }

    private static boolean outerEnded(PointRule rule, Side side, long now) {
        return side.outerSince() != Side.NEVER && now - side.outerSince() >= rule.delayOn(side.jumped());
    }

    private static int reached(PointRule rule, Side side, long now) {
        if (side.adopted()) {
            return Side.NONE;
        }
        boolean inner = side.innerSince() != Side.NEVER && now - side.innerSince() >= rule.delayOn(side.jumped());
        return outerEnded(rule, side, now) ? Side.OUTER : inner ? Side.INNER : Side.NONE;
    }

    private static Side brokenAgain(
            PointRule rule, Direction direction, Side side, long now, Standing standing, Consumer<Verdict> say) {
        OpenAlarm open = standing.open(direction);
        if (side.adopted()) {
            return open == null ? Side.NORMAL : side.change().assertedAt(now).side();
        }
        Side next = side.agreedWith(open != null);
        if (open != null
                && !open.returned()
                && !rule.limit(direction, side.level()).above(open.limit())) {
            return next.change().assertedAt(now).side();
        }
        next = next.asserted(now);
        say.accept(Verdict.breach(direction, next, now));
        return next;
    }

    private static Side returnedAgain(
            Direction direction, Side side, PointState state, long now, Standing standing, Consumer<Verdict> say) {
        OpenAlarm open = standing.open(direction);
        Side next = side.agreedWith(open != null || wasHeard(side, direction, standing));
        if (open == null && next.agreed()) {
            return Side.NORMAL;
        }
        if (isReturned(open)) {
            return next.change().assertedAt(now).side();
        }
        next = next.asserted(now);
        if (open == null) {
            say.accept(Verdict.breach(direction, next, next.worst().at()));
        }
        say.accept(Verdict.back(Verdict.Kind.RETURN, direction, next, state, now));
        return next;
    }

    private static Side settledAgain(
            Direction direction, Side side, PointState state, long now, Standing standing, Consumer<Verdict> say) {
        OpenAlarm open = standing.open(direction);
        Side next = side.agreedWith(open != null || wasHeard(side, direction, standing));
        if (open == null && next.agreed()) {
            return Side.NORMAL;
        }
        if (open != null && open.settled()) {
            return next.change().assertedAt(now).side();
        }
        next = next.asserted(now);
        if (open == null) {
            say.accept(Verdict.breach(direction, next, next.worst().at()));
        }
        if (!isReturned(open)) {
            say.accept(Verdict.back(Verdict.Kind.RETURN, direction, next, state, now));
        }
        say.accept(Verdict.back(Verdict.Kind.SETTLED, direction, next, state, now));
        return next;
    }

    /** Whether an alarm of the point ended after this breach: it was raised and cleared between two looks at the table. */
    private static boolean wasHeard(Side side, Direction direction, Standing standing) {
        return standing.endedAt(direction) >= side.worst().at();
    }

    private static boolean isReturned(@Nullable OpenAlarm open) {
        return open != null && open.returned();
    }

    /** When {@link #tick} next has something to do, or {@link Side#NEVER}. */
    static long due(PointRule rule, PointState state) {
        if (state.isAtRest()) {
            return Side.NEVER;
        }
        long due = state.movement() == null ? Side.NEVER : RateWatch.due(rule, state.movement());
        return Math.min(due, Math.min(due(rule, state.low(), state), due(rule, state.high(), state)));
    }

    private static long due(PointRule rule, Side side, PointState state) {
        return switch (side.phase()) {
            case NORMAL -> Side.NEVER;
            case PENDING -> {
                // A jump ends with two readings in a row within the limits: after the first the second is waited for.
                long second = side.jumped() && state.within() > 0 ? rule.inARow() / 2 : 0;
                yield side.innerSince() + rule.delayOn(side.jumped()) + second;
            }
            case BROKEN -> Math.min(side.assertedAt() + ASSERT_AGAIN_MILLIS, upgrade(rule, side));
            case RETURNING ->
                Math.min(side.assertedAt() + ASSERT_AGAIN_MILLIS, side.backFor(rule.delayOff(), rule.gap()));
            case RETURNED ->
                Math.min(side.assertedAt() + ASSERT_AGAIN_MILLIS, side.backFor(rule.settling(), rule.gap()));
            case SETTLED -> side.assertedAt() + ASSERT_AGAIN_MILLIS;
        };
    }

    private static long upgrade(PointRule rule, Side side) {
        if (side.adopted()) {
            return Side.NEVER;
        }
        long since = side.level() < Side.INNER ? Math.min(side.innerSince(), side.outerSince()) : side.outerSince();
        return since == Side.NEVER || side.level() == Side.OUTER ? Side.NEVER : since + rule.delayOn(side.jumped());
    }
}
