package io.forgewatch.command.alarm;

import io.forgewatch.event.alarm.AlarmEvent;
import io.forgewatch.event.alarm.AlarmEvent.AlarmAcknowledged;
import io.forgewatch.event.alarm.AlarmEvent.AlarmBreachedAgain;
import io.forgewatch.event.alarm.AlarmEvent.AlarmCleared;
import io.forgewatch.event.alarm.AlarmEvent.AlarmEnded;
import io.forgewatch.event.alarm.AlarmEvent.AlarmRaised;
import io.forgewatch.event.alarm.AlarmEvent.AlarmReturned;
import io.forgewatch.event.alarm.AlarmEvent.AlarmSettled;
import io.forgewatch.event.alarm.AlarmEvent.AlarmUpgraded;
import io.forgewatch.event.alarm.AlarmEvent.PointInForce;
import io.forgewatch.event.alarm.AlarmEvent.PointOutOfForce;
import io.forgewatch.event.alarm.AlarmEvent.SensorFaultAccepted;
import io.forgewatch.event.alarm.AlarmEvent.SensorFaultClaimed;
import io.forgewatch.event.alarm.AlarmEvent.SensorFaultRejected;
import io.forgewatch.event.alarm.AlarmId;
import io.forgewatch.event.alarm.Fault;
import io.forgewatch.event.alarm.Limit;
import io.forgewatch.event.equipment.Severity;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An alarm that is neither cleared nor ended, as far as who watches its point needs to know.
 *
 * @param limit the gravest it reached
 * @param returned whether the value is known to be back
 * @param settled whether it is known to have stayed back, so that a person may clear it
 * @param onset epoch milliseconds since when the limit is broken: of the alarm, or of the breach that continued it
 * @param fault what is wrong, where the direction is QUALITY
 * @param points for which it stands, as {@code <device>.<indicator>}; at most 50 are named
 * @param pointCount for how many it stands, 0 where it is of its own subject only
 */
public record OpenAlarm(
        AlarmId id,
        Limit limit,
        Severity severity,
        boolean returned,
        boolean settled,
        long onset,
        @Nullable Fault fault,
        List<String> points,
        int pointCount) {

    public OpenAlarm {
        points = List.copyOf(points);
    }

    /**
     * What is open of a point after a further event of it.
     *
     * @param before null when nothing was
     * @return null when nothing is
     */
    static @Nullable OpenAlarm after(@Nullable OpenAlarm before, AlarmEvent event) {
        if (event instanceof AlarmRaised raised) {
            return raised.late() ? before : of(raised);
        }
        return before == null || !before.id.toString().equals(event.alarmId()) ? before : before.after(event);
    }

    private static OpenAlarm of(AlarmRaised raised) {
        return new OpenAlarm(
                AlarmId.FORM.parse(raised.alarmId()),
                raised.limit(),
                raised.severity(),
                false,
                false,
                raised.onset().toEpochMilli(),
                raised.fault(),
                raised.points(),
                raised.pointCount());
    }

    private @Nullable OpenAlarm after(AlarmEvent event) {
        return switch (event) {
            case AlarmRaised _,
                    AlarmAcknowledged _,
                    PointOutOfForce _,
                    PointInForce _,
                    SensorFaultClaimed _,
                    SensorFaultAccepted _,
                    SensorFaultRejected _ -> this;
            case AlarmUpgraded upgraded ->
                new OpenAlarm(
                        id, upgraded.limit(), upgraded.severity(), returned, settled, onset, fault, points, pointCount);
            case AlarmReturned _ -> standing(true, false, onset);
            case AlarmBreachedAgain again -> standing(false, false, again.at().toEpochMilli());
            case AlarmSettled _ -> standing(returned, true, onset);
            case AlarmCleared _, AlarmEnded _ -> null;
        };
    }

    private OpenAlarm standing(boolean isBack, boolean staysBack, long since) {
        return new OpenAlarm(id, limit, severity, isBack, staysBack, since, fault, points, pointCount);
    }
}
