package io.forgewatch.event.equipment;

/**
 * A monitored quantity of one device 监测点.
 *
 * @param indicator code of the catalogue, such as BF_CW_P
 * @param unit kept with the point
 * @param spanLow lower end of the measuring range, in the unit
 * @param spanHigh upper end of the measuring range, in the unit
 * @param sampleSeconds the cycle at which readings are expected
 * @param deadbandPercent how far a value must come back from its limit, in percent of the span
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
        double spanLow,
        double spanHigh,
        int sampleSeconds,
        double deadbandPercent,
        int delayOnMillis,
        int delayOffMillis,
        String basis) {}
