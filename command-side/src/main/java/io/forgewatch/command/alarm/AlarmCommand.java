package io.forgewatch.command.alarm;

import io.forgewatch.command.decision.Command;
import io.forgewatch.command.decision.CommandName;
import io.forgewatch.event.alarm.AlarmEvent.CausingReading;
import io.forgewatch.event.alarm.AlarmId;
import io.forgewatch.event.alarm.Fault;
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
     * @param equipmentClass null where the subject is no device
     * @param area null where the subject is in none
     * @param value the reading that completed the delay, in the unit; null where no value made it
     * @param threshold the limit broken; null where there is none, as for states
     * @param thresholdVersion of the point's limits, 0 where there are none
     * @param unit null where the subject is no point
     * @param fault what is wrong, where the direction is QUALITY
     * @param gateway through which it would be heard, or null
     * @param points for which it stands, at most 50 named
     * @param pointCount for how many it stands
     */
    @CommandName("ReportBreach")
    record ReportBreach(
            AlarmId alarm,
            @Nullable String equipmentClass,
            @Nullable String area,
            Limit limit,
            Severity severity,
            @Nullable Double value,
            @Nullable Double threshold,
            int thresholdVersion,
            @Nullable String unit,
            List<CausingReading> readings,
            Instant at,
            @Nullable Fault fault,
            @Nullable String gateway,
            List<String> points,
            int pointCount)
            implements AlarmCommand {

        public ReportBreach {
            readings = List.copyOf(readings);
            points = List.copyOf(points);
        }

        /** Of a point beyond a limit. */
        public ReportBreach(
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
                Instant at) {
            this(
                    alarm,
                    equipmentClass,
                    area,
                    limit,
                    severity,
                    value,
                    threshold,
                    thresholdVersion,
                    unit,
                    readings,
                    at,
                    null,
                    null,
                    List.of(),
                    0);
        }
    }

    /**
     * Detection says that a breach was found wholly in readings that came late 迟报. Raises an alarm that is over at once, whether
     * or not another is open.
     */
    @CommandName("ReportLateBreach")
    record ReportLateBreach(ReportBreach breach) implements AlarmCommand {

        @Override
        public AlarmId alarm() {
            return breach.alarm();
        }

        @Override
        public Instant at() {
            return breach.at();
        }
    }

    /**
     * Detection says that the value is back beyond the deadband and stayed there for the delay, or that what was wrong is over;
     * again every 30 s until the alarm is known to have returned.
     *
     * @param alarm of the open alarm, or with the onset of the breach that is over: what counts is the point
     * @param value in the unit; null where no value made the alarm
     */
    @CommandName("ReportReturn")
    record ReportReturn(AlarmId alarm, @Nullable Double value, Instant at) implements AlarmCommand {}

    /**
     * Detection says that good readings showed the value to be normal for the settling time, from begin to end (dossier §3
     * "Ends"); again every 30 s until that is known. Clears the alarm, or lets a person do so.
     *
     * @param value in the unit; null where no value made the alarm
     */
    @CommandName("ReportSettled")
    record ReportSettled(AlarmId alarm, @Nullable Double value, Instant at) implements AlarmCommand {}

    @CommandName("AcknowledgeAlarm")
    record AcknowledgeAlarm(AlarmId alarm, String by, Instant at) implements AlarmCommand {}

    /** 消警 by a person, who names the cause and what was done. */
    @CommandName("ClearAlarm")
    record ClearAlarm(AlarmId alarm, String cause, String measure, String by, Instant at) implements AlarmCommand {}

    /**
     * Does nothing. Before detection said what has settled, alarms were cleared when time had passed since their return, by dates
     * that may still wait in an old store; time alone never clears now, and detection says it again of what has settled.
     */
    @CommandName("ClearReturnedAlarm")
    record ClearReturnedAlarm(AlarmId alarm, Instant at) implements AlarmCommand {}

    /**
     * 传感器故障申报.
     *
     * @param evidence what shows that the sensor is dead
     * @param substitute how what it measured is watched meanwhile
     * @param until by when it is mended, at most 30 days on
     */
    @CommandName("ClaimSensorFault")
    record ClaimSensorFault(AlarmId alarm, String evidence, String substitute, Instant until, String by, Instant at)
            implements AlarmCommand {}

    /** By the authority: the alarm ends. */
    @CommandName("AcceptSensorFault")
    record AcceptSensorFault(AlarmId alarm, String by, Instant at) implements AlarmCommand {}

    /** By the authority: the alarm stays. */
    @CommandName("RejectSensorFault")
    record RejectSensorFault(AlarmId alarm, String reason, String by, Instant at) implements AlarmCommand {}
}
