package io.forgewatch.command.detection;

import io.forgewatch.command.alarm.OpenAlarm;
import io.forgewatch.event.alarm.Direction;
import org.jspecify.annotations.Nullable;

/** Which alarms of a point are open, as the table of open alarms has it. */
interface Standing {

    /** The open alarm of the point in a direction, or null. */
    @Nullable
    OpenAlarm open(Direction direction);

    /** When an alarm of the point in that direction was last cleared or ended, in epoch milliseconds; 0 when that is not known. */
    long endedAt(Direction direction);
}
