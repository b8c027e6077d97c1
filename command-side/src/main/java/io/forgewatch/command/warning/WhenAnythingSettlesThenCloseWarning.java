package io.forgewatch.command.warning;

import io.forgewatch.command.decision.Automation;
import io.forgewatch.command.decision.Command;
import io.forgewatch.command.warning.WarningCommand.CloseWarningWhenDone;
import io.forgewatch.event.DomainEvent;
import io.forgewatch.event.RecordedEvent;
import io.forgewatch.event.alarm.AlarmEvent;
import io.forgewatch.event.alarm.AlarmEvent.AlarmCleared;
import io.forgewatch.event.alarm.AlarmEvent.AlarmEnded;
import io.forgewatch.event.alarm.AlarmId;
import io.forgewatch.event.enterprise.EnterpriseId;
import io.forgewatch.event.feedback.FeedbackEvent.FeedbackAccepted;
import io.forgewatch.event.feedback.FeedbackEvent.FeedbackSubmitted;
import io.forgewatch.event.risk.RiskEvent.RiskAssessed;
import io.forgewatch.event.risk.RiskLevel;
import io.forgewatch.event.warning.WarningEvent.WarningVerified;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Whatever may have been the last thing missing, a warning closes by itself when all is there. */
public final class WhenAnythingSettlesThenCloseWarning implements Automation {

    /** As it is stored. */
    public static final String NAME = "WhenAnythingSettlesThenCloseWarning";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Set<Class<? extends DomainEvent>> on() {
        return Set.of(
                RiskAssessed.class,
                AlarmCleared.class,
                AlarmEnded.class,
                FeedbackSubmitted.class,
                FeedbackAccepted.class,
                WarningVerified.class);
    }

    @Override
    public List<Command> then(RecordedEvent event) {
        return switch (event.event()) {
            case RiskAssessed assessed ->
                assessed.level() == RiskLevel.BLUE ? close(assessed.enterpriseId(), assessed.at()) : List.of();
            case AlarmCleared cleared -> close(cleared, cleared.at());
            case AlarmEnded ended -> close(ended, ended.at());
            case FeedbackSubmitted submitted -> close(submitted.enterpriseId(), submitted.at());
            case FeedbackAccepted accepted -> close(accepted.enterpriseId(), accepted.at());
            case WarningVerified verified ->
                verified.passed() ? close(verified.enterpriseId(), verified.at()) : List.of();
            default -> List.of();
        };
    }

    /** No warning waits for an alarm of data only. */
    private static List<Command> close(AlarmEvent over, Instant at) {
        return AlarmId.FORM.parse(over.alarmId()).ofDataOnly() ? List.of() : close(over.enterpriseId(), at);
    }

    private static List<Command> close(String enterpriseId, Instant at) {
        return List.of(new CloseWarningWhenDone(new EnterpriseId(enterpriseId), at));
    }
}
