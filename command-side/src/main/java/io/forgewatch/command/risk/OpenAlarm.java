package io.forgewatch.command.risk;

import io.forgewatch.event.alarm.AlarmEvent.AlarmRaised;
import io.forgewatch.event.alarm.AlarmId;
import io.forgewatch.event.alarm.Limit;
import io.forgewatch.event.equipment.Severity;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An alarm that is not cleared, as far as risk is concerned.
 *
 * @param deviceId the subject that it counts with, a device as a rule
 * @param equipmentClass null where the subject is no device
 * @param limit the highest it reached
 * @param since when the present time in breach began; null when the value is back
 * @param before time in breach before that
 */
record OpenAlarm(
        String alarmId,
        String deviceId,
        @Nullable String equipmentClass,
        Severity severity,
        Limit limit,
        int occurrences24h,
        @Nullable Instant since,
        Duration before) {

    /** Late alarms are kept but not scored, those of data only count in Q (dossier §3, §8). */
    static boolean counts(AlarmRaised raised) {
        return !raised.late() && !raised.ofDataOnly();
    }

    static OpenAlarm of(AlarmRaised raised) {
        return new OpenAlarm(
                raised.alarmId(),
                AlarmId.parse(raised.alarmId()).subject(),
                raised.equipmentClass(),
                raised.severity(),
                raised.limit(),
                raised.occurrences24h(),
                raised.onset(),
                Duration.ZERO);
    }

    OpenAlarm upgraded(Limit to, Severity graver) {
        return new OpenAlarm(alarmId, deviceId, equipmentClass, graver, to, occurrences24h, since, before);
    }

    OpenAlarm returned(Instant at) {
        return new OpenAlarm(alarmId, deviceId, equipmentClass, severity, limit, occurrences24h, null, inBreach(at));
    }

    OpenAlarm breachedAgain(Instant at, Duration inBreach) {
        return new OpenAlarm(alarmId, deviceId, equipmentClass, severity, limit, occurrences24h, at, inBreach);
    }

    ScoredAlarm scored(Instant at) {
        return new ScoredAlarm(
                alarmId, deviceId, equipmentClass, severity, limit, inBreach(at), occurrences24h, since == null);
    }

    private Duration inBreach(Instant at) {
        return since == null || at.isBefore(since) ? before : before.plus(Duration.between(since, at));
    }
}
