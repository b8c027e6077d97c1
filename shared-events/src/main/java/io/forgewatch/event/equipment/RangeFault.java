package io.forgewatch.event.equipment;

import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Why a range cannot be that of a point's transmitter (dossier §2). */
public enum RangeFault {
    /** Its ends are no numbers or not in order. */
    NOT_A_RANGE("量程下限须小于上限", "the lower end must be below the upper one"),
    /** Its states or date have none. */
    NOT_ANALOGUE("只有模拟量有量程", "only an analogue point has a range"),
    /** A limit lies outside it or within a deadband of its end: what is beyond could hardly be read. */
    LIMIT_OUTSIDE("各限值须在量程内，距两端至少一个死区", "it must hold every limit, each at least a deadband from either end"),
    /** Its share of the span is more than the limits are apart. */
    TOO_WIDE(
            "量程不得宽于限值间距（只有一个限值时为该限值）的20倍",
            "it must not be more than 20 times as wide as its limits are apart" + " (one limit: 20 times that limit)");

    private static final double MOST_WIDTHS = 20;

    /** Sums and differences of decimal numbers are not exact: 0.3 - 0.2 is less than 0.1. */
    private static final double ROUNDING = 1e-9;

    private final String zh;
    private final String en;

    RangeFault(String zh, String en) {
        this.zh = zh;
        this.en = en;
    }

    public String zh() {
        return zh;
    }

    public String en() {
        return en;
    }

    /** What speaks against a range for a point, or null. */
    public static @Nullable RangeFault of(MonitoringPoint point, Range range) {
        if (!range.isOne()) {
            return NOT_A_RANGE;
        }
        if (point.kind() != PointKind.AI) {
            return NOT_ANALOGUE;
        }
        Limits limits = point.limits();
        double[] given = Stream.of(limits.ll(), limits.l(), limits.h(), limits.hh())
                .filter(Objects::nonNull)
                .mapToDouble(Double::doubleValue)
                .toArray();
        if (given.length == 0) {
            return null;
        }
        if (Arrays.stream(given).anyMatch(limit -> isOutside(point, range, limit, given))) {
            return LIMIT_OUTSIDE;
        }
        return range.width() * (1 - ROUNDING) > MOST_WIDTHS * apart(given) ? TOO_WIDE : null;
    }

    private static boolean isOutside(MonitoringPoint point, Range range, double limit, double[] limits) {
        double deadband = EffectiveLimits.deadband(point.deadbandPercent(), range, limit, limits);
        double spare = deadband - ROUNDING * range.width();
        return limit - spare < range.low() || limit + spare > range.high();
    }

    private static double apart(double[] limits) {
        return limits.length == 1
                ? Math.abs(limits[0])
                : Arrays.stream(limits).max().orElseThrow()
                        - Arrays.stream(limits).min().orElseThrow();
    }
}
