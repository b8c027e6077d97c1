package io.forgewatch.command.warning;

import io.forgewatch.event.alarm.AlarmEvent.AlarmRaised;
import io.forgewatch.event.alarm.AlarmEvent.AlarmUpgraded;
import io.forgewatch.event.alarm.Limit;
import io.forgewatch.event.equipment.Severity;
import java.time.Instant;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** What a warning tells of an alarm that is not cleared. */
record AlarmNote(
        String alarmId,
        String deviceId,
        String equipmentClass,
        String area,
        String indicator,
        Limit limit,
        Severity severity,
        double value,
        @Nullable Double threshold,
        String unit,
        Instant raisedAt) {

    /** A before B before C, outer limits before inner ones, then the older. */
    static final Comparator<AlarmNote> WORST_FIRST = Comparator.comparing(AlarmNote::severity)
            .thenComparing(note -> !note.limit().extreme())
            .thenComparing(AlarmNote::raisedAt)
            .thenComparing(AlarmNote::alarmId);

    static AlarmNote of(AlarmRaised raised) {
        return new AlarmNote(
                raised.alarmId(),
                raised.deviceId(),
                raised.equipmentClass(),
                raised.area(),
                raised.indicator(),
                raised.limit(),
                raised.severity(),
                raised.value(),
                raised.threshold(),
                raised.unit(),
                raised.raisedAt());
    }

    AlarmNote upgraded(AlarmUpgraded upgraded) {
        return new AlarmNote(
                alarmId,
                deviceId,
                equipmentClass,
                area,
                indicator,
                upgraded.limit(),
                upgraded.severity(),
                upgraded.value(),
                upgraded.threshold(),
                unit,
                raisedAt);
    }
}
