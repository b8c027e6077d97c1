package io.forgewatch.command.detection;

import static org.assertj.core.api.Assertions.assertThat;

import io.forgewatch.event.alarm.Direction;
import io.forgewatch.event.telemetry.Quality;
import org.junit.jupiter.api.Test;

/** A casting pit, every second; water is set to 100, so L is 85 and LL 70, and while a cast begins or ends 51 and 42. */
class GatesTest {

    private static final String CASTING = "AL_CASTING";
    private static final String WATER = "AL_CW_F";
    private static final String LEVEL = "AL_LAUNDER_LV";
    private static final String LENGTH = "AL_LENGTH";
    private static final String SPEED = "AL_SPEED";
    private static final String LOCK = "AL_LOCK";

    private final Watched pit = Watched.of(
            "21",
            Watched.point("21", CASTING),
            Watched.point("21", WATER),
            Watched.point("21", LEVEL),
            Watched.point("21", LENGTH, 6_000),
            Watched.point("21", SPEED),
            Watched.point("21", LOCK));

    private void second(long t, double phase, double water, double level, double length, double speed) {
        pit.read(t, CASTING, phase)
                .read(t, WATER, water)
                .read(t, LEVEL, level)
                .read(t, LENGTH, length)
                .read(t, SPEED, speed)
                .read(t, LOCK, 1);
        for (long tick = t; tick < t + 1_000; tick += 100) {
            pit.tick(tick);
        }
    }

    @Test
    void givenAWholeCast_whenItStartsAndEndsAsItShould_thenThereIsNoAlarm() {
        long t = 0;
        for (int i = 0; i < 60; i++, t += 1_000) {
            second(t, 0, 0, -100, 0, 0);
        }
        for (int i = 0; i < 60; i++, t += 1_000) {
            second(t, 1, i, -100, 0, 0);
        }
        for (int i = 0; i < 120; i++, t += 1_000) {
            second(t, 2, Math.min(100, 60 + i * 0.5), -100 + i, i * 2.5, Math.min(100, i));
        }
        for (int i = 0; i < 300; i++, t += 1_000) {
            second(t, 3, 100 + i % 3, i % 5, 301 + i * 2, 100);
        }
        for (int i = 0; i < 60; i++, t += 1_000) {
            second(t, 4, 100 - i * 0.6, -i * 5, 901, Math.max(0, 100 - 10 * i));
        }
        for (int i = 0; i < 60; i++, t += 1_000) {
            second(t, 0, 0, -300, 0, 0);
        }

        assertThat(pit.told()).isEmpty();
    }

    @Test
    void givenAnIdlePitWithoutWater_whenACastBegins_thenThatIsAnAlarmWithinItsDelay_thoughTheWaterStoodStillForHours() {
        for (long t = 0; t < 4_000_000; t += 10_000) {
            pit.read(t, CASTING, 1).read(t, WATER, 0).tick(t);
        }
        assertThat(pit.told()).isEmpty();

        pit.read(4_000_000, WATER, 0).read(4_001_000, CASTING, 2).tick(4_001_900);
        assertThat(pit.told()).isEmpty();
        pit.tick(4_002_000);

        assertThat(pit.news()).containsExactly("BREACH LL 0");
    }

    @Test
    void givenACastBegun_whenTheWaterStaysAtNothing_thenItIsNotTakenForFrozenBeforeItAlarms() {
        for (long t = 0; t < 4_000_000; t += 1_000) {
            pit.read(t, CASTING, 1).read(t, WATER, 0);
        }
        pit.read(4_000_000, CASTING, 2).read(4_000_500, WATER, 0);

        assertThat(pit.state(WATER).last().quality()).isEqualTo(Quality.GOOD);
    }

    @Test
    void givenAStateThatIsNone_whenThePitSays9_thenNothingIsOutOfForce() {
        pit.read(0, CASTING, 9).read(0, WATER, 10).tick(1_000);

        assertThat(pit.news()).containsExactly("BREACH LL 0");
    }

    @Test
    void givenNoWordOfThePit_orABadOne_orAnOldOne_whenTheWaterFails_thenItIsAnAlarm() {
        assertThat(Watched.of("21", WATER).read(0, WATER, 10).tick(1_000).news())
                .containsExactly("BREACH LL 0");
        assertThat(Watched.of("21", CASTING, WATER)
                        .read(0, CASTING, 0, Quality.SENSOR_FAULT)
                        .read(0, WATER, 10)
                        .tick(1_000)
                        .news())
                .containsExactly("BREACH LL 0");
        assertThat(Watched.of("21", CASTING, WATER)
                        .read(0, CASTING, 0)
                        .read(61_000, WATER, 10)
                        .tick(62_000)
                        .news())
                .containsExactly("BREACH LL 0");
    }

    @Test
    void givenAPitThatSaysItIsIdle_whenItsPlatformMoves_thenItsLimitsCount() {
        pit.read(0, CASTING, 0).read(0, SPEED, 50).read(0, WATER, 10).tick(1_000);

        assertThat(pit.news()).contains("BREACH LL 0");
        assertThat(pit.live()
                        .device()
                        .gates()
                        .isContradicted(pit.live().states(), pit.live().memory(), Watched.T0))
                .isTrue();
    }

    @Test
    void givenAPitThatSaysItIsIdle_whenTheCastGrows_thenItsLimitsCount() {
        Watched slow = Watched.of("21", CASTING, LENGTH, WATER);
        for (int i = 0; i < 4; i++) {
            slow.read(i * 1_000, CASTING, 0)
                    .read(i * 1_000, LENGTH, 10 + i * 1.5)
                    .read(i * 1_000, WATER, 10);
        }
        slow.tick(5_000);

        assertThat(slow.news()).contains("BREACH LL 0");
    }

    @Test
    void givenAnAlarmOfTheWater_whenTheCastEnds_thenTheClosedGateReturnsAndSettlesIt_byReadingsOfTheGateAlone() {
        pit.following().read(0, CASTING, 3).read(0, WATER, 10).tick(1_000);
        assertThat(pit.news()).contains("BREACH LL 0");

        pit.hold(2_000, 320_000, 1_000, CASTING, 0);

        assertThat(pit.news()).containsExactly("BREACH LL 0", "RETURN LL 0", "SETTLED LL 0");
    }

    @Test
    void givenAStateThatStillIsTheAlarms_whenTheGateCloses_thenItReturnsAndDoesNotSettle() {
        Watched converter = Watched.of("02", "BOF_BLOWING", "BOF_ILK_F").following();
        converter.read(0, "BOF_BLOWING", 1).read(0, "BOF_ILK_F", 0).tick(1_000);
        assertThat(converter.news()).containsExactly("BREACH INTERLOCK 0");

        for (long t = 2_000; t < 900_000; t += 2_000) {
            converter.read(t, "BOF_BLOWING", 0).read(t, "BOF_ILK_F", 0).tick(t);
        }

        assertThat(converter.news()).containsExactly("BREACH INTERLOCK 0", "RETURN INTERLOCK 0");
    }

    @Test
    void givenSteadyCasting_whenTheCastIsStillShort_thenLevelsAndSpeedDoNotCountYet() {
        pit.read(0, CASTING, 3)
                .read(0, LENGTH, 250)
                .read(0, LEVEL, -50)
                .read(0, SPEED, 10)
                .tick(5_000);
        assertThat(pit.news()).isEmpty();

        pit.read(5_000, LENGTH, 301)
                .read(5_100, LEVEL, -50)
                .read(5_100, SPEED, 10)
                .tick(7_000);
        assertThat(pit.news()).containsExactlyInAnyOrder("BREACH LL 0", "BREACH LL 0");
    }

    @Test
    void givenAPlatformThatIsTooFast_whenTheCastBegins_thenTheUpperLimitCountsAlready() {
        pit.read(0, CASTING, 2).read(0, SPEED, 130).tick(1_000);

        assertThat(pit.news()).containsExactly("BREACH HH 0");
    }

    @Test
    void givenALockThatIsOpen_whenThePitIsIdle_thenThatIsAnAlarmAllTheSame() {
        pit.read(0, CASTING, 0).read(0, LOCK, 0).tick(1_000);

        assertThat(pit.news()).containsExactly("BREACH STATE 0");
    }

    @Test
    void givenAGogglesValve_whenItIsAsCommanded_thenThereIsNoAlarm_andOneAfterAMinuteWhenItIsNot() {
        Watched valve = Watched.of("08", "ISO_POS", "ISO_CMD");
        valve.read(0, "ISO_CMD", 0).read(0, "ISO_POS", 0);
        for (long t = 10_000; t < 300_000; t += 10_000) {
            valve.read(t, "ISO_CMD", 1).read(t, "ISO_POS", t < 40_000 ? 0 : 1).tick(t);
        }
        assertThat(valve.told()).isEmpty();

        for (long t = 300_000; t <= 360_000; t += 10_000) {
            valve.read(t, "ISO_CMD", 0).read(t, "ISO_POS", 1).tick(t);
        }
        assertThat(valve.news()).containsExactly("BREACH STATE 0");
        assertThat(valve.state("ISO_POS").side(Direction.STATE).is(Side.Phase.BROKEN))
                .isTrue();
    }

    @Test
    void givenAnAlarmOfTheWater_whenThePhaseChangesToOneOfLowerLimits_thenItIsHeldAgainstTheLimitThatItBroke() {
        pit.following().read(0, CASTING, 3).read(0, WATER, 65).tick(1_000);
        assertThat(pit.news()).containsExactly("BREACH LL 0");

        for (long t = 2_000; t < 400_000; t += 1_000) {
            pit.read(t, CASTING, 4).read(t, WATER, 65).tick(t);
        }
        assertThat(pit.news()).containsExactly("BREACH LL 0");

        for (long t = 400_000; t < 411_000; t += 1_000) {
            pit.read(t, CASTING, 4).read(t, WATER, 90).tick(t);
        }
        assertThat(pit.news()).containsExactly("BREACH LL 0", "RETURN LL 0");
    }

    @Test
    void givenWaterThatIsRampedDown_whenThePhaseIsTheLast_thenItsOwnLimitsCount() {
        for (long t = 0; t < 60_000; t += 1_000) {
            pit.read(t, CASTING, 4).read(t, WATER, 65).tick(t);
        }
        assertThat(pit.told()).isEmpty();

        pit.read(60_000, CASTING, 4).read(60_000, WATER, 40).tick(61_000);
        assertThat(pit.news()).containsExactly("BREACH LL 0");
    }

    @Test
    void givenABacklogOfACastThatBeganWithoutWater_whenItComes_thenItIsALateAlarm_whateverLengthAndSpeedWere() {
        pit.read(0, CASTING, 0).read(0, WATER, 0);
        for (long at = -900_000; at < -890_000; at += 1_000) {
            pit.arrived(1_000, at, CASTING, 2, Quality.LATE, false)
                    .arrived(1_000, at, LENGTH, 0, Quality.LATE, false)
                    .arrived(1_000, at, SPEED, 0, Quality.LATE, false)
                    .arrived(1_000, at, WATER, 0, Quality.LATE, false);
        }

        assertThat(pit.told()).containsExactly("LATE LL 0");
    }

    @Test
    void givenABacklogOfAnIdlePit_whenItComes_thenThereIsNoLateAlarm() {
        pit.read(0, CASTING, 0).read(0, WATER, 0);
        for (long at = -900_000; at < -890_000; at += 1_000) {
            pit.arrived(1_000, at, CASTING, 0, Quality.LATE, false)
                    .arrived(1_000, at, LENGTH, 6_000, Quality.LATE, false)
                    .arrived(1_000, at, WATER, 0, Quality.LATE, false);
        }

        assertThat(pit.told()).isEmpty();
    }

    @Test
    void givenAGateThatOpens_whenWhatWasReadLastIsBeyond_thenItDrivesAsItWasRead() {
        pit.read(0, CASTING, 1).read(500, WATER, 0).read(1_000, CASTING, 2).tick(2_000);

        assertThat(pit.news()).containsExactly("BREACH LL 0");
        assertThat(pit.said.getFirst().readings().getFirst()).isEqualTo(new Sample(Watched.T0 + 500, 0, Quality.GOOD));
    }
}
