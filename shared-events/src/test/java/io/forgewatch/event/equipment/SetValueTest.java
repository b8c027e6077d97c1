package io.forgewatch.event.equipment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;

class SetValueTest {

    private static final List<String> SHARES = List.of("AL_CW_P", "AL_CW_F", "AL_SPEED", "CC_MOLD_F");

    private static Indicator indicator(String code) {
        return Catalogue.standard().indicator(code).orElseThrow();
    }

    private static MonitoringPoint point(String code, double set) {
        return Points.point(indicator(code).equipmentClass(), new PointRatings(code, null, set, null, null, null));
    }

    /** As it was registered before set values were kept. */
    private static MonitoringPoint old(MonitoringPoint point, int version) {
        Limits limits = point.limits();
        return new MonitoringPoint(
                point.indicator(),
                point.kind(),
                point.unit(),
                point.severity(),
                new Limits(limits.ll(), limits.l(), limits.h(), limits.hh(), List.of(), false, version),
                point.gate(),
                null,
                null,
                false,
                point.sampleSeconds(),
                point.deadbandPercent(),
                point.delayOnMillis(),
                point.delayOffMillis(),
                point.basis());
    }

    @Property(tries = 200)
    void given_limits_that_are_shares_of_a_set_value_then_it_is_found_in_them(
            @ForAll @DoubleRange(min = 0.01, max = 100_000) double set) {
        for (String code : SHARES) {
            MonitoringPoint point = point(code, set);
            assertThat(SetValue.of(point, indicator(code))).isEqualTo(set);
            assertThat(SetValue.of(old(point, 1), indicator(code))).isCloseTo(set, within(set * 1e-9));
        }
    }

    @Example
    void given_limits_that_were_changed_since_or_say_nothing_of_it_then_it_is_not_known() {
        assertThat(SetValue.of(old(point("AL_CW_F", 32), 2), indicator("AL_CW_F")))
                .isNull();
        assertThat(SetValue.of(Points.point("01", PointRatings.of("BF_CW_P")), indicator("BF_CW_P")))
                .isNull();
        assertThat(SetValue.of(old(point("AL_LENGTH", 6_000), 1), indicator("AL_LENGTH")))
                .isNull();
    }

    @Example
    void given_a_level_that_is_relative_to_its_set_value_then_it_can_be_told_and_is_kept() {
        assertThat(point("AL_LAUNDER_LV", 0).set()).isZero();
        assertThat(Catalogue.standard()
                        .resolve("21", new PointRatings("AL_LAUNDER_LV", null, Double.NaN, null, null, null)))
                .isInstanceOf(PointResolution.Refused.class);
    }

    @Example
    void given_a_phase_of_the_cast_then_the_limits_go_with_its_set_value() {
        MonitoringPoint flow = point("AL_CW_F", 32);

        assertThat(SetValue.limits(flow, indicator("AL_CW_F"), 19.2))
                .isEqualTo(point("AL_CW_F", 19.2).limits());
        assertThat(SetValue.limits(old(flow, 1), indicator("AL_CW_F"), 19.2))
                .isEqualTo(point("AL_CW_F", 19.2).limits());
    }

    @Example
    void given_limits_that_are_no_shares_of_it_then_they_stay() {
        MonitoringPoint overspeed = Points.point("11", PointRatings.of("CR_OVERSPD"));

        Limits other = SetValue.limits(overspeed, indicator("CR_OVERSPD"), 130);

        assertThat(other.h()).isEqualTo(115);
        assertThat(other.hh()).isEqualTo(130);
        MonitoringPoint melt = Points.point("21", PointRatings.of("AL_MELT_T"));
        assertThat(SetValue.limits(melt, indicator("AL_MELT_T"), 19.2)).isEqualTo(melt.limits());
    }
}
