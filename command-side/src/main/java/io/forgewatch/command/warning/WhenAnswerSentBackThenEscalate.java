package io.forgewatch.command.warning;

import io.forgewatch.command.decision.Automation;
import io.forgewatch.command.decision.Command;
import io.forgewatch.command.decision.Reactions;
import io.forgewatch.command.warning.WarningCommand.EscalateOverdue;
import io.forgewatch.event.feedback.FeedbackEvent.FeedbackReturned;
import io.forgewatch.event.warning.WarningEvent.WarningVerified;
import io.forgewatch.event.warning.WarningId;
import java.time.Instant;
import java.util.List;

/**
 * An answer that is sent back 退回, or a verification that fails, leaves the thing undone as if it had never been given. The dates
 * of the demand that passed in between found it given, and told nobody: they are told now.
 */
public final class WhenAnswerSentBackThenEscalate implements Automation {

    /** As it is stored. */
    public static final String NAME = "WhenAnswerSentBackThenEscalate";

    private static final Reactions REACTIONS = Reactions.NONE
            .then(FeedbackReturned.class, back -> escalate(back.warningId(), back.at()))
            .then(
                    WarningVerified.class,
                    verified -> verified.passed() ? List.of() : escalate(verified.warningId(), verified.at()));

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Reactions reactions() {
        return REACTIONS;
    }

    private static List<Command> escalate(String warningId, Instant at) {
        return List.of(new EscalateOverdue(WarningId.FORM.parse(warningId), at));
    }
}
