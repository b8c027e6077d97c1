package io.forgewatch.event.equipment;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The limits of a point, already resolved to numbers in the point's unit. A value at or beyond a limit breaks it.
 *
 * @param ll low-low 低低, or null
 * @param l low 低, or null
 * @param h high 高, or null
 * @param hh high-high 高高, or null
 * @param alarmStates values of a discrete point that are alarms; empty for others
 * @param interlock whether an alarm state is INTERLOCK (联锁未投入) rather than STATE
 * @param version counts changes of these limits, from 1
 */
public record Limits(
        @Nullable Double ll,
        @Nullable Double l,
        @Nullable Double h,
        @Nullable Double hh,
        List<Integer> alarmStates,
        boolean interlock,
        int version) {

    public Limits {
        alarmStates = List.copyOf(alarmStates);
    }
}
