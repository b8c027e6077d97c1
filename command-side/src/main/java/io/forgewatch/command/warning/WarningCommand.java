package io.forgewatch.command.warning;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.forgewatch.command.decision.Command;
import io.forgewatch.command.decision.CommandName;
import io.forgewatch.command.decision.LookAgain;
import io.forgewatch.event.enterprise.EnterpriseId;
import io.forgewatch.event.warning.DeadlineKind;
import io.forgewatch.event.warning.WarningId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What can be asked of an enterprise's warnings 预警, of which at most one is open. */
public sealed interface WarningCommand extends Command {

    EnterpriseId enterprise();

    /** What concerns one warning. */
    sealed interface OfOne extends WarningCommand {
        WarningId warning();

        @Override
        default EnterpriseId enterprise() {
            return new EnterpriseId(warning().enterpriseId());
        }
    }

    /** Issues a warning, or adds a segment to the open one, where the level or a further alarm asks for it. */
    @CommandName("ConsiderWarning")
    record ConsiderWarning(EnterpriseId enterprise, Instant at) implements WarningCommand, LookAgain {}

    /** Closes the open warning if all that the rules ask for is there. */
    @CommandName("CloseWarningWhenDone")
    record CloseWarningWhenDone(EnterpriseId enterprise, Instant at) implements WarningCommand, LookAgain {}

    /** 签收. */
    @CommandName("SignWarning")
    record SignWarning(WarningId warning, String by, Instant at) implements OfOne {}

    /** 核查. */
    @CommandName("VerifyWarning")
    record VerifyWarning(WarningId warning, boolean passed, String note, String by, Instant at) implements OfOne {}

    /**
     * A time has come at which something should have been done; nothing follows when it was.
     *
     * @param demand number of the demand that asked for it; null in dates that were entered before demands had numbers
     */
    @CommandName("EscalateWarning")
    record EscalateWarning(
            WarningId warning,
            DeadlineKind missed,
            Tier to,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Integer demand,

            Instant at)
            implements OfOne {}

    /**
     * What was given was sent back: whatever the newest demand is missing again and whose time has passed meanwhile is told now.
     * What is still to come has its dates.
     */
    @CommandName("EscalateOverdue")
    record EscalateOverdue(WarningId warning, Instant at) implements OfOne {}
}
