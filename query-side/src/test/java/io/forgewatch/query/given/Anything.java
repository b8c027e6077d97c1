package io.forgewatch.query.given;

import io.forgewatch.event.RecordedEvent;
import io.forgewatch.event.alarm.AlarmEvent.AlarmCleared;
import io.forgewatch.event.alarm.AlarmEvent.AlarmEnded;
import io.forgewatch.event.alarm.AlarmEvent.EndReason;
import io.forgewatch.event.alarm.AlarmId;
import io.forgewatch.event.alarm.Direction;
import io.forgewatch.event.alarm.Limit;
import io.forgewatch.event.risk.RiskLevel;
import io.forgewatch.event.warning.DeadlineKind;
import io.forgewatch.event.warning.WarningEvent.WarningClosed;
import io.forgewatch.event.warning.WarningEvent.WarningEscalated;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Some country's life, at random. */
public final class Anything {

    public static final List<String> WORKS = List.of("GT3702110001", "GT3702110002", "LJ3701120001", "GT1302050001");

    private Anything() {}

    /** At four works: everything that a view wants to know, of alarms, devices, gateways, risks, warnings and answers. */
    public static List<RecordedEvent> happens(long seed, int events) {
        Random random = new Random(seed);
        Story story = new Story(Instant.parse("2026-11-24T15:59:00Z"));
        List<RecordedEvent> happened = new ArrayList<>();
        Map<String, List<String>> open = new HashMap<>();
        Map<String, Integer> warnings = new HashMap<>();
        for (String works : WORKS) {
            happened.add(story.enterprise(works));
            happened.add(story.deviceOf(works));
            happened.add(story.gateway(works));
        }
        while (happened.size() < events) {
            String works = WORKS.get(random.nextInt(WORKS.size()));
            List<String> alarms = open.computeIfAbsent(works, any -> new ArrayList<>());
            int number = warnings.getOrDefault(works, 0);
            story.pass(1 + random.nextInt(40));
            RiskLevel level = RiskLevel.values()[random.nextInt(4)];
            switch (random.nextInt(10)) {
                case 0 -> {
                    alarms.add(story.alarmId(works));
                    happened.add(story.alarm(works));
                }
                case 1 -> {
                    if (!alarms.isEmpty()) {
                        happened.add(
                                story.record(new AlarmCleared(alarms.removeLast(), null, null, null, story.now())));
                    }
                }
                case 5 -> {
                    if (!alarms.isEmpty()) {
                        happened.add(story.record(
                                new AlarmEnded(alarms.removeFirst(), EndReason.POINT_REMOVED, "wang", story.now())));
                    }
                }
                case 7 -> {
                    if (!alarms.isEmpty()) {
                        happened.add(story.record(Lives.ofAlarm(alarms.getLast(), story.now(), random)));
                    }
                }
                case 8 -> happened.add(story.record(Lives.ofGateway(works, story.now(), random)));
                case 9 -> {
                    if (number > 0) {
                        happened.add(story.record(Lives.ofWarning(works + "-W" + number, story.now(), random)));
                    }
                }
                case 6 -> happened.addAll(thatCountForNothing(story, works));
                case 2 -> happened.add(story.risk(works, level, random.nextInt(100), "a"));
                case 3 -> {
                    if (number <= 0) {
                        warnings.put(works, 1 - number);
                        happened.add(story.warning(works, 1 - number, level));
                    } else {
                        happened.add(story.segment(works, number, level));
                    }
                }
                default -> {
                    if (number > 0 && random.nextBoolean()) {
                        warnings.put(works, -number);
                        happened.add(story.record(new WarningClosed(works + "-W" + number, story.now())));
                    } else if (number > 0) {
                        happened.add(story.record(new WarningEscalated(
                                works + "-W" + number, 1, DeadlineKind.SIGN, "CITY", story.now())));
                    }
                }
            }
        }
        return happened;
    }

    /** One that was found late, and one of the works that opens and clears. */
    public static List<RecordedEvent> thatCountForNothing(Story story, String works) {
        AlarmId quality = new AlarmId(works, "_", Direction.QUALITY, story.now().toEpochMilli());
        return List.of(
                story.alarmOf(AlarmId.FORM.parse(story.alarmId(works)), Limit.L, true),
                story.alarmOf(quality, Limit.FAULT, false),
                story.record(new AlarmCleared(quality.toString(), null, null, null, story.now())));
    }
}
