package io.forgewatch.command.telemetry;

import io.forgewatch.event.equipment.Indicator;
import io.forgewatch.event.equipment.MonitoringPoint;
import io.forgewatch.event.equipment.Range;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which readings of a point can be (dossier §2, code 2; NAMUR NE 43 [K]): within the range, or outside of it by no more than
 * 2.5 % of it below or 5 % above; without a range, anything but less than 0 by more than 5 % of the span where the catalogue's
 * floor is 0; of a discrete indicator one of its states. A value far above a guessed span can be: a guess silences nothing.
 */
public final class PossibleValues {

    private static final double BELOW_RANGE = 0.025;
    private static final double ABOVE_RANGE = 0.05;
    private static final double BELOW_FLOOR = 0.05;

    private final double lowest;
    private final double highest;
    /** Empty where any number within the ends can be. */
    private final int[] states;

    private PossibleValues(double lowest, double highest, int[] states) {
        this.lowest = lowest;
        this.highest = highest;
        this.states = states;
    }

    /** @param row the point's indicator as the catalogue has it today, or null where it has it no more */
    public static PossibleValues of(MonitoringPoint point, @Nullable Indicator row) {
        List<Integer> known = row == null ? List.of() : row.states();
        int[] states = known.stream().mapToInt(Integer::intValue).sorted().toArray();
        Range range = point.range();
        if (range != null) {
            double width = range.width();
            return new PossibleValues(range.low() - BELOW_RANGE * width, range.high() + ABOVE_RANGE * width, states);
        }
        return new PossibleValues(floor(point, row), Double.POSITIVE_INFINITY, states);
    }

    private static double floor(MonitoringPoint point, @Nullable Indicator row) {
        Double floor = row == null ? null : row.floor();
        return floor == null ? Double.NEGATIVE_INFINITY : floor - BELOW_FLOOR * (point.spanHigh() - point.spanLow());
    }

    public boolean allow(double value) {
        if (value < lowest || value > highest) {
            return false;
        }
        return states.length == 0 || (value == (int) value && Arrays.binarySearch(states, (int) value) >= 0);
    }
}
