package io.forgewatch.command.alarm;

import io.forgewatch.command.decision.Command;
import io.forgewatch.event.alarm.AlarmEvent.CausingReading;
import io.forgewatch.event.alarm.AlarmId;
import io.forgewatch.event.alarm.Limit;
import io.forgewatch.event.equipment.Severity;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What can be asked of an alarm 报警. All are decided by the point and direction that the id names. */
public sealed interface AlarmCommand extends Command {

    AlarmId alarm();

    /**
     * Detection says that a limit is broken, when it begins, when it gets worse, and again every 30 s while it holds. Raises,
     * upgrades or continues the alarm, or does nothing when that is known.
     *
     * @param alarm with the onset of this breach; an open alarm of the same point keeps its own
     * @param value the reading that completed the delay, in the unit
     * @param threshold the limit broken; null for states
     */
    record ReportBreach(
            AlarmId alarm,
            String equipmentClass,
            String area,
            Limit limit,
            Severity severity,
            double value,
            @Nullable Double threshold,
            int thresholdVersion,
            String unit,
            List<CausingReading> readings,
            Instant at)
            implements AlarmCommand {}

    /** Detection says that the value is back beyond the deadband and stayed there for the delay. */
    record ReportReturn(AlarmId alarm, double value, Instant at) implements AlarmCommand {}

    record AcknowledgeAlarm(AlarmId alarm, String by, Instant at) implements AlarmCommand {}

    /** 消警 by a person, who names the cause and what was done. */
    record ClearAlarm(AlarmId alarm, String cause, String measure, String by, Instant at) implements AlarmCommand {}

    /** The value was normal for long enough: clears by itself where the rules allow it. */
    record ClearReturnedAlarm(AlarmId alarm, Instant at) implements AlarmCommand {}
}
