package io.forgewatch.command.detection;

import static org.assertj.core.api.Assertions.assertThat;

import io.forgewatch.command.detection.Verdict.Kind;
import io.forgewatch.event.alarm.Direction;
import io.forgewatch.event.equipment.Gate;
import io.forgewatch.event.equipment.Limits;
import io.forgewatch.event.equipment.MonitoringPoint;
import io.forgewatch.event.equipment.PointKind;
import io.forgewatch.event.equipment.Range;
import io.forgewatch.event.equipment.Severity;
import io.forgewatch.event.telemetry.Quality;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Limits 0.20 and 0.30 MPa, span 0.6, deadband 0.012, delay-on 1 s, delay-off 10 s, severity A, unless said otherwise. */
class PointWatchTest {

    private static final long T0 = 1_732_440_000_000L;

    private final List<Verdict> said = new ArrayList<>();
    private PointRule rule = pressure(Severity.A);
    private PointState state = PointState.UNKNOWN;

    private static PointRule pressure(Severity severity) {
        return point(PointKind.AI, severity, new Limits(0.20, 0.30, null, null, List.of(), false, 1), 0, 0.6);
    }

    private static PointRule point(PointKind kind, Severity severity, Limits limits, double low, double high) {
        return new PointRule(new MonitoringPoint(
                "BF_CW_P",
                kind,
                "MPa",
                severity,
                limits,
                Gate.IN_SERVICE,
                new Range(low, high),
                null,
                false,
                5,
                2,
                1_000,
                10_000,
                "P"));
    }

    private void read(long after, double value) {
        read(after, value, Quality.GOOD);
    }

    private void read(long after, double value, int quality) {
        state = PointWatch.read(rule, state, new Sample(T0 + after, value, quality), T0 + after, false, said::add);
    }

    private void tick(long after) {
        state = PointWatch.tick(rule, state, T0 + after, said::add);
    }

    private List<String> told() {
        return said.stream()
                .map(one -> one.kind() + " " + rule.limit(one.direction(), one.depth()) + " " + one.assertion())
                .toList();
    }

    @Example
    void givenOneReadingBeyondTheLimitAndThenSilence_whenTheDelayEnds_thenItIsABreach() {
        read(0, 0.40);
        read(100, 0.29);
        tick(1_099);
        assertThat(said).isEmpty();

        tick(1_100);

        assertThat(told()).containsExactly("BREACH L 0");
        assertThat(said.getFirst().onset()).isEqualTo(T0 + 100);
        assertThat(said.getFirst().value()).isEqualTo(0.29);
    }

    @Example
    void givenAValueAtTheLimit_whenTheDelayEnds_thenItIsABreachSinceAtItIsBeyondIt() {
        read(0, 0.30);
        tick(1_000);

        assertThat(told()).containsExactly("BREACH L 0");
    }

    @Example
    void givenABreachThatIsBackWithinTheDelay_whenTimePasses_thenNothingIsSaid() {
        read(0, 0.40);
        read(100, 0.29);
        read(600, 0.35);
        tick(60_000);

        assertThat(said).isEmpty();
    }

    @Example
    void givenBadGoodBadWithinMilliseconds_whenTimePasses_thenThereIsOneBreach() {
        read(0, 0.40);
        read(10, 0.29);
        read(12, 0.35);
        read(16, 0.28);
        for (int t = 16; t < 29_000; t += 50) {
            tick(t);
        }

        assertThat(told()).containsExactly("BREACH L 0");
        assertThat(said.getFirst().onset()).isEqualTo(T0 + 16);
    }

    @Example
    void givenABreachOfTheInnerLimit_whenTheOuterOneIsBrokenForTheDelay_thenTheSameBreachIsTold_withTheOuterLimit() {
        read(0, 0.35);
        read(100, 0.29);
        read(1_500, 0.19);
        tick(2_000);
        tick(2_500);

        assertThat(told()).containsExactly("BREACH L 0", "BREACH LL 0");
        assertThat(said.get(1).onset()).isEqualTo(T0 + 100);
        assertThat(said.get(1).value()).isEqualTo(0.19);
    }

    @Example
    void givenAnUpgradedBreach_whenTheValueIsOnlyBackFromTheOuterLimit_thenNothingIsSaid() {
        read(0, 0.19);
        tick(1_000);
        read(2_000, 0.25);
        tick(20_000);

        assertThat(told()).containsExactly("BREACH LL 0");
    }

    @Example
    void givenABreach_whenTheValueFlapsWithinTheDeadband_thenItIsNotOver() {
        read(0, 0.29);
        tick(1_000);
        for (int t = 2_000; t < 30_000; t += 1_000) {
            read(t, t % 2_000 == 0 ? 0.305 : 0.299);
        }

        assertThat(told()).containsExactly("BREACH L 0");
    }

    @Example
    void givenABreach_whenTheValueIsBackBeyondTheDeadbandForTheDelay_thenItIsOverAndToldAgainTwice() {
        read(0, 0.29);
        tick(1_000);
        read(2_000, 0.32);
        tick(11_999);
        assertThat(said).hasSize(1);

        tick(12_000);
        tick(42_000);
        tick(72_000);
        tick(102_000);
        tick(132_000);

        assertThat(told()).containsExactly("BREACH L 0", "RETURN L 0", "RETURN L 1", "RETURN L 2");
        assertThat(said.get(1).value()).isEqualTo(0.32);
        assertThat(state.low().phase()).isEqualTo(Side.Phase.NORMAL);
    }

    @Example
    void givenABreachThatIsBack_whenItIsBrokenAgainWithinTheDelayOff_thenItJustGoesOn() {
        read(0, 0.29);
        tick(1_000);
        read(2_000, 0.32);
        read(8_000, 0.28);
        tick(20_000);

        assertThat(told()).containsExactly("BREACH L 0");
    }

    @Example
    void givenABreachThatIsBack_whenABadReadingComes_thenTheDelayOffStartsAnew() {
        read(0, 0.29);
        tick(1_000);
        read(2_000, 0.32);
        read(8_000, 7777, Quality.SENSOR_FAULT);
        tick(13_000);
        assertThat(told()).containsExactly("BREACH L 0");

        read(14_000, 0.33);
        tick(24_000);

        assertThat(told()).containsExactly("BREACH L 0", "RETURN L 0");
    }

    @Example
    void givenABreach_whenItHolds_thenItIsAssertedAgainEvery30Seconds() {
        read(0, 0.29);
        for (int t = 0; t <= 61_000; t += 100) {
            tick(t);
        }

        assertThat(told()).containsExactly("BREACH L 0", "BREACH L 1", "BREACH L 2");
    }

    @Example
    void givenABreach_whenOnlyCodesComeAndTheSensorFallsSilent_thenItIsNeverOver() {
        read(0, 0.29);
        tick(1_000);
        read(2_000, 9988, Quality.SENSOR_FAULT);
        read(3_000, 0.9, Quality.OUT_OF_RANGE);
        read(4_000, 0.4, Quality.LATE);
        tick(3_600_000);

        assertThat(said).allMatch(one -> one.kind() == Kind.BREACH);
    }

    @Example
    void givenACodeOrABadValue_whenItLiesBeyondTheLimit_thenItIsNoBreach() {
        rule = point(PointKind.AI, Severity.B, new Limits(null, null, 24d, 160d, List.of(), false, 1), 0, 320);
        read(0, 7777, Quality.SENSOR_FAULT);
        read(1_000, 9988, Quality.SENSOR_FAULT);
        read(2_000, 400, Quality.OUT_OF_RANGE);
        read(3_000, 200, Quality.LATE);
        read(4_000, Double.NaN);
        read(5_000, Double.POSITIVE_INFINITY);
        tick(60_000);

        assertThat(said).isEmpty();
    }

    @Example
    void givenASuddenFall_whenThePointIsOfSeverityA_thenItDrivesAtOnceAndIsMarked() {
        read(0, 0.43);
        read(1_000, 0.10);
        tick(2_000);

        assertThat(told()).containsExactly("BREACH LL 0");
        assertThat(said.getFirst().readings().getFirst().quality()).isEqualTo(Quality.JUMP);
    }

    @Example
    void givenASuddenFall_whenThePointIsOfSeverityB_thenThreeReadingsMustConfirmIt() {
        rule = pressure(Severity.B);
        read(0, 0.43);
        read(1_000, 0.10);
        read(2_000, 0.11);
        tick(2_900);
        assertThat(said).isEmpty();

        read(3_000, 0.10);
        tick(4_000);

        assertThat(told()).containsExactly("BREACH LL 0");
    }

    @Example
    void givenASkewedClock_whenSeverityIsA_thenItDrivesByArrivalAndDoesNotClear() {
        state = PointWatch.read(
                rule, state, new Sample(T0 - 3_600_000, 0.29, Quality.CLOCK_SKEW), T0, false, said::add);
        tick(1_000);
        read(2_000, 0.4, Quality.CLOCK_SKEW);
        tick(20_000);

        assertThat(told()).containsExactly("BREACH L 0");
        assertThat(said.getFirst().onset()).isEqualTo(T0);
    }

    @Example
    void givenReadingsOutOfOrder_whenAnOlderOneComes_thenItChangesNothing() {
        read(0, 0.29);
        state = PointWatch.read(rule, state, new Sample(T0 - 5, 0.45, Quality.GOOD), T0 + 10, false, said::add);
        state = PointWatch.read(rule, state, new Sample(T0, 0.45, Quality.GOOD), T0 + 20, false, said::add);
        tick(1_000);

        assertThat(told()).containsExactly("BREACH L 0");
    }

    @Example
    void givenAClockThatWasAhead_whenItIsSetBack_thenItsReadingsCountAgain() {
        state = PointWatch.read(rule, state, new Sample(T0 + 29_000, 0.45, Quality.GOOD), T0, false, said::add);
        read(1_000, 0.29);
        tick(2_000);

        assertThat(told()).containsExactly("BREACH L 0");
    }

    @Example
    void givenAClosedGate_whenALimitIsBroken_thenNothingIsSaid_andAnOpenBreachEnds() {
        read(0, 0.29);
        tick(1_000);
        state = PointWatch.read(rule, state, new Sample(T0 + 2_000, 0.28, Quality.GOOD), T0 + 2_000, true, said::add);
        tick(12_000);

        assertThat(told()).containsExactly("BREACH L 0", "RETURN L 0");
    }

    @Example
    void givenAnInterlockPoint_whenItIsOutOfForce_thenItIsAnInterlockBreachWithoutAThreshold() {
        rule = point(PointKind.DI, Severity.A, new Limits(null, null, null, null, List.of(0), true, 1), 0, 1);
        read(0, 1);
        read(1_000, 0);
        tick(2_000);
        read(3_000, 1);
        tick(13_000);

        assertThat(told()).containsExactly("BREACH INTERLOCK 0", "RETURN INTERLOCK 0");
        assertThat(rule.threshold(Direction.STATE, 2)).isNull();
    }

    @Example
    void givenAFrozenValue_whenItLiesWithinTheLimits_thenItDoesNotEndABreach() {
        read(0, 0.29);
        tick(1_000);
        read(2_000, 0.40);
        read(4_000_000, 0.40);
        // The delay-off had ended long before; it is what comes after that matters.
        assertThat(told()).startsWith("BREACH L 0").contains("RETURN L 0");
        assertThat(state.last().quality()).isEqualTo(Quality.FROZEN);
    }

    record Step(int millis, double value, int quality, boolean gated) {}

    @Property(tries = 500)
    void givenAnyReadings_whenWatched_thenBreachesAndReturnsOfADirectionAlternateAndOnlyGoodReadingsReturn(
            @ForAll("steps") List<Step> steps) {
        rule = point(PointKind.AI, Severity.A, new Limits(0.20, 0.30, 0.50, 0.55, List.of(), false, 1), 0, 0.825);
        for (Direction direction : List.of(Direction.LOW, Direction.HIGH)) {
            state = PointState.UNKNOWN;
            said.clear();
            long now = T0;
            for (Step step : steps) {
                now += step.millis();
                state = PointWatch.read(
                        rule, state, new Sample(now, step.value(), step.quality()), now, step.gated(), said::add);
            }
            boolean open = false;
            int level = 0;
            long onset = 0;
            for (Verdict verdict : said) {
                if (verdict.direction() != direction || verdict.assertion() > 0) {
                    continue;
                }
                if (verdict.kind() == Kind.RETURN) {
                    assertThat(open).as("a return needs a breach").isTrue();
                    open = false;
                } else {
                    if (open) {
                        assertThat(verdict.depth()).as("only an upgrade").isGreaterThan(level);
                        assertThat(verdict.onset()).isEqualTo(onset);
                    }
                    open = true;
                    level = verdict.depth();
                    onset = verdict.onset();
                }
            }
        }
    }

    @Property(tries = 300)
    void givenAnyReadings_whenTheStateIsWrittenAndRead_thenItIsTheSame(@ForAll("steps") List<Step> steps) {
        WatchedDevice device = new WatchedDevice(new io.forgewatch.command.telemetry.Device(
                "GT3702110001010001", "GT3702110001", "01", "a", List.of(rule.point())));
        long now = T0;
        for (Step step : steps) {
            now += step.millis();
            state = PointWatch.read(
                    rule, state, new Sample(now, step.value(), step.quality()), now, step.gated(), said::add);
        }

        byte[] stored = DeviceState.write(new PointState[] {state}, device);

        assertThat(DeviceState.read(stored, device)).containsExactly(state);
    }

    @Property(tries = 300)
    void givenAnyReadings_whenTicksComeInBetween_thenWhatIsSaidIsTheSame(@ForAll("steps") List<Step> steps) {
        List<String> without = told(steps, Integer.MAX_VALUE);
        List<String> with = told(steps, 50);

        assertThat(with).isEqualTo(without);
    }

    /** What is said for the first time; repeats depend on when the clock looks. */
    private List<String> told(List<Step> steps, int every) {
        said.clear();
        state = PointState.UNKNOWN;
        long now = T0;
        for (Step step : steps) {
            for (long t = now + every; t < now + step.millis(); t += every) {
                tick(t - T0);
            }
            now += step.millis();
            read(now - T0, step.value(), step.quality());
        }
        return said.stream()
                .filter(one -> one.assertion() == 0)
                .map(one -> one.kind() + " " + one.direction() + " " + one.onset())
                .distinct()
                .toList();
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        return Combinators.combine(
                        Arbitraries.of(1, 6, 400, 1_000, 5_000, 11_000, 31_000),
                        Arbitraries.of(0.1, 0.2, 0.25, 0.3, 0.305, 0.35, 0.4, 0.45, 0.5, 0.52, 0.6, Double.NaN),
                        Arbitraries.frequency(
                                net.jqwik.api.Tuple.of(8, 0),
                                net.jqwik.api.Tuple.of(1, 8),
                                net.jqwik.api.Tuple.of(1, 5),
                                net.jqwik.api.Tuple.of(1, 2),
                                net.jqwik.api.Tuple.of(1, 7)),
                        Arbitraries.frequency(net.jqwik.api.Tuple.of(9, false), net.jqwik.api.Tuple.of(1, true)))
                .as(Step::new)
                .list()
                .ofMaxSize(60);
    }
}
