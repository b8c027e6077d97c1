package io.forgewatch.event.equipment;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Points of the catalogue for tests. */
final class Points {

    private Points() {}

    /** Every analogue row with limits, each of its variants, by devices that bring the value along; as far as in order. */
    static List<MonitoringPoint> analogue(double value) {
        List<MonitoringPoint> found = new ArrayList<>();
        Catalogue.standard().indicators().stream()
                .filter(each -> each.kind() == PointKind.AI)
                .forEach(each -> variants(each)
                        .map(ratings -> resolve(each, value, ratings))
                        .filter(PointResolution.Resolved.class::isInstance)
                        .map(resolution -> ((PointResolution.Resolved) resolution).point())
                        .filter(Points::hasLimits)
                        .forEach(found::add));
        return found;
    }

    static MonitoringPoint point(String equipmentClass, PointRatings ratings) {
        PointResolution resolution = Catalogue.standard().resolve(equipmentClass, ratings);
        if (resolution instanceof PointResolution.Resolved(MonitoringPoint point)) {
            return point;
        }
        throw new AssertionError(resolution);
    }

    static MonitoringPoint with(MonitoringPoint point, Limits limits, @Nullable Range range) {
        return new MonitoringPoint(
                point.indicator(),
                point.kind(),
                point.unit(),
                point.severity(),
                limits,
                point.gate(),
                range,
                point.set(),
                point.manual(),
                point.sampleSeconds(),
                point.deadbandPercent(),
                point.delayOnMillis(),
                point.delayOffMillis(),
                point.basis());
    }

    static Limits limits(@Nullable Double ll, @Nullable Double l, @Nullable Double h, @Nullable Double hh) {
        return new Limits(ll, l, h, hh, List.of(), false, 1);
    }

    private static Stream<String> variants(Indicator indicator) {
        return indicator.variants().isEmpty() ? Stream.of("") : indicator.variants().keySet().stream();
    }

    private static PointResolution resolve(Indicator indicator, double value, String variant) {
        double set = indicator.ranges().containsKey(Reference.SET)
                ? Math.clamp(
                        value,
                        indicator.ranges().get(Reference.SET).getFirst(),
                        indicator.ranges().get(Reference.SET).getLast())
                : value;
        return Catalogue.standard()
                .resolve(
                        indicator.equipmentClass(),
                        new PointRatings(
                                indicator.code(), value, set, value, value, variant.isEmpty() ? null : variant));
    }

    private static boolean hasLimits(MonitoringPoint point) {
        Limits limits = point.limits();
        return Stream.of(limits.ll(), limits.l(), limits.h(), limits.hh()).anyMatch(limit -> limit != null);
    }
}
