package io.forgewatch.event.equipment;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The set value 工艺设定 that limits of a point are shares of, such as 70 % of AL_CW_F's: for rates of change, and for limits that
 * follow another set value in a phase of a cast.
 */
public final class SetValue {

    private static final MathContext DIGITS = new MathContext(12);

    private SetValue() {}

    /**
     * In the point's unit, or null where there is none or it is not known. A point registered before set values were kept has it
     * in those limits that the catalogue states as a share of it, as long as these are the ones it was registered with.
     */
    public static @Nullable Double of(MonitoringPoint point, Indicator indicator) {
        if (point.set() != null) {
            return point.set();
        }
        Thresholds stated = indicator.limits();
        Limits limits = point.limits();
        if (stated == null || limits.version() != 1) {
            return null;
        }
        Double found = from(stated.ll(), limits.ll());
        found = found != null ? found : from(stated.l(), limits.l());
        found = found != null ? found : from(stated.h(), limits.h());
        return found != null ? found : from(stated.hh(), limits.hh());
    }

    /** The point's limits as they are under another set value: those that are shares of it go with it, others stay. */
    public static Limits limits(MonitoringPoint point, Indicator indicator, double other) {
        Double own = of(point, indicator);
        Thresholds stated = indicator.limits();
        Limits limits = point.limits();
        if (own == null || own == 0 || stated == null) {
            return limits;
        }
        Function<Double, Double> scaled = limit -> round(BigDecimal.valueOf(limit)
                .multiply(BigDecimal.valueOf(other))
                .divide(BigDecimal.valueOf(own), MathContext.DECIMAL64));
        return new Limits(
                under(stated.ll(), limits.ll(), scaled),
                under(stated.l(), limits.l(), scaled),
                under(stated.h(), limits.h(), scaled),
                under(stated.hh(), limits.hh(), scaled),
                limits.alarmStates(),
                limits.interlock(),
                limits.version());
    }

    private static @Nullable Double under(
            @Nullable Threshold stated, @Nullable Double limit, Function<Double, Double> scaled) {
        return limit != null && share(stated) != null ? scaled.apply(limit) : limit;
    }

    private static @Nullable Double from(@Nullable Threshold stated, @Nullable Double limit) {
        Double share = share(stated);
        return share == null || limit == null
                ? null
                : round(BigDecimal.valueOf(limit).divide(BigDecimal.valueOf(share), MathContext.DECIMAL64));
    }

    private static @Nullable Double share(@Nullable Threshold stated) {
        return stated instanceof Threshold.Share(double share, Reference of) && of == Reference.SET ? share : null;
    }

    private static double round(BigDecimal value) {
        return value.round(DIGITS).doubleValue();
    }
}
