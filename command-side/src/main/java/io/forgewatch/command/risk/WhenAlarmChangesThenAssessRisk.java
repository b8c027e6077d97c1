package io.forgewatch.command.risk;

import io.forgewatch.command.decision.Automation;
import io.forgewatch.command.decision.Command;
import io.forgewatch.command.decision.DueDate;
import io.forgewatch.command.risk.RiskCommand.AssessRisk;
import io.forgewatch.event.DomainEvent;
import io.forgewatch.event.RecordedEvent;
import io.forgewatch.event.alarm.AlarmEvent;
import io.forgewatch.event.alarm.AlarmEvent.AlarmBreachedAgain;
import io.forgewatch.event.alarm.AlarmEvent.AlarmCleared;
import io.forgewatch.event.alarm.AlarmEvent.AlarmEnded;
import io.forgewatch.event.alarm.AlarmEvent.AlarmRaised;
import io.forgewatch.event.alarm.AlarmEvent.AlarmReturned;
import io.forgewatch.event.alarm.AlarmEvent.AlarmUpgraded;
import io.forgewatch.event.alarm.AlarmId;
import io.forgewatch.event.enterprise.EnterpriseId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** An alarm that comes, worsens, returns or goes changes the index at once, and again after 10, 30 and 60 minutes in breach. */
public final class WhenAlarmChangesThenAssessRisk implements Automation {

    /** As it is stored. */
    public static final String NAME = "WhenAlarmChangesThenAssessRisk";

    private final RiskModel model;

    public WhenAlarmChangesThenAssessRisk(RiskModel model) {
        this.model = model;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Set<Class<? extends DomainEvent>> on() {
        return Set.of(
                AlarmRaised.class,
                AlarmUpgraded.class,
                AlarmReturned.class,
                AlarmBreachedAgain.class,
                AlarmCleared.class,
                AlarmEnded.class);
    }

    @Override
    public List<Command> then(RecordedEvent event) {
        return switch (event.event()) {
            case AlarmRaised raised -> OpenAlarm.counts(raised) ? assess(raised, raised.raisedAt()) : List.of();
            case AlarmUpgraded upgraded -> assess(upgraded, upgraded.at());
            case AlarmReturned returned -> assess(returned, returned.at());
            case AlarmBreachedAgain again -> assess(again, again.at());
            case AlarmCleared cleared -> assess(cleared, cleared.at());
            case AlarmEnded ended -> assess(ended, ended.at());
            default -> List.of();
        };
    }

    @Override
    public List<DueDate> due(RecordedEvent event) {
        return switch (event.event()) {
            case AlarmRaised raised ->
                OpenAlarm.counts(raised) && OpenAlarm.lasts(raised)
                        ? due(raised, raised.onset(), Duration.ZERO)
                        : List.of();
            case AlarmBreachedAgain again ->
                OpenAlarm.lasts(again.alarmId(), again.limit())
                        ? due(again, again.at(), Duration.ofMillis(again.inBreachMillis()))
                        : List.of();
            default -> List.of();
        };
    }

    private static List<Command> assess(AlarmEvent event, Instant at) {
        return AlarmId.FORM.parse(event.alarmId()).ofDataOnly()
                ? List.of()
                : List.of(new AssessRisk(new EnterpriseId(event.enterpriseId()), at));
    }

    private List<DueDate> due(AlarmEvent event, Instant since, Duration before) {
        return model.steps().stream()
                .filter(step -> step.compareTo(before) > 0)
                .map(step -> {
                    Instant at = since.plus(step.minus(before));
                    String key = event.alarmId() + "/ASSESS/" + since.toEpochMilli() + "/" + step.toMinutes();
                    return new DueDate(key, at, new AssessRisk(new EnterpriseId(event.enterpriseId()), at));
                })
                .toList();
    }
}
