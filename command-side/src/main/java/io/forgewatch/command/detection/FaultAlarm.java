package io.forgewatch.command.detection;

import io.forgewatch.command.alarm.OpenAlarm;
import io.forgewatch.command.detection.Verdict.Kind;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * How one alarm that is not of a limit stands, and what is said of it: as with limits, each thing is said again until the table of
 * open alarms agrees.
 *
 * @param spec as it was last
 * @param onset epoch milliseconds, part of the alarm's id
 * @param goodSince since when the fault is gone, or {@link Side#NEVER}
 * @param agreed whether the table had it at least once
 */
record FaultAlarm(
        FaultSpec spec, Phase phase, long onset, long goodSince, boolean agreed, long assertedAt, int assertions) {

    private static final long DELAY_OFF_MILLIS = 10_000;

    enum Phase {
        FAULTY,
        RETURNED,
        SETTLED
    }

    /** It begins; to be said at once. */
    static FaultAlarm began(FaultSpec spec, long now) {
        return new FaultAlarm(spec, Phase.FAULTY, now, Side.NEVER, false, now, 0);
    }

    /** The table has one open that nothing is remembered of: it goes on from where the table has it. */
    static FaultAlarm adopted(FaultSpec spec, OpenAlarm open, long now) {
        Phase phase = open.settled() ? Phase.SETTLED : open.returned() ? Phase.RETURNED : Phase.FAULTY;
        return new FaultAlarm(spec, phase, open.onset(), Side.NEVER, true, now, 0);
    }

    /** Whether the fault is, or may be, there. */
    boolean isOpen() {
        return phase != Phase.SETTLED;
    }

    /** The fault is there: what had returned breaks again, with an onset of its own. */
    FaultAlarm faulty(FaultSpec now, long at, BiConsumer<FaultAlarm, Kind> say) {
        if (phase == Phase.FAULTY) {
            return new FaultAlarm(now, phase, onset, Side.NEVER, agreed, assertedAt, assertions);
        }
        FaultAlarm again = began(now, at);
        say.accept(again, Kind.BREACH);
        return again;
    }

    /** The fault is gone. */
    FaultAlarm good(long at) {
        return goodSince == Side.NEVER ? new FaultAlarm(spec, phase, onset, at, agreed, assertedAt, assertions) : this;
    }

    /** Nobody can say whether it is gone. */
    FaultAlarm unknown() {
        return new FaultAlarm(spec, phase, onset, Side.NEVER, agreed, assertedAt, assertions);
    }

    /**
     * Lets time pass.
     *
     * @return null when it is over and the table has it no more
     */
    @Nullable
    FaultAlarm tick(long now, @Nullable OpenAlarm open, BiConsumer<FaultAlarm, Kind> say) {
        FaultAlarm state = open == null || agreed ? this : agreeing();
        if (state.phase != Phase.FAULTY && open == null && state.agreed) {
            return null;
        }
        long good = goodSince == Side.NEVER ? -1 : now - goodSince;
        if (phase == Phase.FAULTY && good >= DELAY_OFF_MILLIS) {
            FaultAlarm next = state.said(Phase.RETURNED, now);
            say.accept(next, Kind.RETURN);
            return next;
        }
        if (phase == Phase.RETURNED && good >= DELAY_OFF_MILLIS + PointRule.settling(spec.severity())) {
            FaultAlarm next = state.said(Phase.SETTLED, now);
            say.accept(next, Kind.SETTLED);
            return next;
        }
        return now - assertedAt < SideTimer.ASSERT_AGAIN_MILLIS ? state : state.again(now, open, say);
    }

    private FaultAlarm again(long now, @Nullable OpenAlarm open, BiConsumer<FaultAlarm, Kind> say) {
        boolean agrees = open != null
                && switch (phase) {
                    case FAULTY -> !open.returned() || goodSince != Side.NEVER;
                    case RETURNED -> open.returned();
                    case SETTLED -> open.settled();
                };
        FaultAlarm next =
                new FaultAlarm(spec, phase, onset, goodSince, agreed, now, agrees ? assertions : assertions + 1);
        if (!agrees) {
            if (open == null || phase == Phase.FAULTY) {
                say.accept(next, Kind.BREACH);
            }
            if (phase != Phase.FAULTY && (open == null || !open.returned())) {
                say.accept(next, Kind.RETURN);
            }
            if (phase == Phase.SETTLED) {
                say.accept(next, Kind.SETTLED);
            }
        }
        return next;
    }

    private FaultAlarm agreeing() {
        return new FaultAlarm(spec, phase, onset, goodSince, true, assertedAt, assertions);
    }

    private FaultAlarm said(Phase next, long now) {
        return new FaultAlarm(spec, next, onset, goodSince, agreed, now, 0);
    }
}
