package io.forgewatch.event.equipment;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import org.jspecify.annotations.Nullable;

/**
 * A monitored quantity of one device 监测点.
 *
 * @param indicator code of the catalogue, such as BF_CW_P
 * @param unit kept with the point
 * @param range of its transmitter, or null where it is not known
 * @param set 工艺设定 the set value given at registration, in the unit, or null
 * @param manual whether people read it, for want of a sensor; not, where a view that was kept before says nothing
 * @param sampleSeconds the cycle at which readings are expected
 * @param deadbandPercent how far a value must come back from its limit at most, in percent of the span
 * @param delayOnMillis how long a limit must stay broken until it is an alarm
 * @param delayOffMillis how long the value must be back until the alarm is over
 * @param basis where the limits come from: S read, K recalled, P proposed, E set by the enterprise
 */
public record MonitoringPoint(
        String indicator,
        PointKind kind,
        String unit,
        Severity severity,
        Limits limits,
        Gate gate,
        @Nullable Range range,
        @Nullable Double set,
        @JsonSetter(nulls = Nulls.AS_EMPTY) boolean manual,
        int sampleSeconds,
        double deadbandPercent,
        int delayOnMillis,
        int delayOffMillis,
        String basis) {

    /** Lower end of the span 量程, in the unit: that of the range, or guessed ({@link PointSpan}). */
    public double spanLow() {
        return PointSpan.of(this).low();
    }

    /** Upper end of the span, in the unit. */
    public double spanHigh() {
        return PointSpan.of(this).high();
    }

    /** The same point with the range of its transmitter. */
    public MonitoringPoint with(Range installed) {
        return new MonitoringPoint(
                indicator,
                kind,
                unit,
                severity,
                limits,
                gate,
                installed,
                set,
                manual,
                sampleSeconds,
                deadbandPercent,
                delayOnMillis,
                delayOffMillis,
                basis);
    }
}
