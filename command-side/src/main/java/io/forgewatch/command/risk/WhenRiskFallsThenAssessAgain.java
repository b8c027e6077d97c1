package io.forgewatch.command.risk;

import io.forgewatch.command.decision.Automation;
import io.forgewatch.command.decision.DueDate;
import io.forgewatch.command.risk.RiskCommand.AssessRisk;
import io.forgewatch.event.DomainEvent;
import io.forgewatch.event.RecordedEvent;
import io.forgewatch.event.enterprise.EnterpriseId;
import io.forgewatch.event.risk.RiskEvent.RiskAssessed;
import io.forgewatch.event.risk.RiskLevel;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** A level is left only when the index was clearly below it for ten minutes: so it is looked at again ten minutes after it fell. */
public final class WhenRiskFallsThenAssessAgain implements Automation {

    /** As it is stored. */
    public static final String NAME = "WhenRiskFallsThenAssessAgain";

    private final RiskModel model;

    public WhenRiskFallsThenAssessAgain(RiskModel model) {
        this.model = model;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Set<Class<? extends DomainEvent>> on() {
        return Set.of(RiskAssessed.class);
    }

    @Override
    public List<DueDate> due(RecordedEvent event) {
        return event.event() instanceof RiskAssessed assessed && mayFall(assessed) ? due(assessed) : List.of();
    }

    private boolean mayFall(RiskAssessed assessed) {
        return assessed.level().above(RiskLevel.BLUE)
                && model.isClearlyBelow(assessed.level(), BigDecimal.valueOf(assessed.index()));
    }

    private List<DueDate> due(RiskAssessed assessed) {
        Instant at = assessed.at().plus(model.falling());
        String key = assessed.enterpriseId() + "/ASSESS/" + assessed.at().toEpochMilli();
        return List.of(new DueDate(key, at, new AssessRisk(new EnterpriseId(assessed.enterpriseId()), at)));
    }
}
