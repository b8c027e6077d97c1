package io.forgewatch.query.alarm;

import io.forgewatch.event.DomainEvent;
import io.forgewatch.event.RecordedEvent;
import io.forgewatch.event.alarm.AlarmEvent;
import io.forgewatch.event.alarm.AlarmEvent.AlarmAcknowledged;
import io.forgewatch.event.alarm.AlarmEvent.AlarmBreachedAgain;
import io.forgewatch.event.alarm.AlarmEvent.AlarmCleared;
import io.forgewatch.event.alarm.AlarmEvent.AlarmRaised;
import io.forgewatch.event.alarm.AlarmEvent.AlarmReturned;
import io.forgewatch.event.alarm.AlarmEvent.AlarmUpgraded;
import io.forgewatch.event.alarm.Limit;
import io.forgewatch.event.equipment.Severity;
import io.forgewatch.query.projection.Fold;
import io.forgewatch.query.web.Order;
import io.forgewatch.query.web.Region;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Alarms from their events. */
final class AlarmFold implements Fold<AlarmFold.Kept> {

    /**
     * @param order {@link Order} by which lists run
     * @param acknowledged whether somebody took note of it, also while its value is back
     */
    record Kept(long order, boolean acknowledged, AlarmView alarm) {}

    @Override
    public Class<Kept> type() {
        return Kept.class;
    }

    @Override
    public List<String> ids(DomainEvent event) {
        return event instanceof AlarmEvent alarm ? List.of(alarm.alarmId()) : List.of();
    }

    @Override
    public Kept after(@Nullable Kept before, String id, RecordedEvent recorded) {
        if (recorded.event() instanceof AlarmRaised raised) {
            return new Kept(Order.of(raised.raisedAt(), recorded), false, raised(raised));
        }
        if (before == null) {
            throw new IllegalStateException("Alarm " + id + " was never raised");
        }
        boolean acknowledged = before.acknowledged() || recorded.event() instanceof AlarmAcknowledged;
        return new Kept(
                before.order(), acknowledged, changed(before.alarm(), acknowledged, (AlarmEvent) recorded.event()));
    }

    @Override
    public Map<String, Object> keys(Kept kept) {
        AlarmView alarm = kept.alarm();
        Map<String, Object> keys = new LinkedHashMap<>(Region.keys(alarm.enterpriseId()));
        keys.put(Order.FIELD, kept.order());
        keys.put("deviceId", alarm.deviceId());
        keys.put("status", alarm.status().name());
        keys.put("severity", alarm.severity().name());
        return keys;
    }

    private static AlarmView raised(AlarmRaised raised) {
        return new AlarmView(
                raised.alarmId(),
                raised.enterpriseId(),
                raised.deviceId(),
                raised.indicator(),
                raised.direction(),
                raised.limit(),
                raised.severity(),
                AlarmStatus.ACTIVE,
                raised.value(),
                raised.unit(),
                raised.raisedAt(),
                null,
                null,
                raised.continues(),
                null,
                false,
                false);
    }

    private static AlarmView changed(AlarmView alarm, boolean acknowledged, AlarmEvent event) {
        return switch (event) {
            case AlarmUpgraded up ->
                with(alarm, up.limit(), up.severity(), alarm.status(), up.value(), alarm.returnedAt(), null);
            case AlarmAcknowledged _ ->
                alarm.status() == AlarmStatus.ACTIVE
                        ? status(alarm, AlarmStatus.ACKNOWLEDGED, alarm.returnedAt(), null)
                        : alarm;
            case AlarmReturned back -> status(alarm, AlarmStatus.RETURNED, back.at(), null);
            case AlarmBreachedAgain again ->
                with(
                        alarm,
                        again.limit(),
                        alarm.severity(),
                        acknowledged ? AlarmStatus.ACKNOWLEDGED : AlarmStatus.ACTIVE,
                        again.value(),
                        null,
                        null);
            case AlarmCleared cleared -> status(alarm, AlarmStatus.CLEARED, alarm.returnedAt(), cleared.at());
            case AlarmRaised _ -> throw new IllegalStateException("Alarm " + alarm.id() + " was raised twice");
        };
    }

    private static AlarmView status(
            AlarmView alarm, AlarmStatus status, @Nullable Instant returnedAt, @Nullable Instant clearedAt) {
        return with(alarm, alarm.limit(), alarm.severity(), status, alarm.value(), returnedAt, clearedAt);
    }

    private static AlarmView with(
            AlarmView alarm,
            Limit limit,
            Severity severity,
            AlarmStatus status,
            double value,
            @Nullable Instant returnedAt,
            @Nullable Instant clearedAt) {
        return new AlarmView(
                alarm.id(),
                alarm.enterpriseId(),
                alarm.deviceId(),
                alarm.indicator(),
                alarm.direction(),
                limit,
                severity,
                status,
                value,
                alarm.unit(),
                alarm.raisedAt(),
                returnedAt,
                clearedAt,
                alarm.continues(),
                alarm.shelvedUntil(),
                alarm.suppressed(),
                alarm.falseAlarm());
    }
}
