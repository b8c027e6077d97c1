package io.forgewatch.command.risk;

import io.forgewatch.command.decision.Automation;
import io.forgewatch.command.decision.Command;
import io.forgewatch.command.decision.DueDate;
import io.forgewatch.command.decision.Reactions;
import io.forgewatch.command.risk.RiskCommand.AssessRisk;
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

/** An alarm that comes, worsens, returns or goes changes the index at once, and again after 10, 30 and 60 minutes in breach. */
public final class WhenAlarmChangesThenAssessRisk implements Automation {

    /** As it is stored. */
    public static final String NAME = "WhenAlarmChangesThenAssessRisk";

    private final RiskModel model;
    private final Reactions reactions;

    public WhenAlarmChangesThenAssessRisk(RiskModel model) {
        this.model = model;
        this.reactions = Reactions.NONE
                .then(AlarmRaised.class, raised -> OpenAlarm.counts(raised) ? assess(raised, raised.raisedAt()) : List.of())
                .then(AlarmUpgraded.class, upgraded -> assess(upgraded, upgraded.at()))
                .then(AlarmReturned.class, returned -> assess(returned, returned.at()))
                .then(AlarmBreachedAgain.class, again -> assess(again, again.at()))
                .then(AlarmCleared.class, cleared -> assess(cleared, cleared.at()))
                .then(AlarmEnded.class, ended -> assess(ended, ended.at()))
                .due(AlarmRaised.class, this::lasting)
                .due(AlarmBreachedAgain.class, this::lasting);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Reactions reactions() {
        return reactions;
    }

    private List<DueDate> lasting(AlarmRaised raised) {
        return OpenAlarm.counts(raised) && OpenAlarm.lasts(raised)
                ? due(raised, raised.onset(), Duration.ZERO)
                : List.of();
    }

    private List<DueDate> lasting(AlarmBreachedAgain again) {
        return OpenAlarm.lasts(again.alarmId(), again.limit())
                ? due(again, again.at(), Duration.ofMillis(again.inBreachMillis()))
                : List.of();
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
