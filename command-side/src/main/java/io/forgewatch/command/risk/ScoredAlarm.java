package io.forgewatch.command.risk;

import io.forgewatch.event.alarm.Limit;
import io.forgewatch.event.equipment.Severity;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * An open alarm as the risk model sees it.
 *
 * @param deviceId the subject that it counts with, a device as a rule
 * @param equipmentClass null where the subject is no device
 * @param inBreach time in breach only, and only of what gets worse by lasting
 * @param occurrences24h n24h, from 1
 * @param returned whether the value is back
 * @param spokenOf whether an assessment spoke of it as it is: what none spoke of counts once as it was
 * @param gateway of what runs blind, through which it would be heard; else null
 */
public record ScoredAlarm(
        String alarmId,
        String deviceId,
        @Nullable String equipmentClass,
        Severity severity,
        Limit limit,
        Duration inBreach,
        int occurrences24h,
        boolean returned,
        boolean spokenOf,
        @Nullable String gateway) {

    ScoredAlarm(
            String alarmId,
            String deviceId,
            @Nullable String equipmentClass,
            Severity severity,
            Limit limit,
            Duration inBreach,
            int occurrences24h,
            boolean returned) {
        this(alarmId, deviceId, equipmentClass, severity, limit, inBreach, occurrences24h, returned, true, null);
    }

    /** A at LL, HH or a state, and still in breach, or back before anybody could be told: the overrides hold on it. */
    boolean overrides() {
        return severity == Severity.A && limit.extreme() && (!returned || !spokenOf);
    }
}
