package io.forgewatch.command.risk;

import io.forgewatch.event.alarm.AlarmEvent.AlarmRaised;
import io.forgewatch.event.alarm.AlarmId;
import io.forgewatch.event.alarm.Limit;
import io.forgewatch.event.equipment.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An alarm that is not cleared, as far as risk is concerned.
 *
 * @param deviceId the subject that it counts with, a device as a rule
 * @param equipmentClass null where the subject is no device
 * @param limit the highest it reached
 * @param since when the present time in breach began; null when the value is back
 * @param before time in breach before that
 * @param breach number of the present or last time in breach, from 1
 * @param gateway of what runs blind, through which it would be heard; else null
 * @param lasting whether it gets worse by lasting
 */
record OpenAlarm(
        String alarmId,
        String deviceId,
        @Nullable String equipmentClass,
        Severity severity,
        Limit limit,
        int occurrences24h,
        @Nullable Instant since,
        Duration before,
        int breach,
        @Nullable String gateway,
        boolean lasting) {

    /** Verdicts on a device: what they say is so from the first moment on (dossier §3). */
    private static final Set<String> VERDICTS = Set.of("ROPE", "UNFIT");

    /**
     * What an assessment said of an alarm: where any of it is another, or an alarm is more or less, there is news (dossier §4).
     *
     * @param limit the highest it reached
     * @param breach the number of its time in breach
     */
    record Said(String alarmId, Limit limit, int breach) {}

    /** Late alarms are kept but not scored, those of data only count in Q (dossier §3, §8). */
    static boolean counts(AlarmRaised raised) {
        return !raised.late() && !raised.ofDataOnly();
    }

    /** 失明运行 does not get worse by lasting either: not to see is not to know. */
    static boolean lasts(AlarmRaised raised) {
        return lasts(raised.alarmId(), raised.limit());
    }

    static boolean lasts(String alarmId, Limit limit) {
        AlarmId id = AlarmId.FORM.parse(alarmId);
        return limit != Limit.FAULT && !id.ofDataOnly() && !VERDICTS.contains(id.indicator());
    }

    static OpenAlarm of(AlarmRaised raised) {
        return new OpenAlarm(
                raised.alarmId(),
                AlarmId.FORM.parse(raised.alarmId()).subject(),
                raised.equipmentClass(),
                raised.severity(),
                raised.limit(),
                raised.occurrences24h(),
                raised.onset(),
                Duration.ZERO,
                1,
                raised.limit() == Limit.FAULT ? raised.gateway() : null,
                lasts(raised));
    }

    OpenAlarm upgraded(Limit to, Severity graver) {
        return with(graver, to, since, before, breach);
    }

    OpenAlarm returned(Instant at) {
        return with(severity, limit, null, inBreach(at), breach);
    }

    OpenAlarm breachedAgain(Instant at, Duration inBreach) {
        return with(severity, limit, at, inBreach, breach + 1);
    }

    Said said() {
        return new Said(alarmId, limit, breach);
    }

    /** A at LL, HH or a state, and in breach: an override holds on it as long as that lasts. */
    boolean overrides() {
        return severity == Severity.A && limit.extreme() && since != null;
    }

    /** @param spoken what the last assessment said */
    ScoredAlarm scored(Instant at, Set<Said> spoken) {
        return new ScoredAlarm(
                alarmId,
                deviceId,
                equipmentClass,
                severity,
                limit,
                lasting ? inBreach(at) : Duration.ZERO,
                occurrences24h,
                since == null,
                spoken.contains(said()),
                gateway);
    }

    private OpenAlarm with(Severity graver, Limit reached, @Nullable Instant now, Duration sofar, int number) {
        return new OpenAlarm(
                alarmId,
                deviceId,
                equipmentClass,
                graver,
                reached,
                occurrences24h,
                now,
                sofar,
                number,
                gateway,
                lasting);
    }

    private Duration inBreach(Instant at) {
        return since == null || at.isBefore(since) ? before : before.plus(Duration.between(since, at));
    }
}
