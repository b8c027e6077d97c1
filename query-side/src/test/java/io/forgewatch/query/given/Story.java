package io.forgewatch.query.given;

import io.forgewatch.event.Actor;
import io.forgewatch.event.DomainEvent;
import io.forgewatch.event.RecordedEvent;
import io.forgewatch.event.alarm.AlarmEvent.AlarmRaised;
import io.forgewatch.event.alarm.AlarmId;
import io.forgewatch.event.alarm.Direction;
import io.forgewatch.event.alarm.Fault;
import io.forgewatch.event.alarm.Limit;
import io.forgewatch.event.enterprise.EnterpriseEvent.EnterpriseRegistered;
import io.forgewatch.event.enterprise.EnterpriseId;
import io.forgewatch.event.enterprise.RiskProfile;
import io.forgewatch.event.equipment.EquipmentEvent.DeviceRegistered;
import io.forgewatch.event.equipment.Gate;
import io.forgewatch.event.equipment.Limits;
import io.forgewatch.event.equipment.MonitoringPoint;
import io.forgewatch.event.equipment.PointKind;
import io.forgewatch.event.equipment.Severity;
import io.forgewatch.event.risk.RiskEvent.AlarmContribution;
import io.forgewatch.event.risk.RiskEvent.Contributions;
import io.forgewatch.event.risk.RiskEvent.RiskAssessed;
import io.forgewatch.event.risk.RiskLevel;
import io.forgewatch.event.telemetry.GatewayEvent.GatewayRegistered;
import io.forgewatch.event.warning.BilingualText;
import io.forgewatch.event.warning.Deadlines;
import io.forgewatch.event.warning.Demand;
import io.forgewatch.event.warning.WarningEvent.WarningIssued;
import io.forgewatch.event.warning.WarningEvent.WarningSegmentAdded;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Events as they would happen, each with the next position. */
public final class Story {

    private final long history;
    private long position;
    private Instant now;

    public Story(Instant start) {
        this(start, 7);
    }

    /** @param history events of another one have other ids under the same positions */
    public Story(Instant start, long history) {
        this.now = start;
        this.history = history;
    }

    /** What happens in another history that is the same as this one up to a position. */
    public Story forkedAt(long common, long other) {
        Story fork = new Story(now, other);
        fork.position = common;
        return fork;
    }

    public long position() {
        return position;
    }

    public Instant now() {
        return now;
    }

    public void pass(long seconds) {
        now = now.plusSeconds(seconds);
    }

    public RecordedEvent record(DomainEvent event) {
        position++;
        return new RecordedEvent(position, new UUID(history, position), now, Actor.system("story"), event);
    }

    public RecordedEvent enterprise(String id) {
        EnterpriseId enterprise = new EnterpriseId(id);
        RiskProfile profile = id.startsWith("GT") ? RiskProfile.STEEL_LONG : RiskProfile.ALUMINIUM_OTHER;
        return record(new EnterpriseRegistered(
                id, "某钢铁有限公司 " + id, enterprise.region(), enterprise.industry(), profile, null, now));
    }

    public RecordedEvent gateway(String enterprise) {
        return record(new GatewayRegistered(enterprise + "-G1", enterprise, "c2VhbGVk", now));
    }

    public static String device(String enterprise) {
        return enterprise + "010001";
    }

    public RecordedEvent deviceOf(String enterprise) {
        return record(new DeviceRegistered(
                device(enterprise),
                enterprise,
                "01",
                "1#高炉",
                "炉前",
                List.of(point("BF_CW_P", "MPa", 5), point("BF_CW_F", "m³/h", 5)),
                now));
    }

    public static MonitoringPoint point(String indicator, String unit, int sampleSeconds) {
        return new MonitoringPoint(
                indicator,
                PointKind.AI,
                unit,
                Severity.A,
                new Limits(0.20, 0.30, null, null, List.of(), false, 1),
                Gate.IN_SERVICE,
                null,
                null,
                false,
                sampleSeconds,
                2,
                1000,
                10000,
                "P");
    }

    public String alarmId(String enterprise) {
        return new AlarmId(device(enterprise), "BF_CW_P", Direction.LOW, now.toEpochMilli()).toString();
    }

    public RecordedEvent alarm(String enterprise) {
        return record(new AlarmRaised(
                alarmId(enterprise),
                device(enterprise),
                "01",
                "炉前",
                "BF_CW_P",
                Direction.LOW,
                Limit.L,
                Severity.A,
                0.28,
                0.30,
                1,
                "MPa",
                now,
                now,
                List.of(),
                null,
                1));
    }

    /** Of something that is no point: its gateway, the works, an area. */
    public RecordedEvent alarmOf(AlarmId alarm, Limit limit, boolean late) {
        return record(new AlarmRaised(
                alarm.toString(),
                alarm.device().orElse(null),
                null,
                null,
                alarm.indicator().equals(AlarmId.NONE) ? null : alarm.indicator(),
                alarm.direction(),
                limit,
                Severity.C,
                null,
                null,
                0,
                null,
                now,
                now,
                List.of(),
                null,
                1,
                late,
                limit == Limit.FAULT ? Fault.SILENT : null,
                null,
                List.of(),
                0));
    }

    public RecordedEvent risk(String enterprise, RiskLevel level, double index, String alarm) {
        return record(new RiskAssessed(
                enterprise,
                index,
                level,
                RiskLevel.BLUE,
                null,
                List.of(),
                new Contributions(index, 0, null, 1, List.of(new AlarmContribution(alarm, device(enterprise), index))),
                "1",
                now));
    }

    public RecordedEvent warning(String enterprise, int number, RiskLevel level) {
        return record(new WarningIssued(
                enterprise + "-W" + number,
                level,
                40,
                text(),
                List.of(alarmId(enterprise)),
                1,
                1,
                new Demand(1, level, deadlines()),
                now,
                now));
    }

    public RecordedEvent segment(String enterprise, int number, RiskLevel level) {
        return record(new WarningSegmentAdded(
                enterprise + "-W" + number,
                level,
                60,
                text(),
                List.of(alarmId(enterprise)),
                1,
                1,
                new Demand(Demand.UNNUMBERED, level, deadlines()),
                null,
                now,
                now));
    }

    private static BilingualText text() {
        return new BilingualText("冷却水压力低低", "Cooling water pressure low-low");
    }

    private Deadlines deadlines() {
        return new Deadlines(now.plusSeconds(1800), now.plusSeconds(14400), now.plusSeconds(86400));
    }
}
