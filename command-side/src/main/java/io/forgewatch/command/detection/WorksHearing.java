package io.forgewatch.command.detection;

import org.jspecify.annotations.Nullable;

/** What a device needs to know of its works to tell its own faults from those of others. */
interface WorksHearing {

    /** The gateway that brings a point's readings, as it is heard; null where none is known. */
    @Nullable
    GatewayHearing gatewayOf(LiveDevice device, String indicator);

    /** Whether an open alarm of a fault names the point: it is looked at more closely then. */
    boolean isNamed(String point);

    /** Whether an alarm of the point's limits is open, as the table has it. */
    boolean hasLimitAlarm(LiveDevice device, PointRule rule);

    /** The same where no rule could be made of the point. */
    boolean hasLimitAlarm(LiveDevice device, String indicator);

    /** Whether what is broken of the point is not heard since its sensor was accepted to be dead. */
    boolean isOutOfForce(LiveDevice device, PointRule rule, PointState state, long now);
}
