package io.forgewatch.command.alarm;

import io.forgewatch.command.alarm.AlarmCommand.ReportBreach;
import io.forgewatch.command.alarm.AlarmCommand.ReportReturn;
import io.forgewatch.command.alarm.AlarmCommand.ReportSettled;
import io.forgewatch.event.alarm.AlarmEvent.AlarmRaised;
import io.forgewatch.event.alarm.AlarmEvent.CausingReading;
import io.forgewatch.event.alarm.AlarmId;
import io.forgewatch.event.alarm.Direction;
import io.forgewatch.event.alarm.Limit;
import io.forgewatch.event.equipment.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/** For tests: a cooling water main of a blast furnace whose pressure falls. */
public final class Alarms {

    public static final String ENTERPRISE = "GT3702110001";
    public static final String DEVICE = "GT3702110001010001";
    public static final Instant START = Instant.parse("2026-11-24T22:00:00Z");

    private Alarms() {}

    public static Instant at(long seconds) {
        return START.plusSeconds(seconds);
    }

    public static AlarmId id(long onsetSeconds) {
        return new AlarmId(DEVICE, "BF_CW_P", Direction.LOW, at(onsetSeconds).toEpochMilli());
    }

    /** Broken from that second on, told one second later. */
    public static ReportBreach breach(Limit limit, Severity severity, long onsetSeconds) {
        return breach(limit, severity, onsetSeconds, onsetSeconds + 1);
    }

    public static ReportBreach breach(Limit limit, Severity severity, long onsetSeconds, long atSeconds) {
        double value = limit == Limit.LL ? 0.19 : 0.29;
        return new ReportBreach(
                id(onsetSeconds),
                "01",
                "炼铁区",
                limit,
                severity,
                value,
                limit == Limit.LL ? 0.2 : 0.3,
                1,
                "MPa",
                List.of(new CausingReading(at(onsetSeconds), value, 0)),
                at(atSeconds));
    }

    public static ReportReturn back(long onsetSeconds, long atSeconds) {
        return new ReportReturn(id(onsetSeconds), 0.35, at(atSeconds));
    }

    private static Direction direction(Limit limit) {
        return Arrays.stream(Direction.values()).filter(limit::isOf).findFirst().orElseThrow();
    }

    public static ReportSettled settled(long onsetSeconds, long atSeconds) {
        return new ReportSettled(id(onsetSeconds), 0.35, at(atSeconds));
    }

    public static AlarmRaised raised(String indicator, Limit limit, Severity severity, Duration after) {
        Instant onset = START.plus(after);
        AlarmId id = new AlarmId(DEVICE, indicator, direction(limit), onset.toEpochMilli());
        return new AlarmRaised(
                id.toString(),
                DEVICE,
                "01",
                "炼铁区",
                indicator,
                direction(limit),
                limit,
                severity,
                0.19,
                0.2,
                1,
                "MPa",
                onset,
                onset,
                List.of(),
                null,
                1);
    }
}
