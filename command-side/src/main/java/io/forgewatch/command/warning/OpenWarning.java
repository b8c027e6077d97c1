package io.forgewatch.command.warning;

import io.forgewatch.event.feedback.FeedbackEvent;
import io.forgewatch.event.risk.RiskEvent.Held;
import io.forgewatch.event.risk.RiskLevel;
import io.forgewatch.event.warning.DeadlineKind;
import io.forgewatch.event.warning.Demand;
import io.forgewatch.event.warning.WarningEvent;
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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A warning that is not closed.
 *
 * @param lowest the lowest level of risk since the newest segment: a level above it is a rise
 * @param worse whether a rule holds, since the newest segment, that did not since the newest demand: whatever the index says
 * @param rules which rules above yellow held since then, on which alarms, and were told
 * @param pushed when the newest segment was
 * @param waiting alarms that were told and make a demand at {@code demandsAt}; at most those that segments named
 * @param told of what tiers were told, the newest last
 */
public record OpenWarning(
        String id,
        WarningProgress progress,
        RiskLevel lowest,
        boolean worse,
        Set<Held> rules,
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
                risk.rules(),
                new Pushed(issued.at(), issued.gathersUntil()),
                Set.of(),
                null,
                Set.of());
    }

    OpenWarning added(WarningSegmentAdded added, WarningState risk) {
        WarningProgress after = progress.after(added);
        boolean demands = after.demand().number() != progress.demand().number();
        return new OpenWarning(
                id,
                after,
                lower(added.level(), risk.level()),
                false,
                demands ? risk.rules() : told(risk),
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

    OpenWarning assessed(RiskLevel level, Set<Held> grave) {
        return new OpenWarning(
                id,
                progress,
                lower(lowest, level),
                worse || !rules.containsAll(grave),
                rules,
                pushed,
                waiting,
                demandsAt,
                told);
    }

    /** Of alarms that are over nothing holds ever again. */
    private Set<Held> told(WarningState risk) {
        return Stream.concat(rules.stream(), risk.rules().stream())
                .filter(held -> risk.alarms().containsKey(held.alarmId()))
                .collect(Collectors.toUnmodifiableSet());
    }

    OpenWarning after(WarningEvent event) {
        return at(progress.after(event));
    }

    OpenWarning after(FeedbackEvent event) {
        return at(progress.after(event));
    }

    private OpenWarning at(WarningProgress next) {
        return new OpenWarning(id, next, lowest, worse, rules, pushed, waiting, demandsAt, told);
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
        return new OpenWarning(id, progress, lowest, worse, rules, pushed, waiting, demandsAt, newest);
    }

    private static RiskLevel lower(RiskLevel one, RiskLevel other) {
        return one.above(other) ? other : one;
    }
}
