package io.forgewatch.event.equipment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RangeFaultTest {

    @ParameterizedTest
    @CsvSource({
        // LL 0.2, L 0.3: 0.1 apart, so 2 MPa at most; the deadband is 0.01 or 2 %, whichever is less.
        "01, BF_CW_P, 0, 1.6,",
        "01, BF_CW_P, 0, 2,",
        "01, BF_CW_P, 0, 2.01, TOO_WIDE",
        "01, BF_CW_P, 0, 0.31,",
        "01, BF_CW_P, 0, 0.3, LIMIT_OUTSIDE",
        "01, BF_CW_P, 0, 0.305, LIMIT_OUTSIDE",
        "01, BF_CW_P, 0.2, 1.6, LIMIT_OUTSIDE",
        "01, BF_CW_P, 0.19, 1.6,",
        "01, BF_CW_P, 0.1999, 1.6, LIMIT_OUTSIDE",
        "01, BF_CW_P, 0.4, 1.6, LIMIT_OUTSIDE",
        "01, BF_CW_P, 1, 1, NOT_A_RANGE",
        "01, BF_CW_P, 1.6, 0, NOT_A_RANGE",
        "01, BF_CW_P, NaN, 1.6, NOT_A_RANGE",
        "01, BF_CW_P, 0, Infinity, NOT_A_RANGE",
        "01, BF_CW_P, -1.7e308, 1.7e308, NOT_A_RANGE",
        // H 24, HH 160: 136 apart.
        "13, CO, 0, 1000,",
        "13, CO, 0, 2720,",
        "13, CO, 0, 2721, TOO_WIDE",
        "13, CO, 0, 150, LIMIT_OUTSIDE",
        "13, CO, 20, 1000, LIMIT_OUTSIDE",
        // One limit, 250: 20 times that, and 2 % of the width to spare.
        "21, AL_LENGTH, 0, 5000,",
        "21, AL_LENGTH, 0, 5001, TOO_WIDE",
        "21, AL_LENGTH, 0, 256,",
        "21, AL_LENGTH, 0, 250, LIMIT_OUTSIDE",
        // No limits: any range.
        "05, RH_VAC, 0, 110000,",
        "05, RH_VAC, 5, 5, NOT_A_RANGE",
        "13, CO_FAULT, 0, 2, NOT_ANALOGUE",
        "12, LD_TRUN_DATE, 0, 2, NOT_ANALOGUE",
    })
    void given_a_range_for_a_point_then_what_speaks_against_it_is(
            String equipmentClass, String indicator, double low, double high, RangeFault fault) {
        MonitoringPoint point =
                Points.point(equipmentClass, new PointRatings(indicator, 200.0, 200.0, 200.0, 200.0, null));

        assertThat(RangeFault.of(point, new Range(low, high))).isEqualTo(fault);
    }

    @Test
    void given_a_range_at_registration_then_it_stands_with_the_point_or_is_refused() {
        PointRatings ratings = PointRatings.of("BF_CW_P");

        assertThat(Points.point("01", ratings.with(new Range(0, 1.6))).range()).isEqualTo(new Range(0, 1.6));
        assertThat(Points.point("01", ratings).range()).isNull();
        assertThat(Catalogue.standard().resolve("01", ratings.with(new Range(0, 16))))
                .isInstanceOfSatisfying(PointResolution.Refused.class, refused -> {
                    assertThat(refused.code()).isEqualTo("range-invalid");
                    assertThat(refused.field()).isEqualTo("range");
                    assertThat(refused.zh()).contains("BF_CW_P");
                    assertThat(refused.en()).contains("20 times");
                });
    }
}
