package io.forgewatch.command.detection;

import io.forgewatch.event.alarm.AlarmId;
import io.forgewatch.event.alarm.Direction;
import io.forgewatch.event.alarm.Fault;
import io.forgewatch.event.alarm.Limit;
import io.forgewatch.event.equipment.Severity;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An alarm that is not of a limit, as it should be now (dossier §3 "One fault, one alarm").
 *
 * @param subject a device, a gateway or the enterprise
 * @param indicator the point, {@link #RUNNING_BLIND}, or {@link AlarmId#NONE}
 * @param severity C, or A while a device runs blind
 * @param fault what is wrong, of QUALITY
 * @param gateway through which it would be heard, or null
 * @param points {@code <device>.<indicator>}, at most {@value #MOST_NAMED}
 * @param pointCount how many there are
 */
record FaultSpec(
        String subject,
        String indicator,
        Direction direction,
        Severity severity,
        @Nullable Fault fault,
        @Nullable String gateway,
        List<String> points,
        int pointCount) {

    static final String RUNNING_BLIND = "RUNNING_BLIND";
    static final int MOST_NAMED = 50;

    static FaultSpec ofPoint(String device, String indicator, Fault fault, @Nullable String gateway) {
        return new FaultSpec(
                device, indicator, Direction.QUALITY, Severity.C, fault, gateway, List.of(device + "." + indicator), 1);
    }

    /** Of all that is faulty of a device or of the works. */
    static FaultSpec ofMany(String subject, Map<String, Fault> faults, @Nullable String gateway) {
        return new FaultSpec(
                subject,
                AlarmId.NONE,
                Direction.QUALITY,
                Severity.C,
                most(faults),
                gateway,
                named(faults),
                faults.size());
    }

    static FaultSpec blind(String device, Map<String, Fault> faults, @Nullable String gateway) {
        return new FaultSpec(
                device,
                RUNNING_BLIND,
                Direction.QUALITY,
                Severity.A,
                most(faults),
                gateway,
                named(faults),
                faults.size());
    }

    static FaultSpec offline(String subject) {
        return new FaultSpec(subject, AlarmId.NONE, Direction.OFFLINE, Severity.C, null, null, List.of(), 0);
    }

    private static Fault most(Map<String, Fault> faults) {
        return faults.values().stream().min(Fault::compareTo).orElse(Fault.SILENT);
    }

    private static List<String> named(Map<String, Fault> faults) {
        return faults.keySet().stream().sorted().limit(MOST_NAMED).toList();
    }

    /** Under which at most one alarm is open. */
    String key() {
        return subject + "." + indicator + "." + direction;
    }

    Limit limit() {
        return direction == Direction.OFFLINE ? Limit.OFFLINE : Limit.FAULT;
    }
}
