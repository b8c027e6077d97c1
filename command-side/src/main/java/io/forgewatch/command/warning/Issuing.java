package io.forgewatch.command.warning;

import io.forgewatch.command.decision.Decision;
import io.forgewatch.command.warning.WarningCommand.ConsiderWarning;
import io.forgewatch.event.risk.RiskLevel;
import io.forgewatch.event.warning.Deadlines;
import io.forgewatch.event.warning.WarningEvent.WarningIssued;
import io.forgewatch.event.warning.WarningEvent.WarningSegmentAdded;
import io.forgewatch.event.warning.WarningId;
import java.time.Instant;
import java.util.List;

/** When a warning is issued and when it gets a further segment. */
final class Issuing {

    private final WarningRules rules;
    private final WarningMessage message;

    Issuing(WarningRules rules, WarningMessage message) {
        this.rules = rules;
        this.message = message;
    }

    /** Blue is shown and never pushed; an open warning then waits as it is until it can close. */
    Decision consider(WarningState state, ConsiderWarning command) {
        if (!state.level().above(RiskLevel.BLUE)) {
            return Decision.nothing();
        }
        WarningState.Open open = state.open();
        List<AlarmNote> alarms = state.worstFirst();
        List<String> ids = alarms.stream().map(AlarmNote::alarmId).toList();
        if (open == null) {
            Deadlines deadlines = rules.deadlines(state.level(), command.at());
            WarningId id = new WarningId(command.enterprise().value(), state.issued() + 1);
            return Decision.accepted(new WarningIssued(
                    id.toString(),
                    state.level(),
                    state.index(),
                    message.text(state.level(), state.index(), alarms, deadlines),
                    ids,
                    deadlines,
                    command.at()));
        }
        if (open.progress().level() == state.level() && open.alarms().containsAll(ids)) {
            return Decision.nothing();
        }
        Deadlines deadlines = sooner(open.deadlines(), rules.deadlines(state.level(), command.at()));
        return Decision.accepted(new WarningSegmentAdded(
                open.id(),
                state.level(),
                state.index(),
                message.text(state.level(), state.index(), alarms, deadlines),
                ids,
                deadlines,
                command.at()));
    }

    /** A rise brings deadlines nearer; neither a fall nor a further alarm puts them off. */
    private static Deadlines sooner(Deadlines known, Deadlines asked) {
        return new Deadlines(
                earlier(known.sign(), asked.sign()),
                earlier(known.feedback(), asked.feedback()),
                earlier(known.resolve(), asked.resolve()));
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
