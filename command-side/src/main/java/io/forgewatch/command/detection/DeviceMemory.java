package io.forgewatch.command.detection;

import java.util.HashMap;
import java.util.Map;

/** What is remembered of a device beside the states of its points, for moments only: a restart may forget it. */
final class DeviceMemory {

    /** How long a rise of the cast length says that metal is being cast. */
    private static final long MOVING_MILLIS = 5_000;

    private final Map<String, PointMemory> points = new HashMap<>();
    private int rises;
    private long roseAt;

    PointMemory point(String indicator) {
        return points.computeIfAbsent(indicator, _ -> new PointMemory());
    }

    /** One more good reading of the cast length. */
    void length(boolean rose, long arrival) {
        rises = rose ? rises + 1 : 0;
        if (rises >= Side.ENOUGH) {
            roseAt = arrival;
        }
    }

    boolean isLengthRising(long now) {
        return roseAt != 0 && now - roseAt <= MOVING_MILLIS;
    }
}
