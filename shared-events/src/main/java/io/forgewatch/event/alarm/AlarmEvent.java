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
                new Tag("point", AlarmId.FORM.parse(alarmId()).point()));
    }

    /** A reading that helped to cause an alarm, kept with it so that the decision can be proved later. */
    record CausingReading(Instant at, double value, int quality) {}

    /**
     * An alarm opens; one that is {@code late} opens and is over in one.
     *
     * @param deviceId null where the subject is no device
     * @param equipmentClass of the device, null where the subject is none
     * @param area name of the area 区域 that it is in, null where the subject is in none
     * @param indicator of the point, null where the subject is none
     * @param value the value that completed the delay, in the unit; null where no value made it
     * @param threshold the limit it broke, in the unit; null where there is none, as for states
     * @param thresholdVersion of the point's limits; 0 where there are none
     * @param unit of the point, null where the subject is none
     * @param onset when the limit was first broken, or since when it is so
     * @param continues the alarm of the same point that was cleared by itself less than 5 minutes before, or null
     * @param occurrences24h how many alarms this point and direction had within 24 h, this one included (n24h)
     * @param late 迟报: found wholly in readings that came late (dossier §8); kept, but never its point's open alarm, not pushed
     *     and not scored
     * @param fault what is wrong, where the direction is QUALITY
     * @param gateway the gateway through which it would be heard: of RUNNING_BLIND and of silent points, else null
     * @param points the points that it stands for, as {@code <device>.<indicator>}; at most 50 are named
     * @param pointCount how many it stands for, 0 where it is of its own subject only
     */
    @EventName(value = "AlarmRaised", version = 2)
    record AlarmRaised(
            String alarmId,
            @Nullable String deviceId,
            @Nullable String equipmentClass,
            @Nullable String area,
            @Nullable String indicator,
            Direction direction,
            Limit limit,
            Severity severity,
            @Nullable Double value,
            @Nullable Double threshold,
            int thresholdVersion,
            @Nullable String unit,
            Instant onset,
            Instant raisedAt,
            List<CausingReading> readings,
            @Nullable String continues,
            int occurrences24h,
            boolean late,
            @Nullable Fault fault,
            @Nullable String gateway,
            List<String> points,
            int pointCount)
            implements AlarmEvent {

        public AlarmRaised {
            readings = List.copyOf(readings);
            points = List.copyOf(points);
        }

        /** Of a point beyond a limit, found while it was so. */
        public AlarmRaised(
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
                int occurrences24h) {
            this(
                    alarmId,
                    deviceId,
                    equipmentClass,
                    area,
                    indicator,
                    direction,
                    limit,
                    severity,
                    value,
                    threshold,
                    thresholdVersion,
                    unit,
                    onset,
                    raisedAt,
                    readings,
                    continues,
                    occurrences24h,
                    false,
                    null,
                    null,
                    List.of(),
                    0);
        }

        /**
         * Whether it is of data only (QUALITY or OFFLINE of severity C): shown, but neither scored nor counted among what a
         * warning waits for (dossier §3, §5).
         */
        public boolean ofDataOnly() {
            return severity == Severity.C && (direction == Direction.QUALITY || direction == Direction.OFFLINE);
        }
    }

    /**
     * The same alarm reached a graver limit of its direction: RATE became L, LL, H or HH; L became LL, H became HH.
     *
     * @param threshold the limit's number, null for states
     */
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

    /**
     * 值恢复: the value is back beyond the deadband, or what was wrong is over; the alarm stays open until it is cleared.
     *
     * @param value the value that is back, in the unit; null where no value made the alarm
     */
    @EventName(value = "AlarmReturned", version = 2)
    record AlarmReturned(String alarmId, @Nullable Double value, Instant at) implements AlarmEvent {}

    /**
     * 稳定恢复: good readings showed, from begin to end of the time that the dossier asks for (§3 "Ends"), that it is over. Only of
     * alarms that a person clears; from here on a person may. Others clear by themselves at this moment.
     */
    @EventName("AlarmSettled")
    record AlarmSettled(String alarmId, Instant at) implements AlarmEvent {}

    /**
     * The limit was broken again before the alarm was cleared: the same alarm goes on.
     *
     * @param value in the unit; null where no value made the alarm
     * @param inBreachMillis how long the alarm was in breach before, without this time; the risk model counts on from there
     */
    @EventName(value = "AlarmBreachedAgain", version = 2)
    record AlarmBreachedAgain(
            String alarmId, Limit limit, @Nullable Double value, long inBreachMillis, Instant at)
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

    /**
     * 传感器故障申报: the works says that the sensor is dead, and how what it measured is watched meanwhile (dossier §3 "A dead sensor
     * in breach"). A later one takes the place of one that nobody decided on.
     *
     * @param evidence what shows it
     * @param substitute how it is watched meanwhile
     * @param until by when it is mended, at most 30 days on
     */
    @EventName("SensorFaultClaimed")
    record SensorFaultClaimed(String alarmId, String evidence, String substitute, Instant until, String by, Instant at)
            implements AlarmEvent {}

    /** The authority accepted the claim; {@link AlarmEnded} comes with it. */
    @EventName("SensorFaultAccepted")
    record SensorFaultAccepted(String alarmId, String by, Instant at) implements AlarmEvent {}

    /**
     * 退出判定: the limits of the point in the alarm's direction are out of force, since its sensor was accepted to be dead. They
     * are back in force as soon as good readings lay inside the limits for the delay-off, or then, whichever is first.
     *
     * @param until at most 30 days on
     */
    @EventName("PointOutOfForce")
    record PointOutOfForce(String alarmId, Instant until, String by, Instant at) implements AlarmEvent {}

    /** 恢复判定: good readings lay inside the limits for the delay-off, so the point is in force again before the time was over. */
    @EventName("PointInForce")
    record PointInForce(String alarmId, Instant at) implements AlarmEvent {}

    /** The authority did not accept the claim: the alarm stays. */
    @EventName("SensorFaultRejected")
    record SensorFaultRejected(String alarmId, String reason, String by, Instant at) implements AlarmEvent {}

    /** Why an approved decision ended an alarm. */
    enum EndReason {
        /** 测点拆除. */
        POINT_REMOVED,
        /** 设备报废. */
        DEVICE_SCRAPPED,
        /** 传感器故障: a dead sensor in breach, watched in another way meanwhile. */
        SENSOR_FAULT,
        /** 网关拆除. */
        GATEWAY_REMOVED
    }

    /**
     * 终止: an approved decision ended it, whether its value was back or not (dossier §3 "Ends"). Ends it everywhere as {@link
     * AlarmCleared} does.
     *
     * @param by the account that decided
     */
    @EventName("AlarmEnded")
    record AlarmEnded(String alarmId, EndReason why, String by, Instant at) implements AlarmEvent {}
}
