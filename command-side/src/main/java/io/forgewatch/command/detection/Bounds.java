package io.forgewatch.command.detection;

import io.forgewatch.event.alarm.Direction;
import io.forgewatch.event.equipment.EffectiveLimits;
import org.jspecify.annotations.Nullable;

/**
 * The numbers that an analogue value is held against (dossier §2): the limits of a point, and from where on a value is back from
 * each. A limit that there is none of is infinitely far away; where a direction has one limit it is the outer one.
 */
record Bounds(double ll, double l, double h, double hh, double llBack, double lowBack, double highBack, double hhBack) {

    static Bounds of(EffectiveLimits limits) {
        boolean low = Double.isFinite(limits.l());
        boolean high = Double.isFinite(limits.h());
        return new Bounds(
                limits.ll(),
                low ? limits.l() : limits.ll(),
                high ? limits.h() : limits.hh(),
                limits.hh(),
                limits.llBack(),
                low ? limits.lBack() : limits.llBack(),
                high ? limits.hBack() : limits.hhBack(),
                limits.hhBack());
    }

    /** The same with the lower limits of others. */
    Bounds withLower(Bounds other) {
        return new Bounds(other.ll, other.l, h, hh, other.llBack, other.lowBack, highBack, hhBack);
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
