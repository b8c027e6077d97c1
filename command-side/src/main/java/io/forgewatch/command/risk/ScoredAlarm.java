package io.forgewatch.command.risk;

import io.forgewatch.event.alarm.Limit;
import io.forgewatch.event.equipment.Severity;
import java.time.Duration;

/**
 * An open alarm as the risk model sees it.
 *
 * @param inBreach time in breach only
 * @param occurrences24h n24h, from 1
 * @param returned whether the value is back
 */
public record ScoredAlarm(
        String alarmId,
        String deviceId,
        String equipmentClass,
        Severity severity,
        Limit limit,
        Duration inBreach,
        int occurrences24h,
        boolean returned) {

    /** A at LL, HH or a state, and still in breach: the overrides hold on it. */
    boolean overrides() {
        return severity == Severity.A && limit.extreme() && !returned;
    }
}
