package io.forgewatch.event.equipment;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An indicator 指标 of the catalogue (dossier §2): what is watched on a class of equipment and when it is an alarm.
 *
 * @param limits the limits, or null where there are none or {@code variants} tells them by kind
 * @param variants limits by kind of device, or empty
 * @param alarmStates values of a discrete indicator that are alarms
 * @param oppositeOf where the alarm state is the opposite of a 0/1 value that the device brings along, which one; else null
 * @param interlock whether an alarm state means 联锁未投入
 * @param severity of the outer limits and of states
 * @param innerSeverity of L and H where it is another one (CO: B), else null
 * @param sampleSeconds the cycle of its readings
 * @param delayOnSeconds where it is not the rule's, else null
 * @param span the measuring range [low, high] where the rule for spans can't tell it, else empty
 * @param defaults values taken where the device brings none
 * @param ranges [lowest, highest] that a device's value may have
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
        List<Integer> alarmStates,
        @Nullable Reference oppositeOf,
        boolean interlock,
        @Nullable Integer delayOnSeconds,
        List<Double> span,
        Map<Reference, Double> defaults,
        Map<Reference, List<Double>> ranges,
        Gate gate,
        Topic topic,
        String indicatorBasis,
        String thresholdBasis) {

    /** Lists and maps may be left out of the data file. */
    public Indicator {
        variants = variants == null ? Map.of() : Map.copyOf(variants);
        alarmStates = alarmStates == null ? List.of() : List.copyOf(alarmStates);
        span = span == null ? List.of() : List.copyOf(span);
        defaults = defaults == null ? Map.of() : Map.copyOf(defaults);
        ranges = ranges == null ? Map.of() : Map.copyOf(ranges);
    }

    /** How grave an alarm at this limit is. */
    public Severity severityAt(boolean extreme) {
        return extreme || innerSeverity == null ? severity : innerSeverity;
    }
}
