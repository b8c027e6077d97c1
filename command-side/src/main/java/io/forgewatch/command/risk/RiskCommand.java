package io.forgewatch.command.risk;

import io.forgewatch.command.decision.Command;
import io.forgewatch.command.decision.CommandName;
import io.forgewatch.command.decision.LookAgain;
import io.forgewatch.event.enterprise.EnterpriseId;
import java.time.Instant;

/** What can be asked of an enterprise's risk 风险. */
public sealed interface RiskCommand extends Command {

    EnterpriseId enterprise();

    /**
     * Computes the index and the level anew; nothing follows when both are as they were.
     *
     * @param at the moment to compute it for; one before the newest alarm event is taken as that
     */
    @CommandName("AssessRisk")
    record AssessRisk(EnterpriseId enterprise, Instant at) implements RiskCommand, LookAgain {}
}
