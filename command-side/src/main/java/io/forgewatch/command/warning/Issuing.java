package io.forgewatch.command.warning;

import io.forgewatch.command.decision.Decision;
import io.forgewatch.command.warning.WarningCommand.ConsiderWarning;
import io.forgewatch.event.risk.RiskLevel;
import io.forgewatch.event.warning.Deadlines;
import io.forgewatch.event.warning.Demand;
import io.forgewatch.event.warning.WarningEvent.WarningIssued;
import io.forgewatch.event.warning.WarningEvent.WarningSegmentAdded;
import io.forgewatch.event.warning.WarningId;
import io.forgewatch.event.warning.WarningStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** When a warning is issued, when it gets a further segment, and which segments demand something (dossier §5). */
final class Issuing {

    /** A segment names so many alarms at most, and counts the others. */
    static final int MOST_NAMED = 50;

    private final WarningRules rules;
    private final Demanding demanding;
    private final WarningMessage message;

    Issuing(WarningRules rules, WarningMessage message) {
        this.rules = rules;
        this.demanding = new Demanding(rules);
        this.message = message;
    }

    /**
     * Blue is shown and never pushed, but for a grave alarm that nobody was told of while the risk was higher; an open warning then
     * waits as it is until it can close.
     */
    Decision consider(WarningState state, ConsiderWarning command) {
        OpenWarning open = state.open();
        if (open != null) {
            return consider(state, open, command.at());
        }
        return state.level().above(RiskLevel.BLUE)
                        || state.owesAWarning(rules.pace().again())
                ? Decision.accepted(issued(state, command))
                : Decision.nothing();
    }

    /** Whether a demand waits whose time has come. */
    boolean isDue(WarningState state, Instant at) {
        OpenWarning open = state.open();
        return open != null && open.demandsAt() != null && !at.isBefore(open.demandsAt());
    }

    /** What nobody was told of counts once as it was at its worst. */
    private RiskLevel level(WarningState state, boolean untold, RiskLevel least) {
        RiskLevel level = untold && state.worst().above(state.level()) ? state.worst() : state.level();
        return level.above(least) ? level : least;
    }

    private WarningIssued issued(WarningState state, ConsiderWarning command) {
        RiskLevel level = level(state, state.owesAWarning(rules.pace().again()), RiskLevel.YELLOW);
        Demand demand = demanding.first(level, command.at());
        List<NotedAlarm> alarms = state.worstFirst();
        return new WarningIssued(
                new WarningId(command.enterprise().value(), state.issued() + 1).toString(),
                level,
                state.index(),
                message.text(level, state.index(), notes(alarms), alarms.size(), demand.deadlines()),
                named(alarms),
                alarms.size(),
                alarms.size(),
                demand,
                command.at().plus(rules.pace().gather()),
                command.at());
    }

    private Decision consider(WarningState state, OpenWarning open, Instant at) {
        boolean due = isDue(state, at);
        boolean owes = state.owesNews(rules.pace().again());
        if (!state.level().above(RiskLevel.BLUE) && !due && !owes) {
            return Decision.nothing();
        }
        Situation now = new Situation(
                state,
                open,
                level(state, owes, RiskLevel.BLUE),
                state.news(rules.pace().again()),
                due,
                at);
        if (!now.isNews() || (open.pushed().gathers(at) && !now.rises() && !due)) {
            return Decision.nothing();
        }
        return Decision.accepted(segment(now));
    }

    private WarningSegmentAdded segment(Situation now) {
        WarningState state = now.state();
        OpenWarning open = now.open();
        boolean asks = demanding.asks(now);
        Demand demand = asks && demanding.may(now) ? demanding.next(now) : null;
        List<NotedAlarm> about = demand == null ? now.news() : withWaiting(now);
        return new WarningSegmentAdded(
                open.id(),
                now.level(),
                state.index(),
                message.text(
                        now.level(),
                        state.index(),
                        notes(headed(state, about)),
                        state.alarms().size(),
                        demand == null ? owed(open, now.at()) : demand.deadlines()),
                named(about),
                about.size(),
                state.alarms().size(),
                demand,
                asks && demand == null ? demanding.earliest(open) : null,
                now.at().plus(window(now)),
                now.at());
    }

    /** Whoever reads only the newest words must read first what is worst of all that is open. */
    private static List<NotedAlarm> headed(WarningState state, List<NotedAlarm> about) {
        return Stream.concat(state.worstFirst().stream().limit(about.isEmpty() ? MOST_NAMED : 1), about.stream())
                .distinct()
                .toList();
    }

    /** What is asked for still, where a segment asks for nothing new: until it is signed, by when. */
    private static @Nullable Deadlines owed(OpenWarning open, Instant at) {
        Deadlines asked = open.progress().demand().deadlines();
        boolean unsigned = open.progress().status() == WarningStatus.UNSIGNED;
        return unsigned && asked.sign().isAfter(at) ? asked : null;
    }

    /** A demand is about what waited for it, too. */
    private static List<NotedAlarm> withWaiting(Situation now) {
        return Stream.concat(
                        now.news().stream(),
                        now.open().waiting().stream().map(now.state().alarms()::get))
                .filter(alarm -> alarm != null)
                .distinct()
                .sorted(NotedAlarm.WORST_FIRST)
                .toList();
    }

    /** While a storm lasts, in which several come within the time, there are fewer and fewer segments, down to the slowest pace. */
    private Duration window(Situation now) {
        OpenWarning.Pushed pushed = now.open().pushed();
        Duration twice = pushed.window().multipliedBy(2);
        Duration most = rules.pace().mostGather();
        boolean lasts = now.news().size() > 1
                && pushed.window().isPositive()
                && Duration.between(pushed.at(), now.at()).compareTo(twice) <= 0;
        return lasts ? (twice.compareTo(most) < 0 ? twice : most) : rules.pace().gather();
    }

    private static List<String> named(List<NotedAlarm> alarms) {
        return alarms.stream()
                .limit(MOST_NAMED)
                .map(alarm -> alarm.note().alarmId())
                .toList();
    }

    private static List<AlarmNote> notes(List<NotedAlarm> alarms) {
        return alarms.stream().map(NotedAlarm::note).toList();
    }

    /**
     * An open warning at the moment at which it is looked at.
     *
     * @param risk as it is, or where people are told of it only now, as it was at its worst
     * @param news what people were not told of, worst first
     * @param due whether the time has come at which what was told makes a demand
     */
    record Situation(
            WarningState state, OpenWarning open, RiskLevel risk, List<NotedAlarm> news, boolean due, Instant at) {

        /** What waits for its demand keeps its level, should the risk have become blue meanwhile. */
        RiskLevel level() {
            return risk.above(RiskLevel.BLUE) ? risk : open.progress().level();
        }

        /** Whether risk was lower since people were told of it. */
        boolean rises() {
            return risk.above(open.lowest());
        }

        boolean isNews() {
            return !news.isEmpty() || level() != open.progress().level() || rises() || open.worse() || due;
        }
    }
}
