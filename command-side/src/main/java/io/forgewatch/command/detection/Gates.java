package io.forgewatch.command.detection;

import io.forgewatch.event.alarm.Direction;
import io.forgewatch.event.equipment.Gate;
import java.util.List;
import java.util.Set;
import java.util.function.ToIntFunction;

/**
 * When the limits of a device's points count (dossier §2). A gate is closed only by a good and recent reading of one of its states,
 * and only as long as nothing else that is good contradicts it: all else counts as running.
 */
final class Gates {

    private static final String CASTING = "AL_CASTING";
    private static final String LENGTH = "AL_LENGTH";
    private static final String SPEED = "AL_SPEED";
    private static final int NONE = -1;
    private static final double STEADY = 3;
    /** In which a cast begins, and ends. */
    private static final Set<Integer> RAMPS = Set.of(2, 4);
    /** [S13]: 300 to 500 mm by recipe. */
    private static final double START_LENGTH_MM = 300;
    /** Of the set value: a platform that moves faster is casting, whatever else is said. */
    private static final double MOVING = 0.1;
    /** The same for the length, where no speed is set: 0.1 of 120 mm/min. */
    private static final double RISING_MM_A_SECOND = 0.2;
    /** Readings that are history go by a gate of about then. */
    private static final long THEN_MILLIS = 60_000;

    private static final Gate[] ALL = Gate.values();

    private final List<PointRule> rules;
    private final int[] places = new int[ALL.length];
    private final int casting;
    private final int length;
    private final int speed;

    /** @param place of an indicator in the rules, or a negative number */
    Gates(List<PointRule> rules, ToIntFunction<String> place) {
        this.rules = rules;
        for (Gate gate : ALL) {
            places[gate.ordinal()] = gate.indicator() == null ? NONE : place.applyAsInt(gate.indicator());
        }
        casting = place.applyAsInt(CASTING);
        length = place.applyAsInt(LENGTH);
        speed = place.applyAsInt(SPEED);
    }

    /** Whether a reading of the point can open or close a gate. */
    boolean isKey(int place) {
        if (place == length || place == speed) {
            return casting >= 0;
        }
        return isGate(place);
    }

    boolean isGated(PointRule rule) {
        return rule.gate(Direction.HIGH) != Gate.IN_SERVICE || rule.gate(Direction.LOW) != Gate.IN_SERVICE;
    }

    Conditions conditions(
            PointRule rule, PointState[] states, DeviceMemory memory, long now, boolean stale, double command) {
        return new Conditions(
                isClosed(rule.gate(Direction.LOW), states, memory, now),
                isClosed(rule.gate(Direction.HIGH), states, memory, now),
                isRamped(states, now),
                stale,
                command);
    }

    /** For a reading that is history: the gate is as it was read at about that time, and else open. */
    Conditions then(PointRule rule, DeviceMemory memory, long at, double command) {
        Sample phase = casting < 0 ? Sample.NONE : memory.point(CASTING).past();
        return new Conditions(
                wasClosed(rule.gate(Direction.LOW), memory, at),
                wasClosed(rule.gate(Direction.HIGH), memory, at),
                isOfThen(phase, at) && isRamp(phase.value()),
                false,
                command);
    }

    private boolean wasClosed(Gate gate, DeviceMemory memory, long at) {
        int place = places[gate.ordinal()];
        if (place < 0) {
            return false;
        }
        Sample then = memory.point(rules.get(place).name()).past();
        return isOfThen(then, at) && isClosing(gate, then.value());
    }

    private static boolean isOfThen(Sample sample, long at) {
        return sample.isOne() && Math.abs(sample.at() - at) <= THEN_MILLIS;
    }

    /** Whether a point's readings say whether the device runs. */
    boolean isGate(int place) {
        for (int each : places) {
            if (each == place) {
                return true;
            }
        }
        return false;
    }

    boolean isClosed(Gate gate, PointState[] states, DeviceMemory memory, long now) {
        int place = places[gate.ordinal()];
        if (place < 0 || !states[place].isLive(rules.get(place), now)) {
            return false;
        }
        double state = states[place].last().value();
        if (isClosing(gate, state)) {
            // Between start and end of a cast the phase alone closes the gate of steady casting.
            return place != casting || isRamp(state) || !isCastingAllTheSame(states, memory, now);
        }
        return gate == Gate.STEADY_CASTING && state == STEADY && isAtStart(states, now);
    }

    /** Whether a state of a gate closes it; what is none of its states does not. */
    private boolean isClosing(Gate gate, double state) {
        int place = places[gate.ordinal()];
        return place >= 0
                && state == Math.rint(state)
                && rules.get(place).hasState((int) state)
                && !gate.open().contains((int) state);
    }

    private boolean isAtStart(PointState[] states, long now) {
        return length >= 0
                && states[length].isLive(rules.get(length), now)
                && states[length].last().value() <= START_LENGTH_MM;
    }

    /** Whether a pit that says it does not cast moves all the same: its word counts for nothing then, and is a fault. */
    boolean isContradicted(PointState[] states, DeviceMemory memory, long now) {
        return casting >= 0
                && states[casting].isLive(rules.get(casting), now)
                && isClosing(Gate.CASTING, states[casting].last().value())
                && isCastingAllTheSame(states, memory, now);
    }

    private boolean isCastingAllTheSame(PointState[] states, DeviceMemory memory, long now) {
        Double set = speed < 0 ? null : rules.get(speed).set();
        boolean moving = set != null
                && states[speed].isLive(rules.get(speed), now)
                && states[speed].last().value() > MOVING * set;
        return moving || memory.isLengthRising(now);
    }

    /** Remembers whether the cast grows: {@code from} was the reading before. */
    void length(int place, Sample from, PointState state, DeviceMemory memory, long arrival) {
        if (place != length || state.last().equals(from)) {
            return;
        }
        long millis = state.last().at() - from.at();
        boolean follows = from.isOne()
                && state.isLive(rules.get(length), arrival)
                && millis > 0
                && millis <= rules.get(length).inARow();
        memory.length(follows && (state.last().value() - from.value()) * 1_000 / millis >= RISING_MM_A_SECOND, arrival);
    }

    private boolean isRamped(PointState[] states, long now) {
        return casting >= 0
                && states[casting].isLive(rules.get(casting), now)
                && isRamp(states[casting].last().value());
    }

    private static boolean isRamp(double phase) {
        return phase == Math.rint(phase) && RAMPS.contains((int) phase);
    }

    /** The gates that are closed, one bit each. */
    int closed(PointState[] states, DeviceMemory memory, long now) {
        int closed = 0;
        for (Gate gate : ALL) {
            if (isClosed(gate, states, memory, now)) {
                closed |= 1 << gate.ordinal();
            }
        }
        return closed;
    }

    /** Whether a gate of the rule was among the closed ones and is not any more. */
    static boolean opened(PointRule rule, int before, int after) {
        int opened = before & ~after;
        return (opened & (bit(rule, Direction.LOW) | bit(rule, Direction.HIGH))) != 0;
    }

    /** Whether a gate of the rule is among the closed ones. */
    static boolean closed(PointRule rule, int closed) {
        return (closed & (bit(rule, Direction.LOW) | bit(rule, Direction.HIGH))) != 0;
    }

    private static int bit(PointRule rule, Direction direction) {
        return 1 << rule.gate(direction).ordinal();
    }
}
