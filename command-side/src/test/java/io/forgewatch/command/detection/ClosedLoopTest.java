package io.forgewatch.command.detection;

import static org.assertj.core.api.Assertions.assertThat;

import io.forgewatch.event.alarm.Direction;
import io.forgewatch.event.alarm.Limit;
import io.forgewatch.event.equipment.Limits;
import io.forgewatch.event.equipment.MonitoringPoint;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is said until the table of open alarms agrees, whatever was lost on the way. BF_CW_P as in {@link PointWatchTest}. */
class ClosedLoopTest {

    private static final String P = "BF_CW_P";

    private final Watched watched = Watched.of("01", P);

    private List<String> told(long from, long until, double value) {
        int before = watched.told().size();
        watched.hold(from, until, 5_000, P, value);
        return watched.told().subList(before, watched.told().size());
    }

    @Test
    void givenABreachThatTheTableDoesNotHave_whenItHolds_thenItIsSaidEvery30Seconds_andNoMoreOnceTheTableAgrees() {
        assertThat(told(0, 121_900, 0.25))
                .containsExactly("BREACH L 0", "BREACH L 1", "BREACH L 2", "BREACH L 3", "BREACH L 4");

        watched.open(P, Direction.LOW, Limit.L, false, false);

        assertThat(told(125_000, 400_000, 0.25)).isEmpty();
    }

    @Test
    void givenATableWithALesserLimit_whenTheOuterOneIsBroken_thenItIsSaidUntilTheTableHasIt() {
        watched.open(P, Direction.LOW, Limit.L, false, false);
        assertThat(told(0, 61_900, 0.15)).containsExactly("BREACH LL 0", "BREACH LL 1", "BREACH LL 2");

        watched.open(P, Direction.LOW, Limit.LL, false, false);
        assertThat(told(65_000, 200_000, 0.15)).isEmpty();
    }

    @Test
    void givenAReturnThatWasLost_whenTheValueStaysBack_thenItIsSaidUntilTheTableHasIt() {
        watched.open(P, Direction.LOW, Limit.L, false, false);
        told(0, 4_900, 0.25);

        assertThat(told(5_000, 90_000, 0.5)).containsExactly("RETURN L 0", "RETURN L 1", "RETURN L 2");

        watched.open(P, Direction.LOW, Limit.L, true, false);
        assertThat(told(95_000, 290_000, 0.5)).isEmpty();
        assertThat(told(295_000, 330_000, 0.5)).containsExactly("SETTLED L 0");
    }

    @Test
    void givenASettledAlarm_whenTheTableClearedIt_thenThePointIsAtRest() {
        watched.open(P, Direction.LOW, Limit.L, false, false);
        told(0, 4_900, 0.25);
        watched.open(P, Direction.LOW, Limit.L, true, false);
        told(5_000, 400_000, 0.5);
        watched.table.clear();
        told(405_000, 450_000, 0.5);

        assertThat(watched.state(P).isAtRest()).isTrue();
    }

    @Test
    void givenABreachThatNobodyHeardOf_whenTheValueIsBackAgain_thenBothAreSaidUntilTheTableHadIt() {
        told(0, 4_900, 0.25);
        watched.said.clear();

        List<String> later = told(5_000, 60_000, 0.5);

        assertThat(later).startsWith("RETURN L 0").containsSubsequence("BREACH L 1", "RETURN L 1");
        var breach = watched.said.stream()
                .filter(one -> one.kind() == Verdict.Kind.BREACH)
                .findFirst()
                .orElseThrow();
        assertThat(breach.at()).isLessThan(Watched.T0 + 5_000);
    }

    @Test
    void givenAStateThatWasLost_whenTheTableHasAnOpenAlarmAndThePointIsGood_thenItIsLedBackAndSettles() {
        watched.open(P, Direction.LOW, Limit.LL, false, false);
        watched.read(0, P, 0.5);
        watched.compare(0);

        assertThat(told(5_000, 25_000, 0.5)).containsExactly("RETURN LL 0");
        watched.open(P, Direction.LOW, Limit.LL, true, false);
        assertThat(told(30_000, 340_000, 0.5)).startsWith("SETTLED LL 0");
    }

    @Test
    void givenAStateThatWasLost_whenThePointIsSilent_thenNothingIsSaidOfIt() {
        watched.open(P, Direction.LOW, Limit.LL, false, false);
        watched.compare(0);
        watched.pass(0, 900_000);

        assertThat(watched.told()).isEmpty();
    }

    @Test
    void givenAnAlarmTakenUpFromTheTable_whenTheValueIsBeyond_thenItIsABreachAfterItsDelayOnly() {
        watched.open(P, Direction.LOW, Limit.L, true, false);
        watched.compare(0);
        watched.read(1_000, P, 0.25).tick(1_900);
        assertThat(watched.told()).isEmpty();

        watched.tick(2_000);

        assertThat(watched.told()).containsExactly("BREACH L 0");
        assertThat(watched.said.getFirst().onset()).isEqualTo(Watched.T0 + 1_000);
    }

    @Test
    void givenAReturnedAlarm_whenOneReadingIsBeyondAndTheNextIsBack_thenItIsLedBackAnewAndNeverHangs() {
        watched.open(P, Direction.LOW, Limit.L, false, false);
        told(0, 4_900, 0.25);
        watched.open(P, Direction.LOW, Limit.L, true, false);
        told(5_000, 60_000, 0.5);
        watched.read(61_000, P, 0.29).read(61_500, P, 0.5).tick(65_000);
        watched.compare(65_000);

        assertThat(told(70_000, 450_000, 0.5)).startsWith("SETTLED L 0").noneMatch(one -> one.startsWith("RETURN"));
    }

    @Test
    void givenALimitThatWasTakenAway_whenItsAlarmIsOpen_thenAGoodValueReturnsIt() {
        watched.open(P, Direction.LOW, Limit.LL, false, false);
        told(0, 4_900, 0.15);
        MonitoringPoint point = Watched.point("01", P);
        MonitoringPoint less = new MonitoringPoint(
                point.indicator(),
                point.kind(),
                point.unit(),
                point.severity(),
                new Limits(null, null, 0.9, 1.0, List.of(), false, 2),
                point.gate(),
                point.range(),
                point.set(),
                point.manual(),
                point.sampleSeconds(),
                point.deadbandPercent(),
                point.delayOnMillis(),
                point.delayOffMillis(),
                point.basis());
        watched.changed(Watched.device("01", List.of(less)));

        assertThat(told(5_000, 35_000, 0.5)).contains("RETURN LL 0");
    }

    @Test
    void givenABreachThatNobodyHeardOf_whenOneGoodReadingComesAndThenSilence_thenItIsSaidAllTheSame() {
        told(0, 4_900, 0.25);
        watched.read(5_000, P, 0.5).read(10_000, P, 0.45).read(12_000, P, 0.5);
        int before = watched.told().size();
        watched.read(13_000, P, 9988, io.forgewatch.event.telemetry.Quality.SENSOR_FAULT)
                .read(18_000, P, 0.5);
        watched.pass(18_000, 100_000);

        assertThat(watched.told().subList(before, watched.told().size()))
                .allMatch(one -> one.startsWith("BREACH L"))
                .hasSizeGreaterThanOrEqualTo(2);
    }

    @Test
    void givenAnAlarmThatWasRaisedAndClearedBetweenTwoLooks_whenTheTableSaysSo_thenNothingMoreIsSaid() {
        told(0, 4_900, 0.25);
        told(5_000, 25_000, 0.5);
        watched.endedAt = Watched.T0 + 26_000;

        assertThat(told(30_000, 200_000, 0.5)).isEmpty();
        assertThat(watched.state(P).isAtRest()).isTrue();
    }
}
