package io.forgewatch.command.warning;

import io.forgewatch.command.decision.Automation;
import io.forgewatch.command.decision.DueDate;
import io.forgewatch.command.warning.WarningCommand.EscalateWarning;
import io.forgewatch.command.warning.WarningRules.Escalation;
import io.forgewatch.event.DomainEvent;
import io.forgewatch.event.RecordedEvent;
import io.forgewatch.event.risk.RiskLevel;
import io.forgewatch.event.warning.WarningEvent.WarningIssued;
import io.forgewatch.event.warning.WarningEvent.WarningSegmentAdded;
import io.forgewatch.event.warning.WarningId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** When a warning reaches a level, that level's deadlines begin to run; one that is missed tells the next tier. */
public final class WhenWarningIssuedThenWatchDeadlines implements Automation {

    private final WarningRules rules;

    public WhenWarningIssuedThenWatchDeadlines(WarningRules rules) {
        this.rules = rules;
    }

    @Override
    public Set<Class<? extends DomainEvent>> on() {
        return Set.of(WarningIssued.class, WarningSegmentAdded.class);
    }

    @Override
    public List<DueDate> due(RecordedEvent event) {
        return switch (event.event()) {
            case WarningIssued issued -> due(issued.warningId(), issued.level(), issued.at());
            case WarningSegmentAdded added -> due(added.warningId(), added.level(), added.at());
            default -> List.of();
        };
    }

    private List<DueDate> due(String warningId, RiskLevel level, Instant from) {
        return rules.escalations(level).stream()
                .map(escalation -> due(warningId, level, from, escalation))
                .toList();
    }

    /** The key knows only the level, so that a further segment at the same level does not start anew. */
    private static DueDate due(String warningId, RiskLevel level, Instant from, Escalation escalation) {
        Instant at = from.plus(Duration.ofMinutes(escalation.afterMinutes()));
        return new DueDate(
                warningId + "/" + level + "/" + escalation.missed() + "/" + escalation.afterMinutes(),
                at,
                new EscalateWarning(WarningId.parse(warningId), escalation.missed(), escalation.to(), at));
    }
}
