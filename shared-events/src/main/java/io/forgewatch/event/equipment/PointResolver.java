package io.forgewatch.event.equipment;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Resolves one indicator for one device: the rules for delays, deadband and range of dossier §2. */
final class PointResolver {

    private static final double DEADBAND_PERCENT = 2;
    private static final int DELAY_ON_MILLIS = 3_000;
    private static final int DELAY_ON_MILLIS_A = 1_000;
    private static final int DELAY_OFF_MILLIS = 10_000;

    private final Indicator indicator;
    private final Unit unit;
    private final PointRatings ratings;

    PointResolver(Indicator indicator, Unit unit, PointRatings ratings) {
        this.indicator = indicator;
        this.unit = unit;
        this.ratings = ratings;
    }

    PointResolution resolve() {
        Thresholds thresholds = thresholds();
        if (thresholds == null) {
            return refused(
                    "variant-unknown",
                    "variant",
                    "须选择一种: " + new TreeSet<>(indicator.variants().keySet()),
                    "must be one of " + new TreeSet<>(indicator.variants().keySet()));
        }
        Set<Reference> needed = EnumSet.noneOf(Reference.class);
        needed.addAll(thresholds.needs());
        Reference told = told();
        if (told != null) {
            needed.add(told);
        }
        Double set = ratings.set();
        if (set != null && !Double.isFinite(set)) {
            return refused("reference-invalid", "set", "set 须为数值", "set must be a number");
        }
        for (Reference reference : needed) {
            PointResolution.Refused wrong = check(reference);
            if (wrong != null) {
                return wrong;
            }
        }
        Reference tooLarge = tooLarge(thresholds);
        if (tooLarge != null) {
            String field = field(tooLarge);
            return refused("reference-invalid", field, field + " 过大，限值无从计算", field + " is too large for its limits");
        }
        Limits limits = new Limits(
                number(thresholds.ll()),
                number(thresholds.l()),
                number(thresholds.h()),
                number(thresholds.hh()),
                alarmStates(),
                indicator.interlock(),
                1);
        return inOrder(limits) ? ranged(point(limits)) : outOfOrder();
    }

    private @Nullable Thresholds thresholds() {
        if (indicator.variants().isEmpty()) {
            return indicator.limits() == null ? Thresholds.NONE : indicator.limits();
        }
        return ratings.variant() == null ? null : indicator.variants().get(ratings.variant());
    }

    private PointResolution.@Nullable Refused check(Reference reference) {
        Double value = valueOrNull(reference);
        String field = field(reference);
        if (value == null) {
            return refused(
                    "reference-missing",
                    field,
                    "需要 " + field + "，单位 " + unit.zh(),
                    "needs " + field + " in " + unit.en());
        }
        List<Double> range = indicator.ranges().get(reference);
        boolean fits = range == null
                ? Double.isFinite(value) && value > 0
                : value >= range.getFirst() && value <= range.getLast();
        boolean whole = reference != indicator.oppositeOf() || value == 0 || value == 1;
        if (!fits || !whole) {
            String allowed = range == null ? "> 0" : range.getFirst() + " – " + range.getLast();
            return refused("reference-invalid", field, field + " 应为 " + allowed, field + " must be " + allowed);
        }
        return null;
    }

    private static String field(Reference reference) {
        return reference.name().toLowerCase(Locale.ROOT);
    }

    /** A number itself, but a limit that is a share of it is none any more. */
    private @Nullable Reference tooLarge(Thresholds thresholds) {
        return thresholds
                .given()
                .filter(threshold -> !Double.isFinite(threshold.resolve(this::value)))
                .flatMap(threshold -> threshold.needs().stream())
                .findFirst()
                .orElse(null);
    }

    private @Nullable Double valueOrNull(Reference reference) {
        Double own = ratings.value(reference);
        return own != null ? own : indicator.defaults().get(reference);
    }

    private double value(Reference reference) {
        Double value = valueOrNull(reference);
        if (value == null) {
            throw new IllegalStateException(indicator.code() + " was not checked for " + reference);
        }
        return value;
    }

    private @Nullable Double number(@Nullable Threshold threshold) {
        return threshold == null ? null : threshold.resolve(this::value);
    }

    /** A position that has no command by a point nor by its papers is shown, and is never an alarm. */
    private List<Integer> alarmStates() {
        Reference told = told();
        return told == null ? indicator.alarmStates() : List.of(1 - (int) value(told));
    }

    /** Whose opposite is the alarm state, if the device brings it along. */
    private @Nullable Reference told() {
        Reference opposite = indicator.oppositeOf();
        return opposite == null || valueOrNull(opposite) == null ? null : opposite;
    }

    private PointResolution ranged(MonitoringPoint point) {
        Range range = ratings.range();
        RangeFault fault = range == null ? null : RangeFault.of(point, range);
        return fault == null
                ? new PointResolution.Resolved(point)
                : refused("range-invalid", "range", fault.zh(), fault.en());
    }

    private static boolean inOrder(Limits limits) {
        double[] given = Stream.of(limits.ll(), limits.l(), limits.h(), limits.hh())
                .filter(limit -> limit != null)
                .mapToDouble(Double::doubleValue)
                .toArray();
        for (int i = 1; i < given.length; i++) {
            if (given[i - 1] >= given[i]) {
                return false;
            }
        }
        return true;
    }

    private MonitoringPoint point(Limits limits) {
        int delayOn = indicator.severity() == Severity.A ? DELAY_ON_MILLIS_A : DELAY_ON_MILLIS;
        return new MonitoringPoint(
                indicator.code(),
                indicator.kind(),
                indicator.unit(),
                indicator.severity(),
                limits,
                indicator.gate(),
                ratings.range(),
                valueOrNull(Reference.SET),
                ratings.isManual(),
                indicator.sampleSeconds(),
                DEADBAND_PERCENT,
                indicator.delayOnSeconds() == null ? delayOn : indicator.delayOnSeconds() * 1_000,
                DELAY_OFF_MILLIS,
                indicator.thresholdBasis());
    }

    private PointResolution outOfOrder() {
        return refused(
                "limits-out-of-order",
                "indicator",
                "按所给数值，限值次序不对（LL < L < H < HH）",
                "with these values the limits are not in order (LL < L < H < HH)");
    }

    private PointResolution.Refused refused(String code, String field, String zh, String en) {
        return new PointResolution.Refused(
                indicator.code(), code, field, indicator.code() + " " + zh, indicator.code() + " " + en);
    }
}
