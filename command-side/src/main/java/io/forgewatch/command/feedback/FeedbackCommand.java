package io.forgewatch.command.feedback;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.forgewatch.command.decision.Command;
import io.forgewatch.command.decision.CommandName;
import io.forgewatch.command.personal.Confided;
import io.forgewatch.event.warning.WarningId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What can be asked of the answers 反馈 to a warning. */
public sealed interface FeedbackCommand extends Command {

    WarningId warning();

    /**
     * @param demand number of the demand that it answers, null for the newest
     * @param person 责任人, who answers for it at the enterprise
     * @param occurredAt when the cause occurred; not in the future
     */
    @CommandName("SubmitFeedback")
    record SubmitFeedback(
            WarningId warning,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Integer demand,

            String cause,
            String measures,
            Confided person,
            Instant occurredAt,
            String by,
            Instant at)
            implements FeedbackCommand {}

    @CommandName("AcceptFeedback")
    record AcceptFeedback(WarningId warning, int number, String by, Instant at) implements FeedbackCommand {}

    @CommandName("ReturnFeedback")
    record ReturnFeedback(WarningId warning, int number, String reason, String by, Instant at)
            implements FeedbackCommand {}
}
