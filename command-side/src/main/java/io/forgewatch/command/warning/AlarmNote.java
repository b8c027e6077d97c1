package io.forgewatch.command.warning;

import io.forgewatch.event.alarm.AlarmEvent.AlarmRaised;
import io.forgewatch.event.alarm.AlarmEvent.AlarmUpgraded;
import io.forgewatch.event.alarm.AlarmId;
import io.forgewatch.event.alarm.Limit;
import io.forgewatch.event.equipment.Severity;
import java.time.Instant;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * What a warning tells of an alarm that is not cleared.
 *
 * @param subject a device as a rule, else a gateway, a camera, an area or the enterprise ({@link AlarmId})
 * @param equipmentClass null where the subject is no device
 * @param area null where the subject is in none
 * @param indicator or {@value AlarmId#NONE}
 * @param value null where no value made it
 * @param unit null where the subject is no point
 */
record AlarmNote(
        String alarmId,
        String subject,
        @Nullable String equipmentClass,
        @Nullable String area,
        String indicator,
        Limit limit,
        Severity severity,
        @Nullable Double value,
        @Nullable Double threshold,
        @Nullable String unit,
        Instant raisedAt) {

    /** A before B before C, outer limits before inner ones, then the older. */
    static final Comparator<AlarmNote> WORST_FIRST = Comparator.comparing(AlarmNote::severity)
            .thenComparing(note -> !note.limit().extreme())
            .thenComparing(AlarmNote::raisedAt)
            .thenComparing(AlarmNote::alarmId);

    static AlarmNote of(AlarmRaised raised) {
        AlarmId id = AlarmId.FORM.parse(raised.alarmId());
        return new AlarmNote(
                raised.alarmId(),
                id.subject(),
                raised.equipmentClass(),
                raised.area(),
                id.indicator(),
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
                subject,
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
