package io.forgewatch.command.warning;

import io.forgewatch.command.decision.Automation;
import io.forgewatch.command.decision.Command;
import io.forgewatch.command.warning.WarningCommand.EscalateOverdue;
import io.forgewatch.event.DomainEvent;
import io.forgewatch.event.RecordedEvent;
import io.forgewatch.event.feedback.FeedbackEvent.FeedbackReturned;
import io.forgewatch.event.warning.WarningEvent.WarningVerified;
import io.forgewatch.event.warning.WarningId;
import java.util.List;
import java.util.Set;

/**
 * An answer that is sent back 退回, or a verification that fails, leaves the thing undone as if it had never been given. The dates
 * of the demand that passed in between found it given, and told nobody: they are told now.
 */
public final class WhenAnswerSentBackThenEscalate implements Automation {

    /** As it is stored. */
    public static final String NAME = "WhenAnswerSentBackThenEscalate";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Set<Class<? extends DomainEvent>> on() {
        return Set.of(FeedbackReturned.class, WarningVerified.class);
    }

    @Override
    public List<Command> then(RecordedEvent event) {
        return switch (event.event()) {
            case FeedbackReturned back -> List.of(new EscalateOverdue(WarningId.FORM.parse(back.warningId()), back.at()));
            case WarningVerified verified ->
                verified.passed()
                        ? List.of()
                        : List.of(new EscalateOverdue(WarningId.FORM.parse(verified.warningId()), verified.at()));
            default -> List.of();
        };
    }
}
