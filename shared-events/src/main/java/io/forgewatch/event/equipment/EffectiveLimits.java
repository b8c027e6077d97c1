package io.forgewatch.event.equipment;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The limits of an analogue point as its values are judged by 生效限值, and for each where a value is back from it 返回值 (dossier
 * §2). All in the point's unit; a lower limit that the point has not is negative infinity, an upper one positive infinity, and
 * so is where it is back.
 *
 * <p>A limit that lies beyond an end of the transmitter's range counts as reached at that end: no value that the transmitter can
 * tell would reach it else. The deadband 死区 of a limit is the point's share of its span, at most a tenth of the distance to either
 * limit beside it and half of what the range has on the normal side, so that no range keeps an alarm from its end. A value at a
 * limit is beyond it; one where it is back is back.
 *
 * @param llBack at or above this a value is back from {@code ll}
 * @param lBack at or above this a value is back from {@code l}
 * @param hBack at or below this a value is back from {@code h}
 * @param hhBack at or below this a value is back from {@code hh}
 */
public record EffectiveLimits(
        double ll, double l, double h, double hh, double llBack, double lBack, double hBack, double hhBack) {

    private static final double MOST_OF_DISTANCE = 0.1;

    /** How many limits are lower ones in the order LL, L, H, HH. */
    private static final int LOWER = 2;

    public static EffectiveLimits of(MonitoringPoint point) {
        return of(point, point.limits());
    }

    /** Those of the point under other limits than its own, such as those of a phase of a cast. */
    public static EffectiveLimits of(MonitoringPoint point, Limits limits) {
        double[] reached = {
            reachedLow(limits.ll(), point.range()),
            reachedLow(limits.l(), point.range()),
            reachedHigh(limits.h(), point.range()),
            reachedHigh(limits.hh(), point.range())
        };
        double[] back = new double[reached.length];
        for (int i = 0; i < reached.length; i++) {
            double deadband = deadband(point.deadbandPercent(), PointSpan.of(point), reached[i], reached);
            // The middle of what can be read on the normal side is back, else an alarm might never end.
            deadband = Math.min(deadband, roomWithin(point.range(), reached[i], i) / 2);
            back[i] = i < LOWER ? reached[i] + deadband : reached[i] - deadband;
        }
        return new EffectiveLimits(reached[0], reached[1], reached[2], reached[3], back[0], back[1], back[2], back[3]);
    }

    private static double reachedLow(@Nullable Double limit, @Nullable Range range) {
        if (limit == null) {
            return Double.NEGATIVE_INFINITY;
        }
        return range == null ? limit : Math.max(limit, range.low());
    }

    private static double reachedHigh(@Nullable Double limit, @Nullable Range range) {
        if (limit == null) {
            return Double.POSITIVE_INFINITY;
        }
        return range == null ? limit : Math.min(limit, range.high());
    }

    /**
     * How far a value must come back from a limit.
     *
     * @param percent of the span, at most
     * @param limits all that the point has, among others that are infinite
     */
    static double deadband(double percent, Range span, double limit, double... limits) {
        double nearest = Arrays.stream(limits)
                .filter(other -> Double.isFinite(other) && other != limit)
                .map(other -> Math.abs(other - limit))
                .min()
                .orElse(Double.POSITIVE_INFINITY);
        return Math.min(span.width() * percent / 100, nearest * MOST_OF_DISTANCE);
    }

    /** What a range has left on the normal side of a limit; a guess leaves any amount. */
    private static double roomWithin(@Nullable Range range, double limit, int which) {
        double room = range == null ? 0 : which < LOWER ? range.high() - limit : limit - range.low();
        return room > 0 ? room : Double.POSITIVE_INFINITY;
    }
}
