package io.forgewatch.command.warning;

import io.forgewatch.command.decision.Decider;
import io.forgewatch.command.decision.Decision;
import io.forgewatch.command.decision.Sourcing;
import io.forgewatch.command.warning.WarningCommand.CloseWarningWhenDone;
import io.forgewatch.command.warning.WarningCommand.ConsiderWarning;
import io.forgewatch.command.warning.WarningCommand.EscalateOverdue;
import io.forgewatch.command.warning.WarningCommand.EscalateWarning;
import io.forgewatch.command.warning.WarningCommand.SignWarning;
import io.forgewatch.command.warning.WarningCommand.VerifyWarning;
import io.forgewatch.event.Tag;
import io.forgewatch.event.alarm.AlarmEvent.AlarmBreachedAgain;
import io.forgewatch.event.alarm.AlarmEvent.AlarmCleared;
import io.forgewatch.event.alarm.AlarmEvent.AlarmEnded;
import io.forgewatch.event.alarm.AlarmEvent.AlarmRaised;
import io.forgewatch.event.alarm.AlarmEvent.AlarmReturned;
import io.forgewatch.event.alarm.AlarmEvent.AlarmUpgraded;
import io.forgewatch.event.equipment.Catalogue;
import io.forgewatch.event.feedback.FeedbackEvent;
import io.forgewatch.event.risk.RiskEvent.RiskAssessed;
import io.forgewatch.event.warning.WarningEvent;
import io.forgewatch.event.warning.WarningEvent.WarningClosed;
import io.forgewatch.event.warning.WarningEvent.WarningEscalated;
import io.forgewatch.event.warning.WarningEvent.WarningIssued;
import io.forgewatch.event.warning.WarningEvent.WarningSegmentAdded;
import io.forgewatch.event.warning.WarningEvent.WarningSigned;
import io.forgewatch.event.warning.WarningEvent.WarningVerified;
import io.forgewatch.event.warning.WarningId;

/** The warnings 预警 of an enterprise (dossier §5), of which at most one is open. */
public final class Warning implements Decider<WarningState, WarningCommand> {

    private static final Sourcing<WarningState> SOURCING = Sourcing.from(WarningState.EMPTY)
            .on(WarningEvent.class, Tag::within, Warning::after)
            .on(FeedbackEvent.class, Tag::within, Warning::answered)
            .on(RiskAssessed.class, Tag::within, WarningState::assessed)
            .on(AlarmRaised.class, Tag::within, WarningState::raised)
            .on(AlarmUpgraded.class, Tag::within, Warning::upgraded)
            .on(AlarmReturned.class, Tag::within, Warning::returned)
            .on(AlarmBreachedAgain.class, Tag::within, Warning::breachedAgain)
            .on(AlarmCleared.class, Tag::within, (state, over) -> state.without(over.alarmId(), over.at()))
            .on(AlarmEnded.class, Tag::within, (state, over) -> state.without(over.alarmId(), over.at()));

    private final Issuing issuing;
    private final Handling handling;

    public Warning(Catalogue catalogue, WarningRules rules) {
        this.issuing = new Issuing(rules, new WarningMessage(catalogue, rules));
        this.handling = new Handling(rules);
    }

    @Override
    public String name() {
        return "warning";
    }

    @Override
    public Class<WarningCommand> commands() {
        return WarningCommand.class;
    }

    @Override
    public String key(WarningCommand command) {
        return command.enterprise().value();
    }

    @Override
    public Sourcing<WarningState> sourcing() {
        return SOURCING;
    }

    @Override
    public Decision decide(WarningState state, WarningCommand command) {
        return switch (command) {
            case ConsiderWarning consider -> issuing.consider(state, consider);
            case CloseWarningWhenDone close ->
                issuing.isDue(state, close.at())
                        ? issuing.consider(state, new ConsiderWarning(close.enterprise(), close.at()))
                        : handling.closeWhenDone(state, close);
            case SignWarning sign -> handling.sign(state, sign);
            case VerifyWarning verify -> handling.verify(state, verify);
            case EscalateWarning escalate -> handling.escalate(state, escalate);
            case EscalateOverdue overdue -> handling.escalate(state, overdue);
        };
    }

    private static WarningState upgraded(WarningState state, AlarmUpgraded upgraded) {
        return state.changed(upgraded.alarmId(), alarm -> alarm.upgraded(upgraded));
    }

    private static WarningState returned(WarningState state, AlarmReturned returned) {
        return state.changed(returned.alarmId(), alarm -> alarm.returned(returned.at()));
    }

    private static WarningState breachedAgain(WarningState state, AlarmBreachedAgain again) {
        return state.changed(again.alarmId(), alarm -> alarm.breachedAgain(again.at()));
    }

    private static WarningState answered(WarningState state, FeedbackEvent event) {
        OpenWarning open = state.open();
        return open != null && event.warningId().equals(open.id()) ? state.with(open.after(event)) : state;
    }

    private static WarningState after(WarningState state, WarningEvent event) {
        OpenWarning open = state.open();
        if (event instanceof WarningIssued issued) {
            return state.opened(WarningId.FORM.parse(issued.warningId()).number(), OpenWarning.issued(issued, state));
        }
        if (open == null) {
            return state;
        }
        return switch (event) {
            case WarningIssued _ -> state;
            case WarningSegmentAdded added ->
                state.with(open.added(added, state)).allTold();
            case WarningEscalated escalated -> state.with(open.escalated(escalated));
            case WarningClosed _ -> state.closed();
            case WarningSigned _, WarningVerified _ -> state.with(open.after(event));
        };
    }
}
