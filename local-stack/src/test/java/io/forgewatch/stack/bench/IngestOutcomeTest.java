package io.forgewatch.stack.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class IngestOutcomeTest {

    private static final double OFFERED = 150_000;

    private static LoadPhase phase(long accepted, long failed) {
        return new LoadPhase("60:150000", 60, accepted + failed, accepted, failed, 30, 200);
    }

    @Test
    void given_all_accepted_and_little_lag_when_judged_then_held() {
        assertThat(new IngestOutcome(OFFERED, phase(9_000_000, 0), 600, 2.5).shortcomings())
                .isEmpty();
    }

    @Test
    void given_99_percent_accepted_when_judged_then_held_and_below_it_not() {
        assertThat(new IngestOutcome(OFFERED, phase(8_910_000, 0), 0, 1).held()).isTrue();
        assertThat(new IngestOutcome(OFFERED, phase(8_909_999, 0), 0, 1).held()).isFalse();
    }

    @Test
    void given_one_refused_frame_when_judged_then_not_held() {
        assertThat(new IngestOutcome(OFFERED, phase(8_999_500, 500), 0, 1).shortcomings())
                .singleElement()
                .asString()
                .contains("500 readings");
    }

    @Test
    void given_detection_behind_by_more_than_the_allowance_and_the_commit_interval_when_judged_then_not_held() {
        // 1,200 frames of 500 are 4 s of this load.
        assertThat(new IngestOutcome(OFFERED, phase(9_000_000, 0), 1_200, 3).held())
                .isTrue();
        assertThat(new IngestOutcome(OFFERED, phase(9_000_000, 0), 1_201, 3).held())
                .isFalse();
    }

    @Test
    void given_detection_that_never_caught_up_when_judged_then_not_held() {
        assertThat(new IngestOutcome(OFFERED, phase(9_000_000, 0), 0, Double.NaN).held())
                .isFalse();
        assertThat(new IngestOutcome(OFFERED, phase(9_000_000, 0), 0, 30).held())
                .isFalse();
    }

    @Test
    void given_a_phase_without_time_when_judged_then_not_held() {
        LoadPhase nothing = new LoadPhase("0:1", 0, 0, 0, 0, 0, 0);
        assertThat(new IngestOutcome(OFFERED, nothing, 0, 0).held()).isFalse();
    }
}
