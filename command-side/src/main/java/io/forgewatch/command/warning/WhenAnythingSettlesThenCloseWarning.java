package io.forgewatch.command.warning;

import io.forgewatch.command.decision.Automation;
import io.forgewatch.command.decision.Command;
import io.forgewatch.command.decision.Reactions;
import io.forgewatch.command.warning.WarningCommand.CloseWarningWhenDone;
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

/** Whatever may have been the last thing missing, a warning closes by itself when all is there. */
public final class WhenAnythingSettlesThenCloseWarning implements Automation {

    /** As it is stored. */
    public static final String NAME = "WhenAnythingSettlesThenCloseWarning";

    private static final Reactions REACTIONS = Reactions.NONE
            .then(
                    RiskAssessed.class,
                    risk -> risk.level() == RiskLevel.BLUE ? close(risk.enterpriseId(), risk.at()) : List.of())
            .then(AlarmCleared.class, cleared -> close(cleared, cleared.at()))
            .then(AlarmEnded.class, ended -> close(ended, ended.at()))
            .then(FeedbackSubmitted.class, submitted -> close(submitted.enterpriseId(), submitted.at()))
            .then(FeedbackAccepted.class, accepted -> close(accepted.enterpriseId(), accepted.at()))
            .then(
                    WarningVerified.class,
                    verified -> verified.passed() ? close(verified.enterpriseId(), verified.at()) : List.of());

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Reactions reactions() {
        return REACTIONS;
    }

    /** No warning waits for an alarm of data only. */
    private static List<Command> close(AlarmEvent over, Instant at) {
        return AlarmId.FORM.parse(over.alarmId()).ofDataOnly() ? List.of() : close(over.enterpriseId(), at);
    }

    private static List<Command> close(String enterpriseId, Instant at) {
        return List.of(new CloseWarningWhenDone(new EnterpriseId(enterpriseId), at));
    }
}
