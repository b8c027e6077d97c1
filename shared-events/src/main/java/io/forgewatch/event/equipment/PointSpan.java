package io.forgewatch.event.equipment;

import org.jspecify.annotations.Nullable;

/**
 * The span 量程 of a point, by which deadband and jump are measured (dossier §2): the range of its transmitter, or guessed. A
 * guess silences nothing: a healthy value can lie outside it.
 */
public final class PointSpan {

    private PointSpan() {}

    public static Range of(MonitoringPoint point) {
        if (point.range() != null) {
            return point.range();
        }
        Range guess = guess(point.limits());
        if (guess != null) {
            return guess;
        }
        Range told = Catalogue.standard().span(point.indicator());
        return told != null ? told : new Range(0, point.unit().endsWith("/2") ? 2 : 1);
    }

    /**
     * [0, 2×L] with lower limits only, [0, 2×HH] with upper ones only, [min(0, LL), 1.5×HH] with both; null without any. Where
     * one of a pair is missing the other stands for it.
     */
    static @Nullable Range guess(Limits limits) {
        Double lower = limits.ll() == null ? limits.l() : limits.ll();
        Double upper = limits.hh() == null ? limits.h() : limits.hh();
        if (lower != null && upper != null) {
            return between(Math.min(0, lower), upper > 0 ? 1.5 * upper : 0);
        }
        if (upper != null) {
            return between(0, 2 * upper);
        }
        Double inner = limits.l() == null ? lower : limits.l();
        return inner == null ? null : between(0, 2 * inner);
    }

    /** Never empty, and in order also where limits are negative. */
    private static Range between(double one, double other) {
        return one == other ? new Range(one, one + 1) : new Range(Math.min(one, other), Math.max(one, other));
    }
}
