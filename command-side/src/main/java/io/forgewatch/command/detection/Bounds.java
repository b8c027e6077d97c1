package io.forgewatch.command.detection;

import io.forgewatch.event.alarm.Direction;
import io.forgewatch.event.equipment.Limits;
import io.forgewatch.event.equipment.MonitoringPoint;
import io.forgewatch.event.equipment.Range;
import org.jspecify.annotations.Nullable;

/**
 * The numbers that an analogue value is held against (dossier §2): the limits of a point, and from where on a value is back from
 * each, one deadband off. A limit that there is none of is infinitely far away; where a direction has one limit it is the outer
 * one.
 */
record Bounds(double ll, double l, double h, double hh, double llBack, double lowBack, double highBack, double hhBack) {

    /** The deadband of a limit is at most this share of the distance to its neighbours. */
    private static final double SHARE_OF_DISTANCE = 0.1;

    /**
     * Those of a point.
     *
     * @param lowFactor what the lower limits are multiplied with, as while water and speed ramp up
     */
    static Bounds of(MonitoringPoint point, double lowFactor) {
        Limits limits = point.limits();
        Range range = point.range();
        // A limit that came to lie beyond an end of the range counts as reached at that end.
        double low = range == null ? Double.NEGATIVE_INFINITY : range.low();
        double high = range == null ? Double.POSITIVE_INFINITY : range.high();
        double ll = limits.ll() == null ? Double.NEGATIVE_INFINITY : Math.max(limits.ll() * lowFactor, low);
        double l = limits.l() == null ? ll : Math.max(limits.l() * lowFactor, low);
        double hh = limits.hh() == null ? Double.POSITIVE_INFINITY : Math.min(limits.hh(), high);
        double h = limits.h() == null ? hh : Math.min(limits.h(), high);
        double most = (point.spanHigh() - point.spanLow()) * point.deadbandPercent() / 100;
        return new Bounds(
                ll,
                l,
                h,
                hh,
                ll + deadband(most, ll, l, h),
                l + Math.min(deadband(most, ll, l, l), deadband(most, l, h, h)),
                h - Math.min(deadband(most, l, h, h), deadband(most, h, hh, hh)),
                hh - deadband(most, h == hh ? l : h, hh, hh));
    }

    /** At most a tenth of the way from one limit to the next that is another one. */
    private static double deadband(double most, double from, double to, double beyond) {
        double next = to > from ? to : beyond;
        return next > from && Double.isFinite(next - from) ? Math.min(most, SHARE_OF_DISTANCE * (next - from)) : most;
    }

    boolean limits(Direction direction) {
        return switch (direction) {
            case LOW -> Double.isFinite(l);
            case HIGH -> Double.isFinite(h);
            case STATE, QUALITY, OFFLINE, AREA -> false;
        };
    }

    /** How deep a value breaks the limits of a direction; at a limit is beyond it. */
    int depth(Direction direction, double value) {
        return switch (direction) {
            case LOW -> value <= ll ? Side.OUTER : value <= l ? Side.INNER : Side.NONE;
            case HIGH -> value >= hh ? Side.OUTER : value >= h ? Side.INNER : Side.NONE;
            case STATE, QUALITY, OFFLINE, AREA -> Side.NONE;
        };
    }

    /** Whether a value is a deadband or more inside of the inner limit. */
    boolean isBack(Direction direction, double value) {
        return direction == Direction.LOW ? value >= lowBack && value > l : value <= highBack && value < h;
    }

    /** Whether a value is a deadband or more inside of the outer limit; it can still break the inner one. */
    boolean isBackFromOuter(Direction direction, double value) {
        return direction == Direction.LOW ? value >= llBack && value > ll : value <= hhBack && value < hh;
    }

    /** The middle of normal, or NaN where limits are on one side only. */
    double middle() {
        double middle = (l + h) / 2;
        return Double.isFinite(middle) ? middle : Double.NaN;
    }

    @Nullable
    Double threshold(Direction direction, int depth) {
        return switch (direction) {
            case LOW -> depth == Side.OUTER ? ll : l;
            case HIGH -> depth == Side.OUTER ? hh : h;
            case STATE, QUALITY, OFFLINE, AREA -> null;
        };
    }
}
