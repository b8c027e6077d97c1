package io.forgewatch.command.warning;

import io.forgewatch.command.decision.Automation;
import io.forgewatch.command.decision.Reactions;
import io.forgewatch.command.warning.WarningCommand.ConsiderWarning;
import io.forgewatch.event.enterprise.EnterpriseId;
import io.forgewatch.event.risk.RiskEvent.RiskAssessed;
import java.util.List;

/**
 * From yellow on, people are told: a warning, or a further segment of the open one. Whether there is something to tell where the
 * level is blue again by then is for the warning to say.
 */
public final class WhenRiskRisesThenIssueWarning implements Automation {

    /** As it is stored. */
    public static final String NAME = "WhenRiskRisesThenIssueWarning";

    private static final Reactions REACTIONS = Reactions.NONE.then(
            RiskAssessed.class,
            assessed -> List.of(new ConsiderWarning(new EnterpriseId(assessed.enterpriseId()), assessed.at())));

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Reactions reactions() {
        return REACTIONS;
    }
}
