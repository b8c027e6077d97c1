package io.forgewatch.event.telemetry;

import io.forgewatch.event.equipment.Limits;
import io.forgewatch.event.equipment.MonitoringPoint;
import io.forgewatch.event.equipment.Range;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Between which numbers readings of a point can be values, so that a code must lie outside (dossier §2): its range or guessed
 * span, all of its limits and its alarm states, and beside them as much as a transmitter may read beyond its range.
 */
public record PointExtent(String indicator, double low, double high) {

    private static final double BELOW = 0.025;
    private static final double ABOVE = 0.05;

    public static PointExtent of(MonitoringPoint point) {
        Limits limits = point.limits();
        double[] told = Stream.concat(
                        Stream.of(limits.ll(), limits.l(), limits.h(), limits.hh())
                                .filter(Objects::nonNull),
                        limits.alarmStates().stream().map(Integer::doubleValue))
                .mapToDouble(Double::doubleValue)
                .toArray();
        double low = point.spanLow();
        double high = point.spanHigh();
        for (double each : told) {
            low = Math.min(low, each);
            high = Math.max(high, each);
        }
        return widened(point.indicator(), low, high);
    }

    /** The same point with the range of its transmitter, which holds every limit. */
    public PointExtent with(Range range) {
        return widened(indicator, range.low(), range.high());
    }

    private static PointExtent widened(String indicator, double low, double high) {
        double width = high - low;
        return new PointExtent(indicator, low - BELOW * width, high + ABOVE * width);
    }

    /** Whether a number can be a value of the point. */
    public boolean holds(double value) {
        return value >= low && value <= high;
    }
}
