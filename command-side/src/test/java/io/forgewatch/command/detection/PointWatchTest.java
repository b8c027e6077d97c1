package io.forgewatch.command.detection;

import static io.forgewatch.command.detection.Watched.T0;
import static org.assertj.core.api.Assertions.assertThat;

import io.forgewatch.command.detection.Side.Phase;
import io.forgewatch.event.alarm.Direction;
import io.forgewatch.event.equipment.Range;
import io.forgewatch.event.telemetry.Quality;
import org.junit.jupiter.api.Test;

/**
 * BF_CW_P: limits 0.20 and 0.30 MPa, deadband 0.01, delay-on 1 s, delay-off 10 s, every 5 s, severity A. BF_TOP_T: 250 and 350 ℃,
 * every 10 s, severity B, delay-on 3 s. CO: 24 and 160 ppm, every 5 s.
 */
class PointWatchTest {

    private static final String P = "BF_CW_P";
    private static final String T = "BF_TOP_T";

    private final Watched watched = Watched.of("01", P, T);

    @Test
    void givenOneReadingBeyondTheLimitAndThenSilence_whenTheDelayEnds_thenItIsABreach() {
        watched.read(0, P, 0.40).read(100, P, 0.29).tick(1_099);
        assertThat(watched.said).isEmpty();

        watched.tick(1_100);

        assertThat(watched.told()).containsExactly("BREACH L 0");
        assertThat(watched.said.getFirst().onset()).isEqualTo(T0 + 100);
        assertThat(watched.said.getFirst().value()).isEqualTo(0.29);
    }

    @Test
    void givenAValueAtTheLimit_whenTheDelayEnds_thenItIsABreachSinceAtItIsBeyondIt() {
        watched.read(0, P, 0.30).tick(1_000);

        assertThat(watched.told()).containsExactly("BREACH L 0");
    }

    @Test
    void givenABreachThatIsBackWithinTheDelay_whenTimePasses_thenNothingIsSaid() {
        watched.read(0, P, 0.40).read(100, P, 0.29).read(600, P, 0.35).tick(60_000);

        assertThat(watched.said).isEmpty();
    }

    @Test
    void givenABreachOfTheInnerLimit_whenTheOuterOneIsBrokenForTheDelay_thenTheSameBreachIsTold_withTheOuterLimit() {
        watched.read(0, P, 0.35)
                .read(100, P, 0.29)
                .read(1_500, P, 0.19)
                .tick(2_000)
                .tick(2_500);

        assertThat(watched.told()).containsExactly("BREACH L 0", "BREACH LL 0");
        assertThat(watched.said.get(1).onset()).isEqualTo(T0 + 100);
        assertThat(watched.said.get(1).value()).isEqualTo(0.19);
    }

    @Test
    void givenABreach_whenTheValueFlapsWithinTheDeadband_thenItIsNotOver() {
        watched.read(0, P, 0.29).tick(1_000);
        for (int t = 2_000; t < 30_000; t += 1_000) {
            watched.read(t, P, t % 2_000 == 0 ? 0.305 : 0.299);
        }

        assertThat(watched.told()).containsExactly("BREACH L 0");
    }

    @Test
    void givenABreach_whenGoodReadingsAreBackForTheDelayOff_thenItReturns() {
        watched.read(0, P, 0.29)
                .tick(1_000)
                .read(2_000, P, 0.32)
                .read(7_000, P, 0.33)
                .tick(11_999);
        assertThat(watched.told()).containsExactly("BREACH L 0");

        watched.tick(12_000);

        assertThat(watched.told()).containsExactly("BREACH L 0", "RETURN L 0");
        assertThat(watched.said.get(1).value()).isEqualTo(0.33);
    }

    @Test
    void givenABreach_whenOneGoodReadingComesAndThenTheCableIsCut_thenItNeitherReturnsNorSettles() {
        watched.read(0, P, 0.29).tick(1_000).read(2_000, P, 0.32).pass(2_000, 900_000);

        assertThat(watched.told()).allMatch(one -> one.startsWith("BREACH"));
    }

    @Test
    void givenAReturnedAlarm_whenTheCableIsCut_thenItDoesNotSettleBeforeReadingsCameForTheWholeTime() {
        watched.following().read(0, P, 0.29).tick(1_000).hold(2_000, 22_000, 5_000, P, 0.32);
        assertThat(watched.news()).containsExactly("BREACH L 0", "RETURN L 0");

        watched.pass(22_000, 900_000);
        assertThat(watched.news()).hasSize(2);

        watched.hold(900_000, 1_199_900, 5_000, P, 0.35);
        assertThat(watched.news()).hasSize(2);
        watched.hold(1_200_000, 1_200_200, 5_000, P, 0.35);
        assertThat(watched.news()).containsExactly("BREACH L 0", "RETURN L 0", "SETTLED L 0");
    }

    @Test
    void givenAnAlarmOfSeverityB_whenItIsNormalForAMinute_thenItSettles() {
        watched.following().read(0, T, 200).hold(10_000, 20_000, 10_000, T, 260).hold(30_000, 100_000, 10_000, T, 210);

        assertThat(watched.news()).containsExactly("BREACH H 0", "RETURN H 0", "SETTLED H 0");
        assertThat(watched.said.get(2).at() - watched.said.get(1).at()).isEqualTo(50_000);
    }

    @Test
    void givenABreachThatIsBack_whenItIsBrokenAgainWithinTheDelayOff_thenItJustGoesOn() {
        watched.read(0, P, 0.29)
                .tick(1_000)
                .read(2_000, P, 0.32)
                .read(8_000, P, 0.28)
                .tick(20_000);

        assertThat(watched.told()).containsExactly("BREACH L 0");
    }

    @Test
    void givenABreachThatIsBack_whenABadReadingComes_thenTheDelayOffStartsAnew() {
        watched.read(0, P, 0.29)
                .tick(1_000)
                .read(2_000, P, 0.32)
                .read(7_000, P, 0.32)
                .read(8_000, P, 7777, Quality.SENSOR_FAULT)
                .tick(13_000);
        assertThat(watched.told()).containsExactly("BREACH L 0");

        watched.read(14_000, P, 0.33).read(19_000, P, 0.33).tick(24_000);

        assertThat(watched.told()).containsExactly("BREACH L 0", "RETURN L 0");
    }

    @Test
    void givenABreach_whenOnlyCodesAndLateReadingsCome_thenItIsNeverOver() {
        watched.read(0, P, 0.29).tick(1_000);
        for (int t = 2_000; t < 600_000; t += 5_000) {
            watched.read(t, P, 9988, Quality.SENSOR_FAULT)
                    .arrived(t + 1_000, t - 70_000, P, 0.4, Quality.LATE, false)
                    .tick(t + 2_000);
        }

        assertThat(watched.news()).containsExactly("BREACH L 0");
    }

    @Test
    void givenCodesWithoutAValue_whenTheyLieBeyondTheLimit_thenTheyAreNoBreach() {
        watched.read(0, T, 7777, Quality.SENSOR_FAULT)
                .read(1_000, T, 9988, Quality.MISSING)
                .read(2_000, T, Double.NaN)
                .read(3_000, T, Double.POSITIVE_INFINITY)
                .tick(60_000);

        assertThat(watched.said).isEmpty();
    }

    @Test
    void givenAValueOutsideTheTransmittersRangeOnTheSideOfALimit_whenItComes_thenItDrivesThatLimit() {
        watched.read(0, T, 200).read(10_000, T, 5_000, Quality.OUT_OF_RANGE).pass(10_000, 31_000);

        assertThat(watched.news()).containsExactly("BREACH HH 0");
        assertThat(watched.said.getFirst().readings().getFirst().quality()).isEqualTo(Quality.OUT_OF_RANGE);
    }

    @Test
    void givenAHealthyValueFarAboveTheGuessedSpan_whenTheAlarmWasLow_thenItReturns() {
        watched.read(0, P, 0.5).read(5_000, P, 0.1).tick(6_000).hold(10_000, 40_000, 5_000, P, 0.8);

        assertThat(watched.news()).containsExactly("BREACH LL 0", "RETURN LL 0");
    }

    @Test
    void givenAnAlarmOfCo_whenTheLoopIsCutAndReadsFarBelowZero_thenNothingReturns() {
        Watched co = Watched.of("13", "CO");
        co.read(0, "CO", 10).hold(5_000, 20_000, 5_000, "CO", 200);
        assertThat(co.news()).containsExactly("BREACH HH 0");

        for (int t = 20_000; t < 200_000; t += 5_000) {
            co.read(t + 100, "CO", -250, Quality.OUT_OF_RANGE).tick(t + 200);
        }

        assertThat(co.news()).containsExactly("BREACH HH 0");
    }

    @Test
    void givenATemperatureFarBelowItsGuessedSpan_whenItHasNoLimitThere_thenItLeadsNothingBack() {
        watched.read(0, T, 260).pass(0, 5_000).hold(10_000, 120_000, 10_000, T, -200);

        assertThat(watched.news()).containsExactly("BREACH H 0");
    }

    @Test
    void givenASuddenFall_whenThePointIsOfSeverityA_thenItDrivesAtOnceAndIsMarked() {
        watched.read(0, P, 0.43).read(1_000, P, 0.10).tick(2_000);

        assertThat(watched.told()).containsExactly("BREACH LL 0");
        assertThat(watched.said.getFirst().readings().getFirst().quality()).isEqualTo(Quality.JUMP);
    }

    @Test
    void givenASuddenRise_whenThePointIsOfSeverityB_thenItDrivesWithinTwoCycles_howeverMuchItScatters() {
        watched.read(0, T, 200)
                .hold(10_000, 10_000, 10_000, T, 900)
                .pass(10_000, 19_900)
                .read(20_000, T, 370)
                .pass(20_000, 29_900);
        assertThat(watched.said).isEmpty();

        watched.tick(30_000);

        assertThat(watched.news()).containsExactly("BREACH HH 0");
    }

    @Test
    void givenASingleSpike_whenThePointIsOfSeverityB_thenTwoReadingsWithinTheLimitsEndIt() {
        watched.read(0, T, 200)
                .read(10_000, T, 900)
                .pass(10_000, 19_900)
                .read(20_000, T, 200)
                .pass(20_000, 30_000)
                .read(30_050, T, 201)
                .pass(30_100, 100_000);

        assertThat(watched.said).isEmpty();
    }

    @Test
    void givenAJumpBack_whenThreeReadingsAreWithinTheLimitsFarApart_thenTheyEndTheJump() {
        watched.read(0, P, 0.5).read(5_000, P, 0.1).tick(6_000);
        watched.read(10_000, P, 0.9).read(15_000, P, 0.7).read(20_000, P, 0.33).pass(20_000, 29_900);
        assertThat(watched.news()).containsExactly("BREACH LL 0");

        watched.read(30_000, P, 0.5).tick(30_000);

        assertThat(watched.news()).containsExactly("BREACH LL 0", "RETURN LL 0");
    }

    @Test
    void givenAPointWhoseSamplesAreFarApart_whenTheValueMovesFar_thenThatIsNoJump() {
        Watched hearth = Watched.of("01", "BF_HEARTH_T");
        hearth.read(0, "BF_HEARTH_T", 200).read(30_000, "BF_HEARTH_T", 600);

        assertThat(hearth.state("BF_HEARTH_T").last().quality()).isEqualTo(Quality.GOOD);
    }

    @Test
    void givenASkewedClock_whenReadingsCome_thenTheyDriveByArrivalAndLeadBack() {
        watched.arrived(0, -200_000, P, 0.29, Quality.CLOCK_SKEW, false).tick(1_000);
        assertThat(watched.news()).containsExactly("BREACH L 0");

        for (int t = 5_000; t <= 20_000; t += 5_000) {
            watched.arrived(t, t - 200_000, P, 0.4, Quality.CLOCK_SKEW, false).tick(t);
        }

        assertThat(watched.news()).containsExactly("BREACH L 0", "RETURN L 0");
    }

    @Test
    void givenAPlantThatIsAlways70SecondsBehind_whenALimitIsBroken_thenItIsABreach_thatOnlyPunctualReadingsLeadBack() {
        for (int t = 0; t < 60_000; t += 5_000) {
            watched.arrived(t, t - 70_000, P, 0.29, Quality.LATE, false).tick(t + 2_000);
        }
        assertThat(watched.news()).containsExactly("BREACH L 0");

        for (int t = 60_000; t < 120_000; t += 5_000) {
            watched.arrived(t, t - 70_000, P, 0.5, Quality.LATE, false).tick(t + 2_000);
        }
        assertThat(watched.news()).containsExactly("BREACH L 0");
    }

    @Test
    void
            givenASourceClockThatStandsStill_whenTheValueGoesBeyondTheLimit_thenItDrives_andItsNormalValuesLeadNothingBack() {
        watched.read(0, P, 0.5);
        for (int t = 5_000; t < 20_000; t += 5_000) {
            watched.arrived(t, 0, P, 0.1, Quality.GOOD, false).tick(t + 2_000);
        }
        assertThat(watched.news()).containsExactly("BREACH LL 0");
        assertThat(watched.said.getFirst().readings().getFirst().quality()).isEqualTo(Quality.CLOCK_SKEW);

        for (int t = 20_000; t < 120_000; t += 5_000) {
            watched.arrived(t, 0, P, 0.6, Quality.GOOD, false).tick(t + 2_000);
        }
        assertThat(watched.news()).containsExactly("BREACH LL 0");
    }

    @Test
    void givenASourceClockThatStepsBack_whenNothingCameForwardForAMinute_thenAValueBeyondDrives() {
        watched.read(0, P, 0.5);
        for (int t = 5_000; t <= 70_000; t += 5_000) {
            watched.arrived(t, t - 120_000, P, 0.1, Quality.LATE, false).tick(t + 2_000);
        }

        assertThat(watched.news()).contains("BREACH LL 0");
        assertThat(watched.said.stream()
                        .filter(one -> one.kind() == Verdict.Kind.BREACH)
                        .findFirst()
                        .orElseThrow()
                        .onset())
                .isEqualTo(T0 + 60_000);
    }

    @Test
    void givenAGatewayThatBringsNothingYoungerThanFiveMinutes_whenAValueIsBeyond_thenItDrivesByArrival() {
        watched.arrived(0, -3_600_000, P, 0.1, Quality.LATE, true).tick(1_000);

        assertThat(watched.news()).containsExactly("BREACH LL 0");
        assertThat(watched.state(P).isKnown()).isFalse();
    }

    @Test
    void givenTheSameReadingTwice_whenItComesAgain_thenNothingFollows() {
        watched.read(0, P, 0.35).read(5_000, P, 0.5);
        PointState before = watched.state(P);

        watched.arrived(6_000, 5_000, P, 0.5, Quality.GOOD, false);

        assertThat(watched.state(P)).isEqualTo(before);
    }

    @Test
    void givenEightSecondsBeyondALimitInOneFrame_whenTheyArrive_thenTheDelayHasEndedByTheirOwnTimes() {
        for (int at = 0; at <= 8_000; at += 1_000) {
            watched.arrived(8_000, at, P, 0.29, Quality.GOOD, false);
        }

        assertThat(watched.news()).containsExactly("BREACH L 0");
        assertThat(watched.said.getFirst().at()).isEqualTo(T0 + 8_000);
    }

    @Test
    void givenReadingsInOneFrameThatAreTooFarApart_whenTheyArrive_thenTheirOwnTimesEndNoDelay() {
        watched.arrived(60_000, 0, P, 0.29, Quality.GOOD, false).arrived(60_000, 40_000, P, 0.29, Quality.GOOD, false);

        assertThat(watched.said).isEmpty();
    }

    @Test
    void givenNormalReadingsInOneFrame_whenTheySpanTheDelayOff_thenTheirOwnTimesReturnNothing() {
        watched.read(0, P, 0.29).tick(1_000);
        for (int at = 2_000; at <= 30_000; at += 1_000) {
            watched.arrived(30_000, at, P, 0.5, Quality.GOOD, false);
        }

        assertThat(watched.news()).containsExactly("BREACH L 0");
    }

    @Test
    void givenAConstantValueBeyondALimit_whenItCountsAsFrozen_thenItDrives_andAFrozenNormalOneLeadsNothingBack() {
        String f = "BF_CW_F";
        Watched flow = Watched.of("01", f);
        flow.hold(0, 1_900_000, 5_000, f, 95);
        assertThat(flow.state(f).last().quality()).isEqualTo(Quality.FROZEN);

        flow.hold(1_905_000, 1_920_000, 5_000, f, 60);
        assertThat(flow.news()).containsExactly("BREACH LL 0");
    }

    @Test
    void givenCoThatReadsZeroForAWeek_whenTimePasses_thenNothingIsWrongWithIt() {
        Watched co = Watched.of("13", "CO");
        for (long t = 0; t < 7 * 86_400_000L; t += 60_000) {
            co.read(t, "CO", 0);
        }

        assertThat(co.state("CO").last().quality()).isEqualTo(Quality.GOOD);
        assertThat(co.said).isEmpty();
    }

    @Test
    void givenALimitBeyondTheRange_whenTheTransmitterIsAtItsEnd_thenItCountsAsReached() {
        Watched narrow = Watched.of("13", Watched.point("13", "CO").with(new Range(0, 150)));
        narrow.read(0, "CO", 10).hold(5_000, 30_000, 5_000, "CO", 150);

        assertThat(narrow.news()).contains("BREACH HH 0");
    }

    @Test
    void givenAnInterlock_whenItIsOutOfForce_thenItIsABreachWithoutAThreshold() {
        Watched furnace = Watched.of("01", "BF_RELIEF_ILK");
        furnace.read(0, "BF_RELIEF_ILK", 1).read(10_000, "BF_RELIEF_ILK", 0).tick(11_000);
        furnace.hold(20_000, 50_000, 10_000, "BF_RELIEF_ILK", 1);

        assertThat(furnace.news()).containsExactly("BREACH INTERLOCK 0", "RETURN INTERLOCK 0");
        assertThat(furnace.rule("BF_RELIEF_ILK").threshold(Direction.STATE, Side.OUTER))
                .isNull();
    }

    @Test
    void givenAManualPoint_whenAnOldReadingIsTheNewest_thenItDrivesAtOnce_andOneWithinReturnsAndSettles() {
        String wires = "CR_ROPE_WIRES";
        Watched crane = Watched.of("11", new Manual().of(Watched.point("11", wires)));
        crane.arrived(0, -86_400_000, wires, 100, Quality.LATE, false);
        assertThat(crane.news()).containsExactly("BREACH HH 0");

        crane.arrived(1_000, -40_000_000, wires, 1, Quality.LATE, false);
        assertThat(crane.news()).containsExactly("BREACH HH 0", "RETURN HH 0", "SETTLED HH 0");

        crane.arrived(2_000, -50_000_000, wires, 100, Quality.LATE, false);
        assertThat(crane.news()).hasSize(3);
    }

    @Test
    void givenNothingUnderWay_whenAPointIsAtRest_thenNothingIsDue() {
        watched.read(0, P, 0.5);

        assertThat(watched.state(P).side(Direction.LOW).is(Phase.NORMAL)).isTrue();
        assertThat(watched.live().device().due(watched.live())).isEqualTo(Side.NEVER);
    }

    /** A point that people read. */
    private static final class Manual {
        io.forgewatch.event.equipment.MonitoringPoint of(io.forgewatch.event.equipment.MonitoringPoint point) {
            return new io.forgewatch.event.equipment.MonitoringPoint(
                    point.indicator(),
                    point.kind(),
                    point.unit(),
                    point.severity(),
                    point.limits(),
                    point.gate(),
                    point.range(),
                    point.set(),
                    true,
                    point.sampleSeconds(),
                    point.deadbandPercent(),
                    point.delayOnMillis(),
                    point.delayOffMillis(),
                    point.basis());
        }
    }

    @Test
    void givenADeviceWhoseClockIsSixMinutesSlow_whenItsValueIsBeyond_thenItDrivesAfterAMinute() {
        for (int t = 0; t <= 70_000; t += 5_000) {
            watched.arrived(t, t - 360_000, P, 0.1, Quality.LATE, false).tick(t + 2_000);
        }

        assertThat(watched.news()).contains("BREACH LL 0");
    }

    @Test
    void givenABacklogThatIsCaughtUpWith_whenAValueInItIsBeyond_thenItDrivesNothing_andIsLate() {
        watched.read(0, P, 0.5);
        for (int t = 5_000; t <= 120_000; t += 5_000) {
            long at = -3_600_000 + t * 5L;
            watched.arrived(t, at, P, t > 30_000 && t < 80_000 ? 0.1 : 0.5, Quality.LATE, false)
                    .tick(t + 2_000);
        }
        assertThat(watched.told()).allMatch(one -> one.startsWith("LATE"));
    }

    @Test
    void givenALateBreach_whenItLastedForItsDelayByTheDevicesOwnTimes_thenItIsSaidOnce() {
        watched.read(0, P, 0.5);
        for (int at = -900_000; at <= -800_000; at += 5_000) {
            boolean beyond = at > -880_000 && at < -840_000;
            watched.arrived(1_000, at, P, beyond ? at > -870_000 ? 0.1 : 0.25 : 0.5, Quality.LATE, false);
        }

        assertThat(watched.told()).containsExactly("LATE L 0");
    }

    @Test
    void givenAFrameThatWasOvertaken_whenItsValueIsPartOfABreachThatIsKnown_thenItIsNoLateAlarm() {
        watched.read(0, P, 0.5).read(5_000, P, 0.25).tick(6_000).read(10_000, P, 0.25);
        watched.arrived(10_500, 4_000, P, 0.25, Quality.GOOD, false)
                .arrived(10_600, 9_000, P, 0.25, Quality.GOOD, false);

        assertThat(watched.news()).containsExactly("BREACH L 0");
    }

    @Test
    void givenASkewedClock_whenABreachBegins_thenItsOnsetIsItsArrival() {
        watched.arrived(0, -240_000, P, 0.25, Quality.CLOCK_SKEW, false).tick(1_000);

        assertThat(watched.said.getFirst().onset()).isEqualTo(T0);
    }

    @Test
    void givenAJumpOnB_whenTheNextReadingsAreBelowAllThatCanBe_thenTheyDoNotEndIt() {
        watched.read(0, T, 200)
                .read(10_000, T, 900)
                .pass(10_000, 19_900)
                .read(20_000, T, -200)
                .pass(20_000, 29_900)
                .read(29_950, T, -200)
                .pass(30_000, 60_000);

        assertThat(watched.news()).containsExactly("BREACH HH 0");
    }

    @Test
    void givenAManualPoint_whenAValueThatCannotBeIsEntered_thenItReturnsNothing() {
        String seal = "DR_SEAL";
        Watched drainer = Watched.of("09", new Manual().of(Watched.point("09", seal)));
        drainer.arrived(0, -3_600_000, seal, 25, Quality.LATE, false);
        assertThat(drainer.news()).containsExactly("BREACH LL 0");

        drainer.arrived(1_000, -1_800_000, seal, 300, Quality.OUT_OF_RANGE, false);

        assertThat(drainer.news()).containsExactly("BREACH LL 0");
    }

    @Test
    void givenAManualPoint_whenAnotherValueOfTheSameRoundOrAnEarlierRoundComes_thenItDrivesOrIsLate() {
        String seal = "DR_SEAL";
        Watched drainer = Watched.of("09", new Manual().of(Watched.point("09", seal)));
        drainer.arrived(0, -3_600_000, seal, 40, Quality.LATE, false)
                .arrived(1_000, -3_600_000, seal, 25, Quality.LATE, false);
        assertThat(drainer.news()).containsExactly("BREACH LL 0");

        Watched other = Watched.of("09", new Manual().of(Watched.point("09", seal)));
        other.arrived(0, -3_600_000, seal, 40, Quality.LATE, false);
        for (int i = 0; i < 3; i++) {
            other.arrived(1_000, -7_200_000 + i * 300_000L, seal, 25, Quality.LATE, false);
        }
        assertThat(other.told()).containsExactly("LATE LL 0");
    }
}
