package io.forgewatch.command.alarm;

import io.forgewatch.command.alarm.AlarmCommand.AcceptSensorFault;
import io.forgewatch.command.alarm.AlarmCommand.ClaimSensorFault;
import io.forgewatch.command.alarm.AlarmCommand.RejectSensorFault;
import io.forgewatch.command.decision.Decision;
import io.forgewatch.command.decision.Refusal;
import io.forgewatch.event.alarm.AlarmEvent.AlarmEnded;
import io.forgewatch.event.alarm.AlarmEvent.EndReason;
import io.forgewatch.event.alarm.AlarmEvent.PointOutOfForce;
import io.forgewatch.event.alarm.AlarmEvent.SensorFaultAccepted;
import io.forgewatch.event.alarm.AlarmEvent.SensorFaultClaimed;
import io.forgewatch.event.alarm.AlarmEvent.SensorFaultRejected;
import io.forgewatch.event.alarm.AlarmId;
import io.forgewatch.event.equipment.Catalogue;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * 传感器故障: an alarm whose sensor is dead would stay open for months, since silence clears nothing. The works claims it, an
 * authority accepts it and the alarm ends (dossier §3 "A dead sensor in breach"). What measures no value has no sensor: a QUALITY,
 * OFFLINE or AREA alarm, or a verdict on a device, stays.
 */
final class SensorFaults {

    private static final Duration LONGEST = Duration.ofDays(30);

    private final Catalogue catalogue;

    SensorFaults(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    Decision claim(PointAlarms state, ClaimSensorFault command) {
        PointAlarms.Open open = state.open();
        if (open == null || !open.id().equals(command.alarm())) {
            return Answers.notOpen(state, command.alarm());
        }
        if (!isOfASensor(command.alarm())) {
            return Decision.refused(
                    Refusal.Kind.CONFLICT,
                    "alarm-not-of-a-sensor",
                    "该报警不是测点越限或状态报警，不能按传感器故障终止。",
                    "The alarm is not of what a sensor measures; it can't end by a sensor fault.");
        }
        if (open.settledAt() != null) {
            return Decision.refused(
                    Refusal.Kind.CONFLICT,
                    "alarm-settled",
                    "良好读数已表明数值恢复正常，请直接消警。",
                    "Good readings showed the value to be normal: clear the alarm.");
        }
        if (!command.until().isAfter(command.at())
                || command.until().isAfter(command.at().plus(LONGEST))) {
            return Decision.invalid(
                    "sensor-fault-too-long",
                    "until",
                    "修复期限应晚于当前时间且不超过 30 天。",
                    "The time by which the sensor is mended must lie ahead, at most 30 days.");
        }
        Map<String, Object> answer = Map.of("id", command.alarm().toString());
        return isKnown(open.claim(), command)
                ? Decision.answering(answer)
                : Decision.answering(
                        answer,
                        new SensorFaultClaimed(
                                command.alarm().toString(),
                                command.evidence(),
                                command.substitute(),
                                command.until(),
                                command.by(),
                                command.at()));
    }

    static Decision accept(PointAlarms state, AcceptSensorFault command) {
        PointAlarms.Open open = state.open();
        if (open == null || !open.id().equals(command.alarm())) {
            return Answers.notOpen(state, command.alarm());
        }
        SensorFaultClaimed claim = open.claim();
        if (claim == null) {
            return notClaimed();
        }
        if (!claim.until().isAfter(command.at())) {
            return Decision.refused(
                    Refusal.Kind.CONFLICT,
                    "sensor-fault-over",
                    "申报的修复期限已过，请企业重新申报。",
                    "The time of the claim is over; the works has to claim it anew.");
        }
        String id = command.alarm().toString();
        return Decision.answering(
                Map.of("id", id),
                new SensorFaultAccepted(id, command.by(), command.at()),
                new AlarmEnded(id, EndReason.SENSOR_FAULT, command.by(), command.at()),
                new PointOutOfForce(id, claim.until(), command.by(), command.at()));
    }

    static Decision reject(PointAlarms state, RejectSensorFault command) {
        PointAlarms.Open open = state.open();
        if (open == null || !open.id().equals(command.alarm())) {
            return Answers.notOpen(state, command.alarm());
        }
        if (open.claim() == null) {
            return notClaimed();
        }
        String id = command.alarm().toString();
        return Decision.answering(
                Map.of("id", id), new SensorFaultRejected(id, command.reason(), command.by(), command.at()));
    }

    private boolean isOfASensor(AlarmId alarm) {
        return switch (alarm.direction()) {
            case LOW, HIGH, STATE -> catalogue.indicator(alarm.indicator()).isPresent();
            case QUALITY, OFFLINE, AREA -> false;
        };
    }

    private static boolean isKnown(@Nullable SensorFaultClaimed claim, ClaimSensorFault command) {
        return claim != null
                && claim.evidence().equals(command.evidence())
                && claim.substitute().equals(command.substitute())
                && claim.until().equals(command.until());
    }

    private static Decision notClaimed() {
        return Decision.refused(
                Refusal.Kind.CONFLICT,
                "sensor-fault-not-claimed",
                "该报警没有待审批的传感器故障申报。",
                "There is no claim of a sensor fault to decide on.");
    }
}
