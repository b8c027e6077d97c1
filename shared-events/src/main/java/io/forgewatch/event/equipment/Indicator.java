package io.forgewatch.event.equipment;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An indicator 指标 of the catalogue (dossier §2): what is watched on a class of equipment and when it is an alarm.
 *
 * @param limits the limits, or null where there are none or {@code variants} tells them by kind
 * @param variants limits by kind of device, or empty
 * @param states the values that a discrete indicator can have, in order; empty for others
 * @param alarmStates values of a discrete indicator that are alarms
 * @param alarmUnless the one value of a discrete indicator that is no alarm, whatever else is read; else null
 * @param oppositeOf where the alarm state is the opposite of a 0/1 value that the device may bring along, which one; else null
 * @param differsFrom the indicator of the same device, a command 指令, from which a state that differs is an alarm; else null.
 *     Where the device has that point it says what is an alarm, in place of {@code oppositeOf}
 * @param interlock whether an alarm state means 联锁未投入
 * @param severity of the outer limits and of states
 * @param innerSeverity of L and H where it is another one (CO: B), else null
 * @param sampleSeconds the cycle of its readings
 * @param delayOnSeconds where it is not the rule's, else null
 * @param floor the value below which there can be none, else null
 * @param span the measuring range [low, high] where the rule for spans can't tell it, else empty
 * @param frozenAfterSeconds how long a value that stands still while the gate is open is believed, or null where it may for ever
 * @param rate how fast the value may move, or null where that is no alarm
 * @param defaults values taken where the device brings none
 * @param ranges [lowest, highest] that a device's value may have
 * @param gate when its limits count
 * @param lowGate when LL and L count, where that is another gate; else null
 * @param topic what its alarms are about, for the advice
 * @param suppression what its alarms follow while the works is shut
 * @param indicatorBasis where the indicator comes from: S read, K recalled, P proposed
 * @param thresholdBasis where its limits come from, likewise
 */
public record Indicator(
        String equipmentClass,
        String code,
        String zh,
        String en,
        PointKind kind,
        String unit,
        Severity severity,
        @Nullable Severity innerSeverity,
        int sampleSeconds,
        @Nullable Thresholds limits,
        Map<String, Thresholds> variants,
        List<Integer> states,
        List<Integer> alarmStates,
        @Nullable Integer alarmUnless,
        @Nullable Reference oppositeOf,
        @Nullable String differsFrom,
        boolean interlock,
        @Nullable Integer delayOnSeconds,
        @Nullable Double floor,
        List<Double> span,
        @Nullable Integer frozenAfterSeconds,
        @Nullable Rate rate,
        Map<Reference, Double> defaults,
        Map<Reference, List<Double>> ranges,
        Gate gate,
        @Nullable Gate lowGate,
        Topic topic,
        Suppression suppression,
        String indicatorBasis,
        String thresholdBasis) {

    /** Lists and maps may be left out of the data file. */
    public Indicator {
        variants = variants == null ? Map.of() : Map.copyOf(variants);
        states = states == null ? List.of() : List.copyOf(states);
        alarmStates = alarmUnless != null
                ? others(states, alarmUnless)
                : alarmStates == null ? List.of() : List.copyOf(alarmStates);
        span = span == null ? List.of() : List.copyOf(span);
        defaults = defaults == null ? Map.of() : Map.copyOf(defaults);
        ranges = ranges == null ? Map.of() : Map.copyOf(ranges);
    }

    /** How grave an alarm at this limit is. */
    public Severity severityAt(boolean extreme) {
        return extreme || innerSeverity == null ? severity : innerSeverity;
    }

    /**
     * Whether a state of a point of this indicator is an alarm by itself. A value that is none of {@link #states()} is one where
     * all but one are: a mode of casting that nobody knows is not the automatic one.
     */
    public boolean isAlarm(Limits limits, int state) {
        return limits.alarmStates().contains(state) || (alarmUnless != null && state != alarmUnless);
    }

    /** Whether what is an alarm follows from this value of the device. */
    public boolean follows(Reference reference) {
        return reference == oppositeOf
                || Stream.concat(Stream.ofNullable(limits), variants.values().stream())
                        .anyMatch(thresholds -> thresholds.needs().contains(reference));
    }

    /** Whether it is a verdict 判定 that follows from people's checks, as on a rope, and is never read. */
    public boolean isVerdict() {
        return kind == PointKind.STATIC && unit.isEmpty();
    }

    private static List<Integer> others(List<Integer> states, int normal) {
        return states.stream().filter(state -> state != normal).toList();
    }
}
