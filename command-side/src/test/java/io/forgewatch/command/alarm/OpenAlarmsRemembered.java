package io.forgewatch.command.alarm;

import io.forgewatch.command.decision.EventFeed;
import io.forgewatch.command.decision.SelectedEvents;
import io.forgewatch.command.decision.UnendedEvents;
import io.forgewatch.command.memory.Remembering;
import io.forgewatch.event.RecordedEvent;
import io.forgewatch.event.alarm.AlarmEvent;
import io.forgewatch.event.alarm.AlarmEvent.AlarmCleared;
import io.forgewatch.event.alarm.AlarmEvent.AlarmEnded;
import io.forgewatch.event.alarm.AlarmId;
import io.forgewatch.event.equipment.Catalogue;
import io.forgewatch.standing.StandingStreams;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The open alarms, beside what the decider makes of the same events. */
public final class OpenAlarmsRemembered implements Remembering {

    private final Alarm decider = new Alarm(Catalogue.standard());

    @Override
    public Class<?> keeper() {
        return OpenAlarms.class;
    }

    @Override
    public Memory begun(EventFeed feed, SelectedEvents selected, UnendedEvents unended) {
        OpenAlarms alarms = new OpenAlarms(feed, unended, new StandingStreams(new SimpleMeterRegistry()));
        alarms.start();
        return new Memory() {
            @Override
            public long position() {
                return alarms.position();
            }

            @Override
            public Map<String, String> says(List<RecordedEvent> events) {
                Map<String, String> said = new TreeMap<>();
                for (String point : states(events).keySet()) {
                    OpenAlarm open = alarms.of(point);
                    if (open != null) {
                        said.put(
                                "open " + point,
                                open.id() + " " + open.limit() + " " + open.severity() + " " + open.returned() + " "
                                        + open.settled());
                    }
                    put(said, point, alarms.outOfForce(point));
                }
                said.put("open", Integer.toString(alarms.size()));
                endings(events).forEach((point, at) -> {
                    // What ended before it began to follow it need not know.
                    long known = alarms.endedAt(point);
                    said.put("ended " + point, Long.toString(known == 0 ? at : known));
                });
                return said;
            }

            @Override
            public void close() {
                alarms.stop();
            }
        };
    }

    @Override
    public Map<String, String> folded(List<RecordedEvent> events) {
        Map<String, String> folded = new TreeMap<>();
        int count = 0;
        for (Map.Entry<String, PointAlarms> each : states(events).entrySet()) {
            PointAlarms.Open open = each.getValue().open();
            if (open != null) {
                count++;
                folded.put(
                        "open " + each.getKey(),
                        open.id() + " " + open.limit() + " " + open.severity() + " " + (open.returnedAt() != null) + " "
                                + (open.settledAt() != null));
            }
            put(folded, each.getKey(), each.getValue().outOfForce());
        }
        folded.put("open", Integer.toString(count));
        endings(events).forEach((point, at) -> folded.put("ended " + point, Long.toString(at)));
        return folded;
    }

    private static void put(Map<String, String> told, String point, @Nullable OutOfForce outOfForce) {
        if (outOfForce != null) {
            told.put("out of force " + point, outOfForce.toString());
        }
    }

    private Map<String, PointAlarms> states(List<RecordedEvent> events) {
        Map<String, PointAlarms> states = new TreeMap<>();
        for (RecordedEvent recorded : events) {
            if (recorded.event() instanceof AlarmEvent event) {
                String point = AlarmId.FORM.parse(event.alarmId()).point();
                states.put(point, decider.evolve(states.getOrDefault(point, decider.initial(point)), event));
            }
        }
        return states;
    }

    private static Map<String, Long> endings(List<RecordedEvent> events) {
        Map<String, Long> endings = new HashMap<>();
        for (RecordedEvent recorded : events) {
            if (recorded.event() instanceof AlarmCleared || recorded.event() instanceof AlarmEnded) {
                AlarmEvent event = (AlarmEvent) recorded.event();
                endings.put(
                        AlarmId.FORM.parse(event.alarmId()).point(), recorded.at().toEpochMilli());
            }
        }
        return endings;
    }
}
