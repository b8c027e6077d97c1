package io.forgewatch.command.alarm;

import io.forgewatch.command.alarm.AlarmCommand.AcknowledgeAlarm;
import io.forgewatch.command.alarm.AlarmCommand.ClearAlarm;
import io.forgewatch.command.alarm.AlarmCommand.ClearReturnedAlarm;
import io.forgewatch.command.alarm.AlarmCommand.ReportBreach;
import io.forgewatch.command.alarm.AlarmCommand.ReportReturn;
import io.forgewatch.command.decision.Decider;
import io.forgewatch.command.decision.Decision;
import io.forgewatch.command.decision.Selection;
import io.forgewatch.event.DomainEvent;
import io.forgewatch.event.Tag;
import io.forgewatch.event.alarm.AlarmEvent;
import io.forgewatch.event.alarm.AlarmEvent.AlarmAcknowledged;
import io.forgewatch.event.alarm.AlarmEvent.AlarmBreachedAgain;
import io.forgewatch.event.alarm.AlarmEvent.AlarmCleared;
import io.forgewatch.event.alarm.AlarmEvent.AlarmRaised;
import io.forgewatch.event.alarm.AlarmEvent.AlarmReturned;
import io.forgewatch.event.alarm.AlarmEvent.AlarmUpgraded;
import io.forgewatch.event.alarm.AlarmId;
import io.forgewatch.event.equipment.Catalogue;
import java.time.Duration;

/** An alarm 报警 (dossier §3), decided by its point and direction, of which at most one alarm is open. */
public final class Alarm implements Decider<PointAlarms, AlarmCommand> {

    private final Breaches breaches;

    public Alarm(Catalogue catalogue) {
        this.breaches = new Breaches(catalogue);
    }

    @Override
    public String name() {
        return "alarm";
    }

    @Override
    public Class<AlarmCommand> commands() {
        return AlarmCommand.class;
    }

    @Override
    public String key(AlarmCommand command) {
        return command.alarm().point();
    }

    @Override
    public Selection selection(String key) {
        return Selection.tagged(new Tag("point", key), AlarmEvent.class);
    }

    @Override
    public PointAlarms initial(String key) {
        return PointAlarms.none();
    }

    @Override
    public Decision decide(PointAlarms state, AlarmCommand command) {
        return switch (command) {
            case ReportBreach breach -> breaches.breached(state, breach);
            case ReportReturn back -> breaches.returned(state, back);
            case AcknowledgeAlarm acknowledge -> Answers.acknowledge(state, acknowledge);
            case ClearAlarm clear -> Answers.clear(state, clear);
            case ClearReturnedAlarm clear -> Answers.clearByItself(state, clear);
        };
    }

    @Override
    public PointAlarms evolve(PointAlarms state, DomainEvent event) {
        if (event instanceof AlarmRaised raised) {
            return state.opened(
                    new PointAlarms.Open(
                            AlarmId.parse(raised.alarmId()),
                            raised.limit(),
                            raised.severity(),
                            false,
                            raised.onset(),
                            null,
                            0),
                    raised.raisedAt());
        }
        PointAlarms.Open open = state.open();
        if (open == null) {
            return state;
        }
        return switch (event) {
            case AlarmUpgraded upgraded ->
                state.with(new PointAlarms.Open(
                        open.id(),
                        upgraded.limit(),
                        upgraded.severity(),
                        open.acknowledged(),
                        open.breachedAt(),
                        open.returnedAt(),
                        open.inBreachMillis()));
            case AlarmAcknowledged _ ->
                state.with(new PointAlarms.Open(
                        open.id(),
                        open.limit(),
                        open.severity(),
                        true,
                        open.breachedAt(),
                        open.returnedAt(),
                        open.inBreachMillis()));
            case AlarmReturned returned ->
                state.with(new PointAlarms.Open(
                        open.id(),
                        open.limit(),
                        open.severity(),
                        open.acknowledged(),
                        open.breachedAt(),
                        returned.at(),
                        open.inBreachMillis()
                                + Math.max(
                                        0,
                                        Duration.between(open.breachedAt(), returned.at())
                                                .toMillis())));
            case AlarmBreachedAgain again ->
                state.with(new PointAlarms.Open(
                        open.id(),
                        open.limit(),
                        open.severity(),
                        open.acknowledged(),
                        again.at(),
                        null,
                        again.inBreachMillis()));
            case AlarmCleared cleared ->
                state.closed(new PointAlarms.Cleared(
                        open.id(),
                        open.returnedAt() == null ? cleared.at() : open.returnedAt(),
                        cleared.at(),
                        cleared.by() == null));
            default -> state;
        };
    }
}
