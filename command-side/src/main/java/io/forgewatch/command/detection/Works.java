package io.forgewatch.command.detection;

import io.forgewatch.command.alarm.OpenAlarm;
import io.forgewatch.command.alarm.OpenAlarms;
import io.forgewatch.command.detection.Unjudged.Step;
import io.forgewatch.command.detection.Verdict.Kind;
import io.forgewatch.event.alarm.Direction;
import io.forgewatch.event.enterprise.EnterpriseId;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/** The works of one partition, as far as they are heard, and what is wrong where they are not. */
final class Works {

    private static final long SOON_MILLIS = 2_000;
    private static final long LATER_MILLIS = 60_000;

    private final Map<String, WorksWatch> watches = new HashMap<>();
    private final Looks looks = new Looks();
    private final Hearing hearing = new Hearing();

    /** Something was read that arrived then, be it a frame or a pulse. */
    void heard(long arrival) {
        hearing.heard(arrival);
    }

    /** Arrival time of the newest that was heard. */
    long now() {
        return hearing.now();
    }

    WorksWatch of(String enterpriseId) {
        return watches.computeIfAbsent(enterpriseId, WorksWatch::new);
    }

    /** A device is there: after a start, or with a frame. */
    void seen(LiveDevice device) {
        WorksWatch works = of(device.device().device().enterpriseId());
        DeviceFaults faults = works.device(device);
        looks.at(device.id(), hearing.now() + (faults.isUrgent(hearing.now()) ? SOON_MILLIS : LATER_MILLIS));
    }

    /** Looks where it is time, and says what follows. Does nothing as long as nothing was heard. */
    void tick(LiveDevices devices, OpenAlarms table, BiConsumer<FaultAlarm, Kind> say, Failures failures) {
        if (!hearing.isAny()) {
            return;
        }
        AlarmTable alarms = AlarmTable.of(table);
        for (String id : looks.due(hearing.now())) {
            if (!failures.attempt(Step.LOOK, id, null, () -> look(id, devices, alarms, failures))) {
                looks.at(id, hearing.now() + LATER_MILLIS);
            }
        }
        watches.forEach((id, works) -> failures.attempt(Step.LOOK, id, null, () -> works.tick(hearing, alarms, say)));
    }

    private void look(String id, LiveDevices devices, AlarmTable alarms, Failures failures) {
        LiveDevice device = devices.known(id);
        if (device != null) {
            WorksWatch works = of(device.device().device().enterpriseId());
            DeviceFaults faults = works.device(device);
            Set<String> before = faults.unlooked().keySet();
            boolean soon = works.look(device, hearing, alarms);
            before.stream()
                    .filter(indicator -> !faults.unlooked().containsKey(indicator))
                    .forEach(indicator -> failures.well(Step.LOOK, id, indicator));
            faults.unlooked().forEach((indicator, why) -> failures.failed(Step.LOOK, id, indicator, why));
            long silent = faults.silentAt(hearing);
            looks.at(id, soon ? hearing.now() + SOON_MILLIS : later(silent));
        }
    }

    private long later(long silent) {
        return Math.max(hearing.now() + SOON_MILLIS, Math.min(silent + 1, hearing.now() + LATER_MILLIS));
    }

    /** Takes up alarms of faults that the table has open and nothing is remembered of. */
    void adopt(OpenAlarm open) {
        boolean fault = open.id().direction() == Direction.QUALITY || open.id().direction() == Direction.OFFLINE;
        WorksWatch works = watches.get(EnterpriseId.of(open.id().subject()).value());
        if (fault && works != null && hearing.isAny()) {
            works.adopt(open, hearing);
        }
    }
}
