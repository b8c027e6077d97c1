package io.forgewatch.command.warning;

import io.forgewatch.command.decision.Decider;
import io.forgewatch.command.decision.Decision;
import io.forgewatch.command.decision.Selection;
import io.forgewatch.command.warning.WarningCommand.CloseWarningWhenDone;
import io.forgewatch.command.warning.WarningCommand.ConsiderWarning;
import io.forgewatch.command.warning.WarningCommand.EscalateWarning;
import io.forgewatch.command.warning.WarningCommand.SignWarning;
import io.forgewatch.command.warning.WarningCommand.VerifyWarning;
import io.forgewatch.event.DomainEvent;
import io.forgewatch.event.Tag;
import io.forgewatch.event.alarm.AlarmEvent.AlarmCleared;
import io.forgewatch.event.alarm.AlarmEvent.AlarmEnded;
import io.forgewatch.event.alarm.AlarmEvent.AlarmRaised;
import io.forgewatch.event.alarm.AlarmEvent.AlarmUpgraded;
import io.forgewatch.event.equipment.Catalogue;
import io.forgewatch.event.feedback.FeedbackEvent;
import io.forgewatch.event.risk.RiskEvent.RiskAssessed;
import io.forgewatch.event.warning.WarningEvent;
import io.forgewatch.event.warning.WarningEvent.WarningClosed;
import io.forgewatch.event.warning.WarningEvent.WarningEscalated;
import io.forgewatch.event.warning.WarningEvent.WarningIssued;
import io.forgewatch.event.warning.WarningEvent.WarningSegmentAdded;
import io.forgewatch.event.warning.WarningId;
import io.forgewatch.event.warning.WarningProgress;
import java.util.Set;

/** The warnings 预警 of an enterprise (dossier §5), of which at most one is open. */
public final class Warning implements Decider<WarningState, WarningCommand> {

    private final Issuing issuing;

    public Warning(Catalogue catalogue, WarningRules rules) {
        this.issuing = new Issuing(rules, new WarningMessage(catalogue, rules));
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
            case CloseWarningWhenDone close -> Handling.closeWhenDone(state, close);
            case SignWarning sign -> Handling.sign(state, sign);
            case VerifyWarning verify -> Handling.verify(state, verify);
            case EscalateWarning escalate -> Handling.escalate(state, escalate);
        };
    }

    @Override
    public WarningState evolve(WarningState state, DomainEvent event) {
        return switch (event) {
            case RiskAssessed assessed -> state.assessed(assessed.level(), assessed.index());
            case AlarmRaised raised -> state.raised(raised);
            case AlarmUpgraded upgraded -> {
                AlarmNote known = state.alarms().get(upgraded.alarmId());
                yield known == null ? state : state.with(known.upgraded(upgraded));
            }
            case AlarmCleared cleared -> state.without(cleared.alarmId());
            case AlarmEnded ended -> state.without(ended.alarmId());
            case WarningIssued issued ->
                state.opened(
                        WarningId.parse(issued.warningId()).number(),
                        new WarningState.Open(
                                issued.warningId(),
                                WarningProgress.issued(issued),
                                issued.deadlines(),
                                Set.copyOf(issued.alarms()),
                                null));
            default -> state.open() == null ? state : ofTheOpenOne(state, state.open(), event);
        };
    }

    private static WarningState ofTheOpenOne(WarningState state, WarningState.Open open, DomainEvent event) {
        return switch (event) {
            case WarningSegmentAdded added -> state.with(open.after(added).with(added.alarms(), added.deadlines()));
            case WarningEscalated escalated -> state.with(open.risenTo(Tier.valueOf(escalated.to())));
            case WarningClosed _ -> state.closed();
            case WarningEvent warning -> state.with(open.after(warning));
            case FeedbackEvent feedback ->
                feedback.warningId().equals(open.id()) ? state.with(open.after(feedback)) : state;
            default -> state;
        };
    }
}
