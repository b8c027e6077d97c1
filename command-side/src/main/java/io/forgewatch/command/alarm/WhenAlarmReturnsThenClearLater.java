package io.forgewatch.command.alarm;

import io.forgewatch.command.alarm.AlarmCommand.ClearReturnedAlarm;
import io.forgewatch.command.decision.Automation;
import io.forgewatch.command.decision.DueDate;
import io.forgewatch.event.DomainEvent;
import io.forgewatch.event.RecordedEvent;
import io.forgewatch.event.alarm.AlarmEvent.AlarmReturned;
import io.forgewatch.event.alarm.AlarmId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** 消警 by itself, 60 s after the value returned, or 300 s for severity A: which of the two counts is decided then. */
public final class WhenAlarmReturnsThenClearLater implements Automation {

    @Override
    public Set<Class<? extends DomainEvent>> on() {
        return Set.of(AlarmReturned.class);
    }

    @Override
    public List<DueDate> due(RecordedEvent event) {
        return event.event() instanceof AlarmReturned returned
                ? Stream.of(PointAlarms.SETTLING, PointAlarms.SETTLING_A)
                        .map(after -> due(returned, after))
                        .toList()
                : List.of();
    }

    private static DueDate due(AlarmReturned returned, Duration after) {
        Instant at = returned.at().plus(after);
        String key = returned.alarmId() + "/CLEAR/" + returned.at().toEpochMilli() + "/" + after.toSeconds();
        return new DueDate(key, at, new ClearReturnedAlarm(AlarmId.parse(returned.alarmId()), at));
    }
}
