package io.forgewatch.stack.demo;

import io.forgewatch.event.equipment.Limits;
import io.forgewatch.event.equipment.MonitoringPoint;
import io.forgewatch.event.equipment.PointKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A point of a works where all is well: its value lies well within its limits and is never quite still. */
final class SimulatedPoint implements Series {

    /** Points of slow cycles are sent more often, so that a newcomer soon sees them. */
    private static final int LONGEST_CYCLE_SECONDS = 30;

    private static final double RIPPLE_OF_SPAN = 0.004;

    private final MonitoringPoint point;
    private final double normal;
    private final int cycle;
    private final int phase;

    SimulatedPoint(MonitoringPoint point, Map<String, Double> states, int phase) {
        this.point = point;
        this.normal = normal(point, states.get(point.indicator()));
        this.cycle = Math.clamp(point.sampleSeconds(), 1, LONGEST_CYCLE_SECONDS);
        this.phase = phase;
    }

    @Override
    public List<Sample> between(double from, double to) {
        List<Sample> found = new ArrayList<>();
        for (long second = (long) Math.floor(from) + 1; second <= to; second++) {
            if ((second + phase) % cycle == 0) {
                found.add(new Sample(second, at(second)));
            }
        }
        return found;
    }

    double at(long second) {
        if (point.kind() != PointKind.AI) {
            return normal;
        }
        double span = point.spanHigh() - point.spanLow();
        double wave = Math.sin((second + phase) * 0.21) + 0.5 * Math.sin((second + 3.0 * phase) * 1.3);
        return rounded(normal + span * RIPPLE_OF_SPAN * wave);
    }

    private static double normal(MonitoringPoint point, @Nullable Double told) {
        if (told != null) {
            return told;
        }
        return switch (point.kind()) {
            case DI -> point.limits().alarmStates().contains(0) ? 1 : 0;
            case STATIC -> (point.spanLow() + point.spanHigh()) / 2;
            case AI -> withinLimits(point);
        };
    }

    private static double withinLimits(MonitoringPoint point) {
        Limits limits = point.limits();
        Double low = limits.l() == null ? limits.ll() : limits.l();
        Double high = limits.h() == null ? limits.hh() : limits.h();
        if (low != null && high != null) {
            return (low + high) / 2;
        }
        if (low != null) {
            return low + (point.spanHigh() - low) * 0.4;
        }
        if (high != null) {
            return point.spanLow() + (high - point.spanLow()) * 0.6;
        }
        return (point.spanLow() + point.spanHigh()) / 2;
    }

    private static double rounded(double value) {
        return Math.round(value * 10_000) / 10_000.0;
    }
}
