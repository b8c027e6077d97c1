package io.forgewatch.command.detection;

import static org.assertj.core.api.Assertions.assertThat;

import io.forgewatch.event.telemetry.Quality;
import org.junit.jupiter.api.Test;

/** AL_CW_F, set 100: faster than 20 a second is too fast; L 85, LL 70. AL_LAUNDER_LV: 10 mm a second; L −10, LL −20. */
class RateWatchTest {

    private static final String WATER = "AL_CW_F";
    private static final String LEVEL = "AL_LAUNDER_LV";

    private final Watched pit = Watched.of("21", "AL_CASTING", WATER, LEVEL).following();

    private void casting(long t) {
        pit.read(t, "AL_CASTING", 3);
    }

    @Test
    void givenWaterThatFallsTooFast_whenTheNextSampleHasNotComeBack_thenItIsAnAlarmBeforeAnyLimit() {
        casting(0);
        pit.read(0, WATER, 107).read(1_000, WATER, 86);
        assertThat(pit.told()).isEmpty();

        pit.read(2_000, WATER, 86);

        assertThat(pit.told()).containsExactly("BREACH RATE 0");
    }

    @Test
    void givenWaterThatFallsTooFast_whenTheNextSampleHasComeBackByHalf_thenItWasNoise() {
        casting(0);
        pit.read(0, WATER, 107).read(1_000, WATER, 86).read(2_000, WATER, 99).tick(10_000);

        assertThat(pit.told()).isEmpty();
    }

    @Test
    void givenALevelThatFallsTooFast_whenNothingMoreIsHeard_thenItIsAnAlarmAllTheSame() {
        casting(0);
        pit.read(0, LEVEL, 3).read(1_000, LEVEL, -9).tick(3_900);
        assertThat(pit.told()).isEmpty();

        pit.tick(4_000);

        assertThat(pit.told()).containsExactly("BREACH RATE 0");
    }

    @Test
    void givenAMovementTowardsTheSetValue_whenItIsFast_thenItIsNone() {
        casting(0);
        pit.read(0, WATER, 86).read(1_000, WATER, 108).read(2_000, WATER, 108).tick(10_000);

        assertThat(pit.told()).isEmpty();
    }

    @Test
    void givenAnAlarmOfMovement_whenTheLimitsAreBrokenToo_thenItIsOneAlarmThatGetsGraver() {
        casting(0);
        pit.read(0, WATER, 107)
                .read(1_000, WATER, 86)
                .read(2_000, WATER, 84)
                .tick(3_000)
                .read(3_000, WATER, 60)
                .tick(4_000);

        assertThat(pit.told()).containsExactly("BREACH RATE 0", "BREACH L 0", "BREACH LL 0");
        assertThat(pit.said)
                .extracting(Verdict::onset)
                .containsOnly(pit.said.getFirst().onset());
    }

    @Test
    void givenAnAlarmOfMovement_whenTheValueRestsFor10Seconds_thenItReturns() {
        casting(0);
        pit.read(0, WATER, 107).read(1_000, WATER, 86).read(2_000, WATER, 86);
        for (long t = 3_000; t <= 13_000; t += 1_000) {
            pit.read(t, "AL_CASTING", 3).read(t, WATER, 86).tick(t);
        }

        assertThat(pit.news()).containsExactly("BREACH RATE 0", "RETURN RATE 0");
    }

    @Test
    void givenAGap_orAGateThatOpens_orACode_whenTheValueIsElsewhereAfterIt_thenThatIsNoMovement() {
        casting(0);
        pit.read(0, WATER, 107).read(4_000, WATER, 86).read(5_000, WATER, 86).tick(20_000);
        assertThat(pit.told()).isEmpty();

        pit.read(20_000, "AL_CASTING", 1)
                .read(20_000, WATER, 107)
                .read(20_500, "AL_CASTING", 2)
                .read(21_000, WATER, 86)
                .read(22_000, WATER, 86)
                .tick(40_000);
        assertThat(pit.told()).isEmpty();

        pit.read(40_000, "AL_CASTING", 3)
                .read(40_000, WATER, 107)
                .read(40_500, WATER, 9988, Quality.SENSOR_FAULT)
                .read(41_000, WATER, 86)
                .read(42_000, WATER, 86)
                .tick(60_000);
        assertThat(pit.told()).isEmpty();
    }

    @Test
    void givenARestart_whenTheValueIsElsewhereAfterIt_thenThatIsNoMovement() {
        casting(0);
        pit.read(0, WATER, 107).restarted(pit.live().device().device());
        casting(900);
        pit.read(1_000, WATER, 86).read(2_000, WATER, 86).tick(20_000);

        assertThat(pit.told()).isEmpty();
    }

    @Test
    void givenFiveSamplesInOneFrame_whenTheyFallSlowly_thenTheirOwnTimesCountAndNotTheirArrival() {
        casting(5_000);
        for (int i = 0; i < 5; i++) {
            pit.arrived(5_000, i * 1_000, WATER, 107 - i * 5, Quality.GOOD, false);
        }
        pit.tick(20_000);

        assertThat(pit.told()).isEmpty();
    }
}
