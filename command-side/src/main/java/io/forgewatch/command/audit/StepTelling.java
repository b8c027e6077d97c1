package io.forgewatch.command.audit;

import io.forgewatch.event.DomainEvent;
import io.forgewatch.event.EventJson;
import io.forgewatch.event.RecordedEvent;
import io.forgewatch.event.alarm.AlarmEvent.AlarmAcknowledged;
import io.forgewatch.event.alarm.AlarmEvent.AlarmBreachedAgain;
import io.forgewatch.event.alarm.AlarmEvent.AlarmCleared;
import io.forgewatch.event.alarm.AlarmEvent.AlarmEnded;
import io.forgewatch.event.alarm.AlarmEvent.AlarmRaised;
import io.forgewatch.event.alarm.AlarmEvent.AlarmReturned;
import io.forgewatch.event.alarm.AlarmEvent.AlarmSettled;
import io.forgewatch.event.alarm.AlarmEvent.AlarmUpgraded;
import io.forgewatch.event.alarm.AlarmEvent.CausingReading;
import io.forgewatch.event.alarm.AlarmId;
import io.forgewatch.event.alarm.Limit;
import io.forgewatch.event.equipment.Catalogue;
import io.forgewatch.event.equipment.Indicator;
import io.forgewatch.event.feedback.FeedbackEvent.FeedbackAccepted;
import io.forgewatch.event.feedback.FeedbackEvent.FeedbackReturned;
import io.forgewatch.event.feedback.FeedbackEvent.FeedbackSubmitted;
import io.forgewatch.event.risk.RiskEvent.RiskAssessed;
import io.forgewatch.event.warning.BilingualText;
import io.forgewatch.event.warning.WarningEvent.WarningClosed;
import io.forgewatch.event.warning.WarningEvent.WarningEscalated;
import io.forgewatch.event.warning.WarningEvent.WarningIssued;
import io.forgewatch.event.warning.WarningEvent.WarningSegmentAdded;
import io.forgewatch.event.warning.WarningEvent.WarningSigned;
import io.forgewatch.event.warning.WarningEvent.WarningVerified;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a step says: its kind, its words, and the facts. */
record StepTelling(StepKind kind, BilingualText text, JsonNode details) {

    /** Readings that broke a limit, and when the first of them was taken. */
    record Readings(Instant from, StepTelling telling) {}

    static StepTelling of(DomainEvent event) {
        return new StepTelling(kind(event), StepTexts.of(event), Redaction.of(EventJson.MAPPER.valueToTree(event)));
    }

    static StepTelling of(ThresholdInForce threshold) {
        ObjectNode details = Lens.object();
        details.put("deviceId", threshold.deviceId());
        details.put("indicator", threshold.indicator());
        details.put("version", threshold.version());
        details.set("limits", threshold.limits());
        return new StepTelling(
                StepKind.THRESHOLD, StepTexts.threshold(threshold.indicator(), threshold.version()), details);
    }

    /** The readings that an alarm carries; empty for other events and where it carries none. */
    static Optional<Readings> readings(RecordedEvent recorded) {
        return switch (recorded.event()) {
            case AlarmRaised raised
            when raised.value() != null ->
                Optional.of(readings(
                        raised.alarmId(),
                        raised.unit(),
                        raised.onset(),
                        raised.limit(),
                        raised.threshold(),
                        raised.value(),
                        raised.readings()));
            case AlarmUpgraded upgraded
            when !upgraded.readings().isEmpty() ->
                Optional.of(readings(
                        upgraded.alarmId(),
                        unit(upgraded.alarmId()),
                        upgraded.readings().getFirst().at(),
                        upgraded.limit(),
                        upgraded.threshold(),
                        upgraded.value(),
                        upgraded.readings()));
            default -> Optional.empty();
        };
    }

    private static Readings readings(
            String alarmId,
            @Nullable String unit,
            Instant onset,
            Limit limit,
            @Nullable Double threshold,
            double value,
            List<CausingReading> readings) {
        AlarmId id = AlarmId.FORM.parse(alarmId);
        ObjectNode details = Lens.object();
        details.put("alarmId", alarmId);
        details.put("deviceId", id.subject());
        details.put("indicator", id.indicator());
        details.put("limit", limit.name());
        details.put("threshold", threshold);
        details.put("unit", unit);
        details.set("readings", EventJson.MAPPER.valueToTree(readings));
        Optional<CausingReading> breaking = Breaking.of(id.direction(), threshold, readings);
        double told = breaking.map(CausingReading::value).orElse(value);
        return new Readings(
                breaking.map(CausingReading::at).orElse(onset),
                new StepTelling(
                        StepKind.READINGS, StepTexts.readings(id.indicator(), told, unit, limit, threshold), details));
    }

    /** An alarm that rose does not say its unit anew; of a point it is always the catalogue's. */
    private static @Nullable String unit(String alarmId) {
        return Catalogue.standard()
                .indicator(AlarmId.FORM.parse(alarmId).indicator())
                .map(Indicator::unit)
                .orElse(null);
    }

    private static StepKind kind(DomainEvent event) {
        return switch (event) {
            case AlarmRaised _ -> StepKind.ALARM_RAISED;
            case AlarmUpgraded _ -> StepKind.ALARM_UPGRADED;
            case AlarmAcknowledged _ -> StepKind.ALARM_ACKNOWLEDGED;
            case AlarmReturned _ -> StepKind.ALARM_RETURNED;
            case AlarmBreachedAgain _ -> StepKind.ALARM_BREACHED_AGAIN;
            case AlarmSettled _ -> StepKind.ALARM_SETTLED;
            case AlarmCleared _ -> StepKind.ALARM_CLEARED;
            case AlarmEnded _ -> StepKind.ALARM_ENDED;
            case RiskAssessed _ -> StepKind.RISK;
            case WarningIssued _ -> StepKind.WARNING_ISSUED;
            case WarningSegmentAdded _ -> StepKind.SEGMENT;
            case WarningSigned _ -> StepKind.SIGNATURE;
            case WarningEscalated _ -> StepKind.ESCALATION;
            case WarningVerified _ -> StepKind.VERIFICATION;
            case WarningClosed _ -> StepKind.CLOSING;
            case FeedbackSubmitted _ -> StepKind.FEEDBACK;
            case FeedbackAccepted _ -> StepKind.FEEDBACK_ACCEPTED;
            case FeedbackReturned _ -> StepKind.FEEDBACK_RETURNED;
            default -> StepKind.OTHER;
        };
    }
}
