package io.forgewatch.command.detection;

import java.util.HashMap;
import java.util.Map;

/** What is remembered of a device beside the states of its points, for moments only: a restart may forget it. */
final class DeviceMemory {

    /** How long a rise of the cast length says that metal is being cast. */
    private static final long MOVING_MILLIS = 5_000;

    private final Map<String, PointMemory> points = new HashMap<>();
    private final BrokenPoints broken = new BrokenPoints();
    private int rises;
    private long roseAt;

    PointMemory point(String indicator) {
        return points.computeIfAbsent(indicator, _ -> new PointMemory());
    }

    BrokenPoints broken() {
        return broken;
    }

    /** One more good reading of the cast length. */
    void length(boolean rose, long arrival) {
        rises = rose ? rises + 1 : 0;
        if (rises >= Side.ENOUGH) {
            roseAt = arrival;
        }
    }

    /** Whether the cast grows now, and did not only before that moment. */
    boolean isLengthRising(long from, long now) {
        return roseAt != 0 && roseAt >= from && now - roseAt <= MOVING_MILLIS;
    }
}
