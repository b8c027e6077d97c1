package io.forgewatch.query.given;

import io.forgewatch.event.DomainEvent;
import io.forgewatch.event.alarm.AlarmEvent.AlarmAcknowledged;
import io.forgewatch.event.alarm.AlarmEvent.AlarmBreachedAgain;
import io.forgewatch.event.alarm.AlarmEvent.AlarmReturned;
import io.forgewatch.event.alarm.AlarmEvent.AlarmSettled;
import io.forgewatch.event.alarm.AlarmEvent.AlarmUpgraded;
import io.forgewatch.event.alarm.AlarmEvent.PointInForce;
import io.forgewatch.event.alarm.AlarmEvent.PointOutOfForce;
import io.forgewatch.event.alarm.AlarmEvent.SensorFaultAccepted;
import io.forgewatch.event.alarm.AlarmEvent.SensorFaultClaimed;
import io.forgewatch.event.alarm.AlarmEvent.SensorFaultRejected;
import io.forgewatch.event.alarm.Limit;
import io.forgewatch.event.equipment.EquipmentEvent.PointRangeSet;
import io.forgewatch.event.equipment.Range;
import io.forgewatch.event.equipment.Severity;
import io.forgewatch.event.feedback.FeedbackEvent.FeedbackAccepted;
import io.forgewatch.event.feedback.FeedbackEvent.FeedbackReturned;
import io.forgewatch.event.feedback.FeedbackEvent.FeedbackSubmitted;
import io.forgewatch.event.personal.PersonalText;
import io.forgewatch.event.telemetry.GatewayEvent.GatewayBehind;
import io.forgewatch.event.telemetry.GatewayEvent.GatewayCaughtUp;
import io.forgewatch.event.telemetry.GatewayEvent.GatewayClockRight;
import io.forgewatch.event.telemetry.GatewayEvent.GatewayClockWrong;
import io.forgewatch.event.telemetry.GatewayEvent.GatewaySettingsChanged;
import io.forgewatch.event.warning.WarningEvent.WarningSigned;
import io.forgewatch.event.warning.WarningEvent.WarningVerified;
import java.time.Instant;
import java.util.List;
import java.util.Random;

/** What can become of what there is, one of it at random. */
final class Lives {

    private Lives() {}

    static DomainEvent ofAlarm(String alarm, Instant at, Random random) {
        return switch (random.nextInt(10)) {
            case 0 -> new AlarmUpgraded(alarm, Limit.LL, Severity.A, 0.1, 0.2, at, List.of());
            case 1 -> new AlarmAcknowledged(alarm, "wang", at);
            case 2 -> new AlarmReturned(alarm, 0.5, at);
            case 3 -> new AlarmSettled(alarm, at);
            case 4 -> new AlarmBreachedAgain(alarm, Limit.L, 0.2, 1_000, at);
            case 5 -> new SensorFaultClaimed(alarm, "broken wire", "by hand", at.plusSeconds(3600), "wang", at);
            case 6 -> new SensorFaultAccepted(alarm, "li", at);
            case 8 -> new PointInForce(alarm, at);
            case 7 -> new PointOutOfForce(alarm, at.plusSeconds(3600), "li", at);
            default -> new SensorFaultRejected(alarm, "it works", "li", at);
        };
    }

    static DomainEvent ofGateway(String works, Instant at, Random random) {
        String gateway = works + "-G1";
        return switch (random.nextInt(6)) {
            case 0 -> new GatewaySettingsChanged(gateway, works, List.of(), List.of("CO"), "wang", at);
            case 1 -> new GatewayClockWrong(gateway, works, random.nextInt(1_000), at);
            case 2 -> new GatewayClockRight(gateway, works, at);
            case 3 -> new GatewayBehind(gateway, works, 35, at);
            case 4 -> new GatewayCaughtUp(gateway, works, at);
            default ->
                new PointRangeSet(
                        Story.device(works), works, "BF_CW_P", new Range(0, 1 + random.nextInt(9)), "wang", at);
        };
    }

    static DomainEvent ofWarning(String warning, Instant at, Random random) {
        int number = 1 + random.nextInt(3);
        return switch (random.nextInt(5)) {
            case 0 -> new WarningSigned(warning, "works", at);
            case 1 -> new WarningVerified(warning, random.nextBoolean(), "looked at it", "li", at);
            case 2 ->
                new FeedbackSubmitted(warning, number, 1, "leak", "sealed", PersonalText.plain("王"), at, "works", at);
            case 3 -> new FeedbackAccepted(warning, number, "li", at);
            default -> new FeedbackReturned(warning, number, "too short", "li", at);
        };
    }
}
