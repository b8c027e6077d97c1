package io.forgewatch.command.detection;

import io.forgewatch.event.telemetry.Quality;

/**
 * A live reading as earlier readings make it appear (dossier §8). A code says how far a reading is believed; none silences a value
 * beyond a limit, but for the two that carry no value.
 *
 * @param sample at the point's time, with its final code
 * @param leads whether it may lead an alarm back
 * @param jumped whether it is a jump that nothing has confirmed yet
 * @param good the last value that was not a jump
 * @param candidate the value to which it jumped
 * @param candidates how many in a row were near it
 * @param within how many in a row were within all limits, counted to three
 * @param changedAt when the value last changed
 */
record Judged(
        Sample sample,
        boolean leads,
        boolean jumped,
        double good,
        double candidate,
        int candidates,
        int within,
        long changedAt) {

    private static final int CONFIRMING = 3;

    static Judged of(PointRule rule, PointState state, Sample reading, long arrival, Conditions conditions) {
        double value = reading.value();
        boolean impossible = reading.quality() == Quality.OUT_OF_RANGE;
        boolean trusted = reading.quality() == Quality.GOOD || reading.quality() == Quality.CLOCK_SKEW;
        boolean believed = rule.isBelievable(value);
        boolean isWithin = trusted && believed && conditions.isWithin(rule, value);
        int within = isWithin ? Math.min(CONFIRMING, state.within() + 1) : 0;
        boolean same = state.isKnown() && value == state.last().value();
        long changedAt = same ? state.changedAt() : arrival;
        double good = state.good();
        double candidate = state.candidate();
        int candidates = state.candidates();
        boolean jumped = false;
        if (!impossible) {
            if (!rule.isJudgedForJumps() || Double.isNaN(good) || !rule.isJump(good, value)) {
                good = value;
                candidates = 0;
            } else {
                candidates = candidates > 0 && !rule.isJump(candidate, value) ? candidates + 1 : 1;
                candidate = value;
                // Three near each other confirm where it jumped to; three within the limits do, however far apart they
                // are.
                jumped = candidates < CONFIRMING && within < CONFIRMING;
                if (!jumped) {
                    good = value;
                    candidates = 0;
                }
            }
        }
        boolean gateOpen = !conditions.lowClosed() || !conditions.closed();
        boolean frozen = gateOpen && arrival - changedAt > rule.frozenAfter();
        return new Judged(
                new Sample(reading.at(), value, code(reading.quality(), jumped, frozen)),
                trusted && !jumped && !frozen && believed,
                jumped,
                good,
                candidate,
                candidates,
                within,
                changedAt);
    }

    /** The codes of the door are graver than those that only earlier readings show. */
    private static int code(int door, boolean jumped, boolean frozen) {
        if (door != Quality.GOOD) {
            return door;
        }
        return jumped ? Quality.JUMP : frozen ? Quality.FROZEN : Quality.GOOD;
    }

    /** The reading as what begins with it: one with a wrong clock begins when it arrived. */
    Sample driving(long arrival) {
        return sample.quality() == Quality.CLOCK_SKEW ? new Sample(arrival, sample.value(), sample.quality()) : sample;
    }

    /** Whether a movement can be seen from or to it. */
    boolean shows() {
        return shows(sample.quality());
    }

    static boolean shows(int quality) {
        return quality == Quality.GOOD || quality == Quality.JUMP;
    }

    PointState state(PointState before, long arrival) {
        return new PointState(
                sample,
                shows() ? sample : Sample.NONE,
                arrival,
                changedAt,
                good,
                candidate,
                candidates,
                within,
                before.movement(),
                before.past(),
                before.low(),
                before.high());
    }
}
