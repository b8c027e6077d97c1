package io.forgewatch.event.equipment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.DoubleStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;

class EffectiveLimitsTest {

    private static final MonitoringPoint PRESSURE = Points.point("01", PointRatings.of("BF_CW_P"));
    private static final MonitoringPoint CO = Points.point("13", PointRatings.of("CO"));

    @Property(tries = 300)
    void
            given_any_row_when_its_value_comes_back_then_each_limit_is_left_before_the_next_and_the_middle_is_back_from_all(
                    @ForAll @DoubleRange(min = 0.5, max = 10_000) double value) {
        List<MonitoringPoint> points = Points.analogue(value);
        assertThat(points).hasSizeGreaterThan(60);
        points.forEach(EffectiveLimitsTest::holds);
    }

    @Property(tries = 300)
    void given_any_range_that_a_row_allows_then_it_holds_too(
            @ForAll @DoubleRange(min = 0.5, max = 10_000) double value,
            @ForAll @DoubleRange(min = 0, max = 1) double below,
            @ForAll @DoubleRange(min = 0, max = 1) double above) {
        int ranged = 0;
        for (MonitoringPoint point : Points.analogue(value)) {
            double[] given = given(point.limits());
            double width = given.length == 1 ? given[0] : given[given.length - 1] - given[0];
            Range range = new Range(given[0] - below * 10 * width, given[given.length - 1] + above * 10 * width);
            if (RangeFault.of(point, range) == null) {
                ranged++;
                holds(point.with(range));
            }
        }
        if (below > 0.1 && above > 0.1) {
            assertThat(ranged).isPositive();
        }
    }

    private static void holds(MonitoringPoint point) {
        EffectiveLimits judged = EffectiveLimits.of(point);
        Limits limits = point.limits();
        double[] given = given(limits);
        double most = (point.spanHigh() - point.spanLow()) * 0.02 + 1e-9;
        if (limits.ll() != null) {
            assertThat(judged.llBack()).isGreaterThan(judged.ll()).isLessThan(next(given, judged.ll()));
            assertThat(judged.llBack() - judged.ll()).isLessThanOrEqualTo(most);
        }
        if (limits.l() != null) {
            assertThat(judged.lBack()).isGreaterThan(judged.l()).isLessThan(next(given, judged.l()));
            assertThat(judged.lBack() - judged.l()).isLessThanOrEqualTo(most);
        }
        if (limits.h() != null) {
            assertThat(judged.hBack()).isLessThan(judged.h()).isGreaterThan(before(given, judged.h()));
            assertThat(judged.h() - judged.hBack()).isLessThanOrEqualTo(most);
        }
        if (limits.hh() != null) {
            assertThat(judged.hhBack()).isLessThan(judged.hh()).isGreaterThan(before(given, judged.hh()));
            assertThat(judged.hh() - judged.hhBack()).isLessThanOrEqualTo(most);
        }
        double normal = middle(point);
        assertThat(normal)
                .as("%s in %s", normal, point)
                .isGreaterThanOrEqualTo(Math.max(judged.llBack(), judged.lBack()))
                .isLessThanOrEqualTo(Math.min(judged.hBack(), judged.hhBack()));
    }

    private static double middle(MonitoringPoint point) {
        Limits limits = point.limits();
        double low = limits.l() != null ? limits.l() : point.spanLow();
        double high = limits.h() != null ? limits.h() : limits.hh() != null ? limits.hh() : point.spanHigh();
        return (low + high) / 2;
    }

    private static double[] given(Limits limits) {
        return java.util.stream.Stream.of(limits.ll(), limits.l(), limits.h(), limits.hh())
                .filter(limit -> limit != null)
                .mapToDouble(Double::doubleValue)
                .toArray();
    }

    private static double next(double[] given, double limit) {
        return DoubleStream.of(given).filter(other -> other > limit).min().orElse(Double.POSITIVE_INFINITY);
    }

    private static double before(double[] given, double limit) {
        return DoubleStream.of(given).filter(other -> other < limit).max().orElse(Double.NEGATIVE_INFINITY);
    }

    @Example
    void given_a_guessed_span_then_a_deadband_is_two_percent_of_it_and_at_most_a_tenth_of_the_way_to_the_next_limit() {
        EffectiveLimits pressure = EffectiveLimits.of(PRESSURE);

        assertThat(pressure.llBack()).isCloseTo(0.21, within(1e-12));
        assertThat(pressure.lBack()).isCloseTo(0.31, within(1e-12));
        assertThat(pressure.h()).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(pressure.hBack()).isEqualTo(Double.POSITIVE_INFINITY);
        EffectiveLimits co = EffectiveLimits.of(CO);
        assertThat(co.hBack()).isCloseTo(24 - 6.4, within(1e-12));
        assertThat(co.hhBack()).isCloseTo(160 - 6.4, within(1e-12));
        assertThat(co.llBack()).isEqualTo(Double.NEGATIVE_INFINITY);
    }

    /** 2 % of 2,000 ppm is more than the 24 ppm that the value can fall at all: the alarm would never end. */
    @Example
    void given_a_wide_range_then_an_alarm_can_still_end() {
        assertThat(EffectiveLimits.of(CO.with(new Range(-10, 1_000))).hBack()).isCloseTo(24 - 13.6, within(1e-9));
        EffectiveLimits co = EffectiveLimits.of(CO.with(new Range(0, 2_000)));
        assertThat(co.hBack()).isCloseTo(12, within(1e-9));
        assertThat(co.hhBack()).isCloseTo(160 - 13.6, within(1e-9));
    }

    @Example
    void given_limits_that_came_to_lie_beyond_the_range_then_they_are_reached_at_its_ends() {
        MonitoringPoint moved = Points.with(PRESSURE, Points.limits(-0.5, 0.3, 1.0, 2.0), new Range(0, 1.6));

        EffectiveLimits judged = EffectiveLimits.of(moved);

        assertThat(judged.ll()).isZero();
        assertThat(judged.l()).isEqualTo(0.3);
        assertThat(judged.h()).isEqualTo(1.0);
        assertThat(judged.hh()).isEqualTo(1.6);
        assertThat(judged.hhBack()).isLessThan(1.6).isGreaterThan(1.0);
        assertThat(judged.llBack()).isGreaterThan(0).isLessThan(0.3);
    }

    /** A limit beyond the end of the other side is broken by every value; taken to that end it would be broken by none. */
    @Example
    void given_a_lower_limit_above_the_range_then_it_is_not_made_milder() {
        EffectiveLimits judged =
                EffectiveLimits.of(Points.with(PRESSURE, Points.limits(null, 2.0, null, null), new Range(0, 1.6)));

        assertThat(judged.l()).isEqualTo(2.0);
    }

    @Example
    void given_two_limits_beyond_the_same_end_then_they_are_one_and_have_a_deadband() {
        EffectiveLimits judged =
                EffectiveLimits.of(Points.with(PRESSURE, Points.limits(null, null, 2.0, 3.0), new Range(0, 1.6)));

        assertThat(judged.h()).isEqualTo(1.6);
        assertThat(judged.hh()).isEqualTo(1.6);
        assertThat(judged.hBack()).isCloseTo(1.6 - 0.032, within(1e-12));
    }

    @Example
    void given_a_limit_close_to_the_far_end_then_the_value_that_is_back_can_be_read() {
        EffectiveLimits judged =
                EffectiveLimits.of(Points.with(PRESSURE, Points.limits(null, 1.59, null, null), new Range(0, 1.6)));

        assertThat(judged.lBack()).isGreaterThan(1.59).isLessThan(1.6);
    }
}
