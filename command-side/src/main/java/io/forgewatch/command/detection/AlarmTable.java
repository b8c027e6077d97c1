package io.forgewatch.command.detection;

import io.forgewatch.command.alarm.OpenAlarm;
import io.forgewatch.command.alarm.OpenAlarms;
import io.forgewatch.command.alarm.OutOfForce;
import org.jspecify.annotations.Nullable;

/** What is known of the alarms of points and directions, by {@code <subject>.<indicator>.<direction>}. */
@FunctionalInterface
interface AlarmTable {

    /** The open alarm, or null. */
    @Nullable
    OpenAlarm of(String point);

    /** That breaches are not heard for a time, or null where the point is in force. */
    default @Nullable OutOfForce outOfForce(String point) {
        return null;
    }

    static AlarmTable of(OpenAlarms alarms) {
        return new AlarmTable() {
            @Override
            public @Nullable OpenAlarm of(String point) {
                return alarms.of(point);
            }

            @Override
            public @Nullable OutOfForce outOfForce(String point) {
                return alarms.outOfForce(point);
            }
        };
    }
}
