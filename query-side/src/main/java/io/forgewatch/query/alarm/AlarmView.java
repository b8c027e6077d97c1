package io.forgewatch.query.alarm;

import io.forgewatch.event.alarm.AlarmEvent.AlarmRaised;
import io.forgewatch.event.alarm.AlarmEvent.EndReason;
import io.forgewatch.event.alarm.AlarmId;
import io.forgewatch.event.alarm.Direction;
import io.forgewatch.event.alarm.Fault;
import io.forgewatch.event.alarm.Limit;
import io.forgewatch.event.equipment.Severity;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An alarm 报警 as people read it. */
@Schema(
        name = "Alarm",
        description =
                "报警: one point beyond a limit in one direction, or another thing that is not as it should be, from its onset"
                        + " until it is cleared or ended")
public record AlarmView(
        @Schema(
                example = "GT3702110001010001.BF_CW_P.LOW.1732440000100",
                description = "subject.indicator.direction.onset")
        String id,

        @Schema(example = "GT3702110001") String enterpriseId,

        @Schema(
                description = "What it is of: a device, a gateway, a camera, an area or the enterprise",
                example = "GT3702110001010001")
        String subject,

        @Schema(
                description = "The subject where that is a device, or null",
                example = "GT3702110001010001",
                types = {"string", "null"})
        @Nullable
        String deviceId,

        @Schema(
                description = "The point, or null where the subject is none",
                example = "BF_CW_P",
                types = {"string", "null"})
        @Nullable
        String indicator,

        Direction direction,

        @Schema(description = "The gravest limit it stands at; L that became LL is one alarm with LL")
        Limit limit,

        Severity severity,
        AlarmStatus status,

        @Schema(
                description = "The value that broke the limit, in the unit; null where no value made the alarm",
                example = "0.18",
                types = {"number", "null"})
        @Nullable
        Double value,

        @Schema(
                example = "MPa",
                types = {"string", "null"})
        @Nullable
        String unit,

        Instant raisedAt,

        @Schema(
                description = "When the value came back; null while it is beyond the limit",
                types = {"string", "null"})
        @Nullable
        Instant returnedAt,

        @Schema(
                description =
                        "When good readings had shown for long enough that it stayed back, so that a person may clear it; or"
                                + " null 稳定恢复",
                types = {"string", "null"})
        @Nullable
        Instant settledAt,

        @Schema(
                description =
                        "While it is open and its point is not read any more: when the last live reading came in 失去监测;"
                                + " null while the point is live, where that is not known, and for what is no point",
                types = {"string", "null"})
        @Nullable
        Instant unseenSince,

        @Schema(
                description = "When it was cleared or ended, or null",
                types = {"string", "null"})
        @Nullable
        Instant clearedAt,

        @Schema(
                description = "Why an approved decision ended it, or null 终止",
                types = {"string", "null"})
        @Nullable
        EndReason ended,

        @Schema(
                description = "The works' newest claim that the sensor is dead, or null 传感器故障申报",
                types = {"object", "null"})
        @Nullable
        SensorFault sensorFault,

        @Schema(
                description = "The alarm of the same point that cleared by itself less than 5 minutes before, or null",
                types = {"string", "null"})
        @Nullable
        String continues,

        @Schema(
                description =
                        "迟报: found in readings that came late, when it was over; never open, not pushed, not scored")
        boolean late,

        @Schema(
                description = "What is wrong, where the direction is QUALITY; or null",
                types = {"string", "null"})
        @Nullable
        Fault fault,

        @Schema(
                description = "The gateway through which it would be heard, where that is known; or null",
                example = "GT3702110001-G1",
                types = {"string", "null"})
        @Nullable
        String gateway,

        @Schema(description = "Points for which it stands, as device.indicator; at most 50 are named")
        List<String> points,

        @Schema(description = "For how many points it stands; 0 where it is of its own subject only")
        int pointCount,

        @Schema(
                description = "Until when it is put aside 搁置, or null",
                types = {"string", "null"})
        @Nullable
        Instant shelvedUntil,

        @Schema(description = "Kept but not counted, because of announced work or a shutdown")
        boolean suppressed,

        @Schema(description = "误报: shown to be no alarm, with evidence")
        boolean falseAlarm) {

    /** Documents of before are of devices and have neither subject nor points. */
    public AlarmView {
        subject = subject == null ? AlarmId.FORM.parse(id).subject() : subject;
        points = points == null ? List.of() : List.copyOf(points);
    }

    /** One that opens; a late one was over when it was found, and is cleared from the first. */
    static AlarmView of(AlarmRaised raised) {
        return new AlarmView(
                raised.alarmId(),
                raised.enterpriseId(),
                AlarmId.FORM.parse(raised.alarmId()).subject(),
                raised.deviceId(),
                raised.indicator(),
                raised.direction(),
                raised.limit(),
                raised.severity(),
                raised.late() ? AlarmStatus.CLEARED : AlarmStatus.ACTIVE,
                raised.value(),
                raised.unit(),
                raised.raisedAt(),
                null,
                null,
                null,
                raised.late() ? raised.raisedAt() : null,
                null,
                null,
                raised.continues(),
                raised.late(),
                raised.fault(),
                raised.gateway(),
                raised.points(),
                raised.pointCount(),
                null,
                false,
                false);
    }

    AlarmView at(Limit now, Severity graver, @Nullable Double itsValue) {
        return with(now, graver, status, itsValue, returnedAt, settledAt, clearedAt, ended, sensorFault);
    }

    AlarmView in(AlarmStatus now) {
        return with(limit, severity, now, value, returnedAt, settledAt, clearedAt, ended, sensorFault);
    }

    AlarmView returned(Instant at) {
        return with(limit, severity, AlarmStatus.RETURNED, value, at, null, null, null, sensorFault);
    }

    AlarmView settled(Instant at) {
        return with(limit, severity, status, value, returnedAt, at, null, null, sensorFault);
    }

    AlarmView brokenAgain() {
        return with(limit, severity, status, value, null, null, null, null, sensorFault);
    }

    /** As it is read now; this is never stored. */
    AlarmView unseen(@Nullable Instant since) {
        return since == null
                ? this
                : new AlarmView(
                        id,
                        enterpriseId,
                        subject,
                        deviceId,
                        indicator,
                        direction,
                        limit,
                        severity,
                        status,
                        value,
                        unit,
                        raisedAt,
                        returnedAt,
                        settledAt,
                        since,
                        clearedAt,
                        ended,
                        sensorFault,
                        continues,
                        late,
                        fault,
                        gateway,
                        points,
                        pointCount,
                        shelvedUntil,
                        suppressed,
                        falseAlarm);
    }

    AlarmView over(Instant at, @Nullable EndReason why) {
        return with(limit, severity, AlarmStatus.CLEARED, value, returnedAt, settledAt, at, why, sensorFault);
    }

    AlarmView with(@Nullable SensorFault claim) {
        return with(limit, severity, status, value, returnedAt, settledAt, clearedAt, ended, claim);
    }

    private AlarmView with(
            Limit itsLimit,
            Severity itsSeverity,
            AlarmStatus itsStatus,
            @Nullable Double itsValue,
            @Nullable Instant returned,
            @Nullable Instant settled,
            @Nullable Instant cleared,
            @Nullable EndReason why,
            @Nullable SensorFault itsSensor) {
        return new AlarmView(
                id,
                enterpriseId,
                subject,
                deviceId,
                indicator,
                direction,
                itsLimit,
                itsSeverity,
                itsStatus,
                itsValue,
                unit,
                raisedAt,
                returned,
                settled,
                null,
                cleared,
                why,
                itsSensor,
                continues,
                late,
                fault,
                gateway,
                points,
                pointCount,
                shelvedUntil,
                suppressed,
                falseAlarm);
    }
}
