package io.forgewatch.command.warning;

import io.forgewatch.command.decision.Decider;
import io.forgewatch.command.decision.Decision;
import io.forgewatch.command.decision.Selection;
import io.forgewatch.command.warning.WarningCommand.CloseWarningWhenDone;
import io.forgewatch.command.warning.WarningCommand.ConsiderWarning;
import io.forgewatch.command.warning.WarningCommand.EscalateOverdue;
import io.forgewatch.command.warning.WarningCommand.EscalateWarning;
import io.forgewatch.command.warning.WarningCommand.SignWarning;
import io.forgewatch.command.warning.WarningCommand.VerifyWarning;
import io.forgewatch.event.DomainEvent;
import io.forgewatch.event.Tag;
import io.forgewatch.event.alarm.AlarmEvent;
import io.forgewatch.event.alarm.AlarmEvent.AlarmAcknowledged;
import io.forgewatch.event.alarm.AlarmEvent.AlarmBreachedAgain;
import io.forgewatch.event.alarm.AlarmEvent.AlarmCleared;
import io.forgewatch.event.alarm.AlarmEvent.AlarmEnded;
import io.forgewatch.event.alarm.AlarmEvent.AlarmRaised;
import io.forgewatch.event.alarm.AlarmEvent.AlarmReturned;
import io.forgewatch.event.alarm.AlarmEvent.AlarmSettled;
import io.forgewatch.event.alarm.AlarmEvent.AlarmUpgraded;
import io.forgewatch.event.alarm.AlarmEvent.PointInForce;
import io.forgewatch.event.alarm.AlarmEvent.PointOutOfForce;
import io.forgewatch.event.alarm.AlarmEvent.SensorFaultAccepted;
import io.forgewatch.event.alarm.AlarmEvent.SensorFaultClaimed;
import io.forgewatch.event.alarm.AlarmEvent.SensorFaultRejected;
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
    public Selection selection(String key) {
        Tag within = Tag.within(key);
        return Selection.tagged(
                within,
                WarningEvent.class,
                FeedbackEvent.class,
                RiskAssessed.class,
                AlarmRaised.class,
                AlarmUpgraded.class,
                AlarmReturned.class,
                AlarmBreachedAgain.class,
                AlarmCleared.class,
                AlarmEnded.class);
    }

    @Override
    public WarningState initial(String key) {
        return WarningState.EMPTY;
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

    @Override
    public WarningState evolve(WarningState state, DomainEvent event) {
        return switch (event) {
            case RiskAssessed assessed -> state.assessed(assessed);
            case AlarmEvent alarm -> evolve(state, alarm);
            case WarningEvent warning -> evolve(state, warning);
            case FeedbackEvent feedback -> {
                OpenWarning open = state.open();
                yield open != null && feedback.warningId().equals(open.id()) ? state.with(open.after(feedback)) : state;
            }
            default -> state;
        };
    }

    private static WarningState evolve(WarningState state, AlarmEvent event) {
        return switch (event) {
            case AlarmRaised raised -> state.raised(raised);
            case AlarmUpgraded upgraded -> state.changed(upgraded.alarmId(), alarm -> alarm.upgraded(upgraded));
            case AlarmReturned returned -> state.changed(returned.alarmId(), alarm -> alarm.returned(returned.at()));
            case AlarmBreachedAgain again -> state.changed(again.alarmId(), alarm -> alarm.breachedAgain(again.at()));
            case AlarmCleared cleared -> state.without(cleared.alarmId(), cleared.at());
            case AlarmEnded ended -> state.without(ended.alarmId(), ended.at());
            case AlarmAcknowledged _,
                    AlarmSettled _,
                    PointOutOfForce _,
                    PointInForce _,
                    SensorFaultClaimed _,
                    SensorFaultAccepted _,
                    SensorFaultRejected _ -> state;
        };
    }

    private static WarningState evolve(WarningState state, WarningEvent event) {
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
