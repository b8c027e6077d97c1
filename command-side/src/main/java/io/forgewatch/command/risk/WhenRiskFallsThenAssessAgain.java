package io.forgewatch.command.risk;

import io.forgewatch.command.decision.Automation;
import io.forgewatch.command.decision.DueDate;
import io.forgewatch.command.decision.Reactions;
import io.forgewatch.command.risk.RiskCommand.AssessRisk;
import io.forgewatch.event.enterprise.EnterpriseId;
import io.forgewatch.event.risk.RiskEvent.RiskAssessed;
import io.forgewatch.event.risk.RiskLevel;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/** A level is left only when the index was clearly below it for ten minutes: so it is looked at again ten minutes after it fell. */
public final class WhenRiskFallsThenAssessAgain implements Automation {

    /** As it is stored. */
    public static final String NAME = "WhenRiskFallsThenAssessAgain";

    private final RiskModel model;
    private final Reactions reactions;

    public WhenRiskFallsThenAssessAgain(RiskModel model) {
        this.model = model;
        this.reactions = Reactions.NONE.due(
                RiskAssessed.class, assessed -> mayFall(assessed) ? again(assessed) : List.of());
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Reactions reactions() {
        return reactions;
    }

    private boolean mayFall(RiskAssessed assessed) {
        return assessed.level().above(RiskLevel.BLUE)
                && model.isClearlyBelow(assessed.level(), BigDecimal.valueOf(assessed.index()));
    }

    private List<DueDate> again(RiskAssessed assessed) {
        Instant at = assessed.at().plus(model.falling());
        String key = assessed.enterpriseId() + "/ASSESS/" + assessed.at().toEpochMilli();
        return List.of(new DueDate(key, at, new AssessRisk(new EnterpriseId(assessed.enterpriseId()), at)));
    }
}
