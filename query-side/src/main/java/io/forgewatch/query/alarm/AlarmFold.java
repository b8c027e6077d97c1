package io.forgewatch.query.alarm;

import io.forgewatch.event.DomainEvent;
import io.forgewatch.event.RecordedEvent;
import io.forgewatch.event.alarm.AlarmEvent;
import io.forgewatch.event.alarm.AlarmEvent.AlarmAcknowledged;
import io.forgewatch.event.alarm.AlarmEvent.AlarmBreachedAgain;
import io.forgewatch.event.alarm.AlarmEvent.AlarmCleared;
import io.forgewatch.event.alarm.AlarmEvent.AlarmEnded;
import io.forgewatch.event.alarm.AlarmEvent.AlarmRaised;
import io.forgewatch.event.alarm.AlarmEvent.AlarmReturned;
import io.forgewatch.event.alarm.AlarmEvent.AlarmSettled;
import io.forgewatch.event.alarm.AlarmEvent.AlarmUpgraded;
import io.forgewatch.event.alarm.AlarmEvent.PointInForce;
import io.forgewatch.event.alarm.AlarmEvent.PointOutOfForce;
import io.forgewatch.event.alarm.AlarmEvent.SensorFaultAccepted;
import io.forgewatch.event.alarm.AlarmEvent.SensorFaultClaimed;
import io.forgewatch.event.alarm.AlarmEvent.SensorFaultRejected;
import io.forgewatch.event.alarm.Limit;
import io.forgewatch.query.projection.Fold;
import io.forgewatch.query.web.Order;
import io.forgewatch.query.web.Region;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Alarms from their events. */
final class AlarmFold implements Fold<AlarmFold.Kept> {

    static final String SUBJECT = "subject";

    /** Null where the subject is no device. */
    static final String DEVICE = "deviceId";

    static final String OPEN = "open";

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
    public Set<Class<? extends DomainEvent>> events() {
        return Set.of(AlarmEvent.class);
    }

    @Override
    public List<String> ids(DomainEvent event) {
        return event instanceof AlarmEvent alarm ? List.of(alarm.alarmId()) : List.of();
    }

    @Override
    public boolean begins(DomainEvent event) {
        return event instanceof AlarmRaised;
    }

    @Override
    public Kept after(@Nullable Kept before, String id, RecordedEvent recorded) {
        if (recorded.event() instanceof AlarmRaised raised) {
            return new Kept(Order.of(raised.raisedAt(), recorded), false, AlarmView.of(raised));
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
        keys.put(SUBJECT, alarm.subject());
        keys.put(DEVICE, alarm.deviceId());
        keys.put(OPEN, alarm.status() != AlarmStatus.CLEARED);
        keys.put("status", alarm.status().name());
        keys.put("severity", alarm.severity().name());
        return keys;
    }

    private static AlarmView changed(AlarmView alarm, boolean acknowledged, AlarmEvent event) {
        return switch (event) {
            case AlarmUpgraded up -> alarm.at(up.limit(), up.severity(), up.value());
            case AlarmAcknowledged _ ->
                alarm.status() == AlarmStatus.ACTIVE ? alarm.in(AlarmStatus.ACKNOWLEDGED) : alarm;
            case AlarmReturned back -> alarm.returned(back.at());
            case AlarmBreachedAgain again ->
                alarm.at(graver(alarm.limit(), again.limit()), alarm.severity(), again.value())
                        .in(acknowledged ? AlarmStatus.ACKNOWLEDGED : AlarmStatus.ACTIVE)
                        .brokenAgain();
            case AlarmSettled settled -> alarm.settled(settled.at());
            case SensorFaultClaimed claimed -> alarm.with(SensorFault.of(claimed));
            case SensorFaultAccepted accepted ->
                decided(alarm, SensorFault.State.ACCEPTED, accepted.by(), accepted.at(), null);
            case SensorFaultRejected rejected ->
                decided(alarm, SensorFault.State.REJECTED, rejected.by(), rejected.at(), rejected.reason());
            case PointOutOfForce _, PointInForce _ -> alarm;
            case AlarmCleared cleared -> alarm.over(cleared.at(), null);
            case AlarmEnded ended -> alarm.over(ended.at(), ended.why());
            case AlarmRaised _ -> throw new IllegalStateException("Alarm " + alarm.id() + " was raised twice");
        };
    }

    private static AlarmView decided(
            AlarmView alarm, SensorFault.State how, String by, Instant at, @Nullable String reason) {
        SensorFault claim = alarm.sensorFault();
        return claim == null ? alarm : alarm.with(claim.decided(how, by, at, reason));
    }

    /** LL that came back and broke L again is still the alarm that reached LL. */
    private static Limit graver(Limit known, Limit now) {
        return now.above(known) ? now : known;
    }
}
