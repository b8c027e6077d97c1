package io.forgewatch.command.warning;

import io.forgewatch.event.DomainEvent;
import io.forgewatch.event.risk.RiskEvent.RiskAssessed;
import io.forgewatch.event.risk.RiskLevel;
import io.forgewatch.event.risk.RiskOverride;
import io.forgewatch.event.warning.DeadlineKind;
import io.forgewatch.event.warning.Demand;
import io.forgewatch.event.warning.WarningEvent.WarningEscalated;
import io.forgewatch.event.warning.WarningEvent.WarningIssued;
import io.forgewatch.event.warning.WarningEvent.WarningSegmentAdded;
import io.forgewatch.event.warning.WarningProgress;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A warning that is not closed.
 *
 * @param lowest the lowest level of risk since the newest segment: a level above it is a rise
 * @param worse whether a rule has set the level, since the newest segment, that had not done so since the newest demand
 * @param rule the gravest rule that did since then and was told; null when none did
 * @param pushed when the newest segment was
 * @param waiting alarms that were told and make a demand at {@code demandsAt}; at most those that segments named
 * @param told of what tiers were told, the newest last
 */
public record OpenWarning(
        String id,
        WarningProgress progress,
        RiskLevel lowest,
        boolean worse,
        @Nullable RiskOverride rule,
        Pushed pushed,
        Set<String> waiting,
        @Nullable Instant demandsAt,
        Set<Told> told) {

    private static final int MOST_WAITING = 50;
    /** A demand makes at most three; what is older has had its time. */
    private static final int MOST_TOLD = 60;

    public OpenWarning {
        told = Collections.unmodifiableSet(new LinkedHashSet<>(told));
    }

    /** A tier heard that what a demand asked for was missed. */
    public record Told(int demand, DeadlineKind missed, Tier to) {

        /** Whether it says nothing beyond another that was told. */
        boolean isContained(Told known) {
            boolean newer = known.demand > demand && known.missed == missed && known.to.compareTo(to) >= 0;
            return newer || known.equals(this);
        }
    }

    /**
     * When a segment was pushed, and until when what follows it is gathered.
     */
    public record Pushed(Instant at, Instant gathersUntil) {

        /** A clock that was set back gathers nothing. */
        boolean gathers(Instant now) {
            return !now.isBefore(at) && now.isBefore(gathersUntil);
        }

        Duration window() {
            return Duration.between(at, gathersUntil);
        }
    }

    /** @param risk as it was when that was decided: it may be lower than what is told of its worst */
    static OpenWarning issued(WarningIssued issued, WarningState risk) {
        return new OpenWarning(
                issued.warningId(),
                WarningProgress.issued(issued),
                lower(issued.level(), risk.level()),
                false,
                risk.override(),
                new Pushed(issued.at(), issued.gathersUntil()),
                Set.of(),
                null,
                Set.of());
    }

    OpenWarning added(WarningSegmentAdded added, WarningState risk) {
        RiskOverride now = risk.override();
        WarningProgress after = progress.after(added);
        boolean demands = after.demand().number() != progress.demand().number();
        return new OpenWarning(
                id,
                after,
                lower(added.level(), risk.level()),
                false,
                demands ? now : graver(rule, now),
                new Pushed(added.at(), added.gathersUntil()),
                demands || added.demandsAt() == null ? Set.of() : waiting(added),
                demands ? null : added.demandsAt(),
                told);
    }

    private Set<String> waiting(WarningSegmentAdded added) {
        Set<String> all = new LinkedHashSet<>(waiting);
        added.alarms().stream().limit(Math.max(0, MOST_WAITING - all.size())).forEach(all::add);
        return all;
    }

    /** An index that falls may lay bare a rule that held before: that is no news. */
    OpenWarning assessed(RiskAssessed assessed, double before) {
        RiskOverride now = assessed.override();
        boolean arose = now != null
                && now.level().above(RiskLevel.YELLOW)
                && (rule == null || now.compareTo(rule) > 0)
                && assessed.index() >= before;
        return new OpenWarning(
                id, progress, lower(lowest, assessed.level()), worse || arose, rule, pushed, waiting, demandsAt, told);
    }

    OpenWarning after(DomainEvent event) {
        return new OpenWarning(id, progress.after(event), lowest, worse, rule, pushed, waiting, demandsAt, told);
    }

    OpenWarning escalated(WarningEscalated escalated) {
        int named = escalated.demand();
        Set<Told> all = new LinkedHashSet<>(told);
        all.add(new Told(
                named == Demand.UNNUMBERED ? progress.demand().number() : named,
                escalated.missed(),
                Tier.valueOf(escalated.to())));
        Set<Told> newest = all.stream()
                .skip(Math.max(0, all.size() - MOST_TOLD))
                .collect(Collectors.toCollection(LinkedHashSet::new));
        return new OpenWarning(id, progress, lowest, worse, rule, pushed, waiting, demandsAt, newest);
    }

    private static RiskLevel lower(RiskLevel one, RiskLevel other) {
        return one.above(other) ? other : one;
    }

    private static @Nullable RiskOverride graver(@Nullable RiskOverride one, @Nullable RiskOverride other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.compareTo(other) >= 0 ? one : other;
    }
}
