package io.forgewatch.command.alarm;

import io.forgewatch.command.alarm.AlarmCommand.AcceptSensorFault;
import io.forgewatch.command.alarm.AlarmCommand.AcknowledgeAlarm;
import io.forgewatch.command.alarm.AlarmCommand.ClaimSensorFault;
import io.forgewatch.command.alarm.AlarmCommand.ClearAlarm;
import io.forgewatch.command.alarm.AlarmCommand.ClearReturnedAlarm;
import io.forgewatch.command.alarm.AlarmCommand.RejectSensorFault;
import io.forgewatch.command.alarm.AlarmCommand.ReportBreach;
import io.forgewatch.command.alarm.AlarmCommand.ReportLateBreach;
import io.forgewatch.command.alarm.AlarmCommand.ReportReturn;
import io.forgewatch.command.alarm.AlarmCommand.ReportSettled;
import io.forgewatch.command.decision.Decider;
import io.forgewatch.command.decision.Decision;
import io.forgewatch.command.decision.Sourcing;
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
import io.forgewatch.event.alarm.AlarmId;
import io.forgewatch.event.equipment.Catalogue;
import java.time.Instant;

/** An alarm 报警 (dossier §3), decided by its point and direction, of which at most one alarm is open. */
public final class Alarm implements Decider<PointAlarms, AlarmCommand> {

    private static final Sourcing<PointAlarms> SOURCING =
            Sourcing.from(PointAlarms.none()).on(AlarmEvent.class, point -> new Tag("point", point), Alarm::after);

    private final Breaches breaches;
    private final SensorFaults sensorFaults;

    public Alarm(Catalogue catalogue) {
        this.breaches = new Breaches(catalogue);
        this.sensorFaults = new SensorFaults(catalogue);
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
    public Sourcing<PointAlarms> sourcing() {
        return SOURCING;
    }

    @Override
    public Decision decide(PointAlarms state, AlarmCommand command) {
        return switch (command) {
            case ReportBreach breach -> breaches.breached(state, breach);
            case ReportLateBreach late -> breaches.late(state, late.breach());
            case ReportReturn back -> Returns.returned(state, back);
            case ReportSettled settled -> Returns.settled(state, settled);
            case AcknowledgeAlarm acknowledge -> Answers.acknowledge(state, acknowledge);
            case ClearAlarm clear -> Answers.clear(state, clear);
            case ClaimSensorFault claim -> sensorFaults.claim(state, claim);
            case AcceptSensorFault accept -> SensorFaults.accept(state, accept);
            case RejectSensorFault reject -> SensorFaults.reject(state, reject);
            case ClearReturnedAlarm _ -> Decision.nothing();
        };
    }

    private static PointAlarms after(PointAlarms state, AlarmEvent event) {
        if (event instanceof AlarmRaised raised) {
            return raised.late()
                    ? state.late(AlarmId.FORM.parse(raised.alarmId()))
                    : state.opened(open(raised), raised.raisedAt());
        }
        if (event instanceof PointOutOfForce force) {
            return state.without(OutOfForce.of(force));
        }
        if (event instanceof PointInForce) {
            return state.without(null);
        }
        PointAlarms.Open open = state.open();
        if (open == null || !open.id().toString().equals(event.alarmId())) {
            return state;
        }
        return switch (event) {
            case AlarmRaised _, PointOutOfForce _, PointInForce _ -> state;
            case AlarmUpgraded upgraded ->
                state.with(open.upgraded(upgraded.limit(), upgraded.severity(), upgraded.at()));
            case AlarmAcknowledged _ -> state.with(open.noticed());
            case AlarmReturned returned -> state.with(open.returned(returned.at()));
            case AlarmBreachedAgain again -> state.with(open.breachedAgain(again.at(), again.inBreachMillis()));
            case AlarmSettled settled -> state.with(open.settled(settled.at()));
            case SensorFaultClaimed claim -> state.with(open.claimed(claim));
            case SensorFaultAccepted _, SensorFaultRejected _ -> state.with(open.claimed(null));
            case AlarmCleared cleared -> state.closed(over(open, cleared.at(), cleared.by() == null));
            case AlarmEnded ended -> state.closed(over(open, ended.at(), false));
        };
    }

    private static PointAlarms.Open open(AlarmRaised raised) {
        return new PointAlarms.Open(
                AlarmId.FORM.parse(raised.alarmId()),
                raised.limit(),
                raised.severity(),
                false,
                raised.onset(),
                raised.raisedAt(),
                null,
                null,
                null,
                0);
    }

    private static PointAlarms.Cleared over(PointAlarms.Open open, Instant at, boolean byItself) {
        return new PointAlarms.Cleared(open.id(), open.returnedAt() == null ? at : open.returnedAt(), at, byItself);
    }
}
