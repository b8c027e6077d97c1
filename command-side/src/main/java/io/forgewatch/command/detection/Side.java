package io.forgewatch.command.detection;

/**
 * How a point stands to the limits of one direction.
 *
 * @param level what this breach was reported with: {@link #NONE} yet, or the highest of {@link #RATE}, {@link #INNER},
 *     {@link #OUTER}
 * @param adopted whether the alarm is known from the table of open alarms only: that the value is beyond was not seen
 * @param agreed whether the table of open alarms had this breach at least once
 * @param jumped whether it began with a jump that must be confirmed (B and C)
 * @param ramped whether it began while the limits were those of a beginning or ending cast; else what broke a limit is held
 *     against that limit until it is back, whatever phase comes
 * @param onset the first reading beyond
 * @param worst the last reading beyond
 * @param innerSince arrival time, epoch milliseconds, since when the inner limit is broken, or {@link #NEVER}
 * @param outerSince the same of the outer limit
 * @param ownInner the device's time since when good readings in an unbroken row are beyond the inner limit, or {@link #NEVER}
 * @param ownOuter the same of the outer limit
 * @param backSince arrival time since when the value is back, by good readings in an unbroken row, or {@link #NEVER}
 * @param backAt arrival of the last of these
 * @param backs how many there were, counted to {@link #ENOUGH}
 * @param assertedAt when it was last told
 * @param assertions how often the present phase was told again
 */
record Side(
        Phase phase,
        int level,
        boolean adopted,
        boolean agreed,
        boolean jumped,
        boolean ramped,
        Sample onset,
        Sample worst,
        long innerSince,
        long outerSince,
        long ownInner,
        long ownOuter,
        long backSince,
        long backAt,
        int backs,
        long assertedAt,
        int assertions) {

    static final long NEVER = Long.MAX_VALUE;

    static final int NONE = 0;
    /** It moves too fast. */
    static final int RATE = 1;
    /** L or H. */
    static final int INNER = 2;
    /** LL, HH or an alarm state. */
    static final int OUTER = 3;

    /** One good reading and then a cut cable is silence: a value is back by two at least. */
    static final int ENOUGH = 2;

    static final Side NORMAL = new Side(
            Phase.NORMAL,
            NONE,
            false,
            false,
            false,
            false,
            Sample.NONE,
            Sample.NONE,
            NEVER,
            NEVER,
            NEVER,
            NEVER,
            NEVER,
            0,
            0,
            0,
            0);

    enum Phase {
        NORMAL,
        /** Beyond the limit; the delay-on runs. */
        PENDING,
        /** Reported as broken, or adopted: an alarm is open and the value is not known to be back. */
        BROKEN,
        /** Back; the delay-off runs. */
        RETURNING,
        /** Reported as back; the time to settle runs. */
        RETURNED,
        /** Reported as settled; it is said again until the alarm is cleared or waits for a person. */
        SETTLED
    }

    static Side pending(Sample reading, int depth, long arrival, boolean jumped, boolean ramped) {
        return new Side(
                Phase.PENDING,
                NONE,
                false,
                false,
                jumped,
                ramped,
                reading,
                reading,
                arrival,
                depth == OUTER ? arrival : NEVER,
                NEVER,
                NEVER,
                NEVER,
                0,
                0,
                0,
                0);
    }

    /** A breach by movement alone is one at once. */
    static Side moving(Sample reading, long arrival) {
        return pending(reading, NONE, arrival, false, false)
                .change()
                .innerSince(NEVER)
                .said(Phase.BROKEN, RATE, arrival);
    }

    /** Of an alarm that the table of open alarms has and this state does not, since it was lost. */
    static Side adopted(int level, Sample onset, long now) {
        return new Side(
                Phase.BROKEN,
                level,
                true,
                true,
                false,
                false,
                onset,
                onset,
                NEVER,
                NEVER,
                NEVER,
                NEVER,
                NEVER,
                0,
                0,
                now,
                0);
    }

    boolean is(Phase one) {
        return phase == one;
    }

    /** Whether the value is or may be beyond. */
    boolean isUnderWay() {
        return phase == Phase.PENDING || phase == Phase.BROKEN || phase == Phase.RETURNING;
    }

    /** A further reading beyond the limit, while this is pending or not yet reported as back. */
    Side deeper(Sample reading, int depth, long arrival) {
        Change change = change().worst(reading).notBack();
        if (depth >= INNER) {
            change.innerSince(Math.min(innerSince, arrival));
        }
        if (depth == OUTER) {
            change.outerSince(Math.min(outerSince, arrival));
        }
        return (phase == Phase.RETURNING ? change.phase(Phase.BROKEN) : change).side();
    }

    /** How long the limits have been broken by the readings' own times. */
    Side own(int depth, long at, boolean inARow) {
        long inner = depth < INNER ? NEVER : inARow && ownInner != NEVER ? ownInner : at;
        long outer = depth < OUTER ? NEVER : inARow && ownOuter != NEVER ? ownOuter : at;
        return inner == ownInner && outer == ownOuter
                ? this
                : change().ownInner(inner).ownOuter(outer).side();
    }

    /** A good reading that is back; {@code gap} is how far apart two in a row may be. */
    Side back(long arrival, long gap) {
        boolean inARow = backSince != NEVER && arrival - backAt <= gap;
        return change().phase(phase == Phase.BROKEN ? Phase.RETURNING : phase)
                .backSince(inARow ? backSince : arrival)
                .backAt(arrival)
                .backs(inARow ? Math.min(ENOUGH, backs + 1) : 1)
                .innerSince(NEVER)
                .outerSince(NEVER)
                .side();
    }

    /** Nobody knows any more that the value is back. */
    Side unseen() {
        return switch (phase) {
            case RETURNING -> change().phase(Phase.BROKEN).notBack().side();
            case RETURNED -> change().notBack().side();
            case NORMAL, PENDING, BROKEN, SETTLED -> this;
        };
    }

    Side backFromOuter() {
        return outerSince == NEVER ? this : change().outerSince(NEVER).side();
    }

    /** When the value has been back for a time, or {@link #NEVER} when what was heard of it does not reach so far. */
    long backFor(long millis, long gap) {
        if (backSince == NEVER || backs < ENOUGH) {
            return NEVER;
        }
        long end = backSince + millis;
        return end - backAt <= gap ? Math.max(end, backAt) : NEVER;
    }

    Side asserted(long now) {
        return change().assertedAt(now).assertions(assertions + 1).side();
    }

    Side agreedWith(boolean table) {
        return table && !agreed ? change().agreed().side() : this;
    }

    Change change() {
        return new Change(this);
    }

    /** A side in the making: most changes touch two or three of its many parts. */
    static final class Change {
        private final Side before;
        private Phase phase;
        private int level;
        private boolean adopted;
        private boolean agreed;
        private Sample worst;
        private long innerSince;
        private long outerSince;
        private long ownInner;
        private long ownOuter;
        private long backSince;
        private long backAt;
        private int backs;
        private long assertedAt;
        private int assertions;

        private Change(Side before) {
            this.before = before;
            phase = before.phase;
            level = before.level;
            adopted = before.adopted;
            agreed = before.agreed;
            worst = before.worst;
            innerSince = before.innerSince;
            outerSince = before.outerSince;
            ownInner = before.ownInner;
            ownOuter = before.ownOuter;
            backSince = before.backSince;
            backAt = before.backAt;
            backs = before.backs;
            assertedAt = before.assertedAt;
            assertions = before.assertions;
        }

        Change phase(Phase next) {
            phase = next;
            return this;
        }

        Change agreed() {
            agreed = true;
            return this;
        }

        Change worst(Sample reading) {
            worst = reading;
            return this;
        }

        Change innerSince(long at) {
            innerSince = at;
            return this;
        }

        Change outerSince(long at) {
            outerSince = at;
            return this;
        }

        Change ownInner(long at) {
            ownInner = at;
            return this;
        }

        Change ownOuter(long at) {
            ownOuter = at;
            return this;
        }

        Change backSince(long at) {
            backSince = at;
            return this;
        }

        Change backAt(long at) {
            backAt = at;
            return this;
        }

        Change backs(int count) {
            backs = count;
            return this;
        }

        Change notBack() {
            return backSince(NEVER).backs(0);
        }

        Change assertedAt(long at) {
            assertedAt = at;
            return this;
        }

        Change assertions(int count) {
            assertions = count;
            return this;
        }

        /** The next phase is told now for the first time. */
        Side said(Phase next, int reported, long now) {
            level = reported;
            adopted = adopted && next != Phase.BROKEN;
            return phase(next).assertedAt(now).assertions(0).side();
        }

        Side side() {
            return new Side(
                    phase,
                    level,
                    adopted,
                    agreed,
                    before.jumped,
                    before.ramped,
                    before.onset,
                    worst,
                    innerSince,
                    outerSince,
                    ownInner,
                    ownOuter,
                    backSince,
                    backAt,
                    backs,
                    assertedAt,
                    assertions);
        }
    }
}
