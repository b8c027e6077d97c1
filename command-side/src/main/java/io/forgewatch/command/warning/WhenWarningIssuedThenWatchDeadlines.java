package io.forgewatch.command.warning;

import io.forgewatch.command.decision.Automation;
import io.forgewatch.command.decision.DueDate;
import io.forgewatch.command.decision.Reactions;
import io.forgewatch.command.warning.WarningCommand.ConsiderWarning;
import io.forgewatch.command.warning.WarningCommand.EscalateWarning;
import io.forgewatch.command.warning.WarningRules.Escalation;
import io.forgewatch.event.enterprise.EnterpriseId;
import io.forgewatch.event.risk.RiskLevel;
import io.forgewatch.event.warning.Demand;
import io.forgewatch.event.warning.WarningEvent.WarningIssued;
import io.forgewatch.event.warning.WarningEvent.WarningSegmentAdded;
import io.forgewatch.event.warning.WarningId;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * With each demand its deadlines begin to run; one that is missed tells the next tier. What follows a segment closely is told when
 * that time is over, and what was told too soon after a demand makes one when it may: so the warning is considered then.
 */
public final class WhenWarningIssuedThenWatchDeadlines implements Automation {

    /** As it is stored. */
    public static final String NAME = "WhenWarningIssuedThenWatchDeadlines";

    private final WarningRules rules;
    private final Reactions reactions;

    public WhenWarningIssuedThenWatchDeadlines(WarningRules rules) {
        this.rules = rules;
        this.reactions = Reactions.NONE
                .due(WarningIssued.class, this::issued)
                .due(WarningSegmentAdded.class, this::added);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Reactions reactions() {
        return reactions;
    }

    private List<DueDate> issued(WarningIssued issued) {
        return Stream.concat(
                        deadlines(issued.warningId(), issued.level(), issued.demand(), issued.at()),
                        looks(issued.warningId(), issued.at(), issued.gathersUntil()))
                .toList();
    }

    private List<DueDate> added(WarningSegmentAdded added) {
        return Stream.of(
                        deadlines(added.warningId(), added.level(), added.demand(), added.at()),
                        looks(added.warningId(), added.at(), added.gathersUntil()),
                        demands(added.warningId(), added.demandsAt()))
                .flatMap(dates -> dates)
                .toList();
    }

    private Stream<DueDate> deadlines(String warningId, RiskLevel level, @Nullable Demand demand, Instant from) {
        return demand == null
                ? Stream.empty()
                : rules.escalations(level).stream()
                        .map(escalation -> due(
                                warningId,
                                demand.number() == Demand.UNNUMBERED ? null : demand.number(),
                                level,
                                from,
                                escalation));
    }

    /**
     * What was stored before demands had numbers keeps the key that it had then, by level, so that read again it enters nothing
     * twice.
     */
    private DueDate due(
            String warningId, @Nullable Integer demand, RiskLevel level, Instant from, Escalation escalation) {
        Instant at = rules.due(escalation, from);
        return new DueDate(
                warningId + "/" + (demand == null ? level : "D" + demand) + "/" + escalation.missed() + "/"
                        + escalation.afterMinutes(),
                at,
                new EscalateWarning(WarningId.FORM.parse(warningId), escalation.missed(), escalation.to(), demand, at));
    }

    /** Once when the time is over, once more a little later: by another clock what came last may have come within it still. */
    private Stream<DueDate> looks(String warningId, Instant at, Instant gathersUntil) {
        return gathersUntil.isAfter(at)
                ? Stream.of(gathersUntil, gathersUntil.plus(rules.pace().look()))
                        .map(moment -> consider(warningId, "LOOK", moment))
                : Stream.empty();
    }

    private static Stream<DueDate> demands(String warningId, @Nullable Instant demandsAt) {
        return demandsAt == null ? Stream.empty() : Stream.of(consider(warningId, "DEMAND", demandsAt));
    }

    private static DueDate consider(String warningId, String why, Instant moment) {
        return new DueDate(
                warningId + "/" + why + "/" + moment.toEpochMilli(),
                moment,
                new ConsiderWarning(EnterpriseId.of(warningId), moment));
    }
}
