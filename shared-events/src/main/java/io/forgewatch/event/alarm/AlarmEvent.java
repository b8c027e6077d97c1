package io.forgewatch.event.alarm;

import io.forgewatch.event.DomainEvent;
import io.forgewatch.event.EventName;
import io.forgewatch.event.Subject;
import io.forgewatch.event.SubjectType;
import io.forgewatch.event.Tag;
import io.forgewatch.event.enterprise.EnterpriseId;
import io.forgewatch.event.equipment.Severity;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What happens to an alarm 报警 (dossier §3): ACTIVE, ACKNOWLEDGED, RETURNED, CLEARED. */
public sealed interface AlarmEvent extends DomainEvent {

    String alarmId();

    @Override
    default String enterpriseId() {
        return EnterpriseId.of(alarmId()).value();
    }

    @Override
    default Subject subject() {
        return new Subject(SubjectType.ALARM, alarmId());
    }

    @Override
    default Set<Tag> tags() {
        return Set.of(
                subject().tag(),
                Tag.within(enterpriseId()),
                new Tag("point", AlarmId.parse(alarmId()).point()));
    }

    /** A reading that helped to cause an alarm, kept with it so that the decision can be proved later. */
    record CausingReading(Instant at, double value, int quality) {}

    /**
     * @param value the value that completed the delay, in the unit
     * @param threshold the limit it broke, in the unit; null for states
     * @param onset when the limit was first broken
     * @param continues the alarm of the same point that was cleared by itself less than 5 minutes before, or null
     * @param occurrences24h how many alarms this point and direction had within 24 h, this one included (n24h)
     */
    @EventName("AlarmRaised")
    record AlarmRaised(
            String alarmId,
            String deviceId,
            String equipmentClass,
            String area,
            String indicator,
            Direction direction,
            Limit limit,
            Severity severity,
            double value,
            @Nullable Double threshold,
            int thresholdVersion,
            String unit,
            Instant onset,
            Instant raisedAt,
            List<CausingReading> readings,
            @Nullable String continues,
            int occurrences24h)
            implements AlarmEvent {

        public AlarmRaised {
            readings = List.copyOf(readings);
        }
    }

    /** The same alarm reached its outer limit: L became LL, H became HH. */
    @EventName("AlarmUpgraded")
    record AlarmUpgraded(
            String alarmId,
            Limit limit,
            Severity severity,
            double value,
            @Nullable Double threshold,
            Instant at,
            List<CausingReading> readings)
            implements AlarmEvent {

        public AlarmUpgraded {
            readings = List.copyOf(readings);
        }
    }

    @EventName("AlarmAcknowledged")
    record AlarmAcknowledged(String alarmId, String by, Instant at) implements AlarmEvent {}

    /** 值恢复: the value is back beyond the deadband; the alarm stays open until it is cleared. */
    @EventName("AlarmReturned")
    record AlarmReturned(String alarmId, double value, Instant at) implements AlarmEvent {}

    /**
     * The limit was broken again before the alarm was cleared: the same alarm goes on.
     *
     * @param inBreachMillis how long the alarm was in breach before, without this time; the risk model counts on from there
     */
    @EventName("AlarmBreachedAgain")
    record AlarmBreachedAgain(String alarmId, Limit limit, double value, long inBreachMillis, Instant at)
            implements AlarmEvent {}

    /**
     * 消警.
     *
     * @param by the account, or null when it cleared by itself
     */
    @EventName("AlarmCleared")
    record AlarmCleared(
            String alarmId,
            @Nullable String by,
            @Nullable String cause,
            @Nullable String measure,
            Instant at) implements AlarmEvent {}
}
