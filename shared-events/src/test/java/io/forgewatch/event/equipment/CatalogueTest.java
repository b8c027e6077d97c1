package io.forgewatch.event.equipment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CatalogueTest {

    private static final Catalogue CATALOGUE = Catalogue.standard();

    @Test
    void givenTheCatalogueThenItHas124IndicatorsOf18Classes() {
        assertThat(CATALOGUE.indicators()).hasSize(124);
        assertThat(CATALOGUE.classes()).hasSize(18);
        assertThat(CATALOGUE.indicators())
                .allSatisfy(each -> assertThat(CATALOGUE.equipmentClass(each.equipmentClass()))
                        .isPresent());
    }

    @ParameterizedTest
    @MethodSource("everyIndicator")
    void givenAllThatAnIndicatorNeedsWhenResolvedThenItsPointFollowsTheRules(Indicator indicator) {
        MonitoringPoint point = resolved(indicator.equipmentClass(), complete(indicator));

        assertThat(point.unit()).isEqualTo(indicator.unit());
        assertThat(point.spanLow()).isLessThan(point.spanHigh());
        assertThat(point.deadbandPercent()).isEqualTo(2);
        assertThat(point.delayOffMillis()).isEqualTo(10_000);
        assertThat(point.limits().version()).isEqualTo(1);
        if (point.kind() == PointKind.STATIC) {
            assertThat(point.limits()).isEqualTo(new Limits(null, null, null, null, java.util.List.of(), false, 1));
        }
        if (point.kind() == PointKind.AI) {
            assertThat(point.limits().alarmStates()).isEmpty();
        }
        assertThat(point.limits().interlock())
                .isEqualTo(point.kind() == PointKind.DI && indicator.zh().contains("联锁"));
    }

    static Stream<Indicator> everyIndicator() {
        return CATALOGUE.indicators().stream();
    }

    private static PointRatings complete(Indicator indicator) {
        String variant =
                indicator.variants().keySet().stream().sorted().findFirst().orElse(null);
        double set = indicator.ranges().containsKey(Reference.SET)
                ? indicator.ranges().get(Reference.SET).getLast()
                : 200.0;
        return new PointRatings(indicator.code(), 200.0, set, 200.0, 200.0, variant);
    }

    @ParameterizedTest
    @CsvSource({
        "01, BF_CW_P, 0.2, 0.3, , , 0, 0.6",
        "01, BF_CW_F, 70, 85, , , 0, 170",
        "01, BF_TOP_P, , , 95, 100, 0, 200",
        "07, GH_P, 80, 90, 110, 120, 0, 180",
        "09, DR_SEAL, 29.99, 32.99, , , 0, 65.98",
        "13, CO, , , 24, 160, 0, 320",
        "15, GM_P, 2, 3, 90, 100, 0, 150",
        "21, AL_CW_F, 70, 85, 120, 130, 0, 195",
        "21, AL_PIT_LV, -0.3, -0.15, 0.15, 0.3, -0.3, 0.45",
        "21, AL_LENGTH, , , , 150, 0, 300",
    })
    void givenReferencesOf100WhenResolvedThenLimitsAndSpanAre(
            String equipmentClass,
            String indicator,
            Double ll,
            Double l,
            Double h,
            Double hh,
            double spanLow,
            double spanHigh) {
        MonitoringPoint point = resolved(equipmentClass, new PointRatings(indicator, 100.0, 100.0, 100.0, 100.0, null));

        assertThat(point.limits()).isEqualTo(new Limits(ll, l, h, hh, java.util.List.of(), false, 1));
        assertThat(point.spanLow()).isCloseTo(spanLow, within(1e-9));
        assertThat(point.spanHigh()).isCloseTo(spanHigh, within(1e-9));
    }

    @ParameterizedTest
    @CsvSource({
        "01, BF_CW_F, reference-missing, rated",
        "07, GH_SPEED, variant-unknown, variant",
        "07, BF_CW_F, foreign-indicator, indicator",
        "01, NO_SUCH, unknown-indicator, indicator",
    })
    void givenSomethingMissingWhenResolvedThenItIsRefusedByName(
            String equipmentClass, String indicator, String code, String field) {
        assertThat(CATALOGUE.resolve(equipmentClass, PointRatings.of(indicator)))
                .isInstanceOfSatisfying(PointResolution.Refused.class, refused -> {
                    assertThat(refused.code()).isEqualTo(code);
                    assertThat(refused.field()).isEqualTo(field);
                    assertThat(refused.indicator()).isEqualTo(indicator);
                });
    }

    @ParameterizedTest
    @CsvSource({"0", "-1", "NaN", "Infinity"})
    void givenARatedValueThatIsNoneWhenResolvedThenItIsRefused(double rated) {
        assertThat(CATALOGUE.resolve("01", new PointRatings("BF_CW_F", rated, null, null, null, null)))
                .isInstanceOfSatisfying(
                        PointResolution.Refused.class,
                        refused -> assertThat(refused.code()).isEqualTo("reference-invalid"));
    }

    @Test
    void givenAValueWhoseShareIsInfiniteWhenResolvedThenItIsRefused() {
        double large = 1.55e308;
        assertThat(CATALOGUE.resolve("07", new PointRatings("GH_P", large, null, null, null, null)))
                .isInstanceOfSatisfying(PointResolution.Refused.class, refused -> {
                    assertThat(refused.code()).isEqualTo("reference-invalid");
                    assertThat(refused.field()).isEqualTo("rated");
                });
    }

    @Test
    void givenNoDesignPressureWhenResolvedThenTheDefaultCounts() {
        assertThat(resolved("01", PointRatings.of("BF_TOP_P")).limits().hh()).isEqualTo(250);
        assertThat(resolved("11", PointRatings.of("CR_OVERSPD")).limits().hh()).isEqualTo(125);
    }

    @Test
    void givenACommandedPositionThenTheOtherOneIsTheAlarmAfterAMinute() {
        MonitoringPoint point = resolved("08", new PointRatings("ISO_POS", null, 1.0, null, null, null));

        assertThat(point.limits().alarmStates()).containsExactly(0);
        assertThat(point.delayOnMillis()).isEqualTo(60_000);
    }

    @Test
    void givenAPositionThatDiffersFromItsCommandPointThenThatIsTheAlarmAndNoStateByItself() {
        MonitoringPoint point = resolved("08", PointRatings.of("ISO_POS"));

        assertThat(point.limits().alarmStates()).isEmpty();
        assertThat(point.delayOnMillis()).isEqualTo(60_000);
        Indicator position = CATALOGUE.indicator("08", "ISO_POS").orElseThrow();
        assertThat(position.differsFrom()).isEqualTo("ISO_CMD");
        Indicator command = CATALOGUE.indicator("08", position.differsFrom()).orElseThrow();
        assertThat(command.states()).isEqualTo(position.states());
    }

    @Test
    void givenTheCastingModeThenWhateverIsNotAutomaticIsAnAlarm() {
        Indicator mode = CATALOGUE.indicator("21", "AL_MODE").orElseThrow();
        Limits limits = resolved("21", PointRatings.of("AL_MODE")).limits();

        assertThat(limits.alarmStates()).containsExactly(2, 3);
        assertThat(mode.isAlarm(limits, 1)).isFalse();
        for (int state : new int[] {0, 2, 3, 9, -1}) {
            assertThat(mode.isAlarm(limits, state)).as("mode %s", state).isTrue();
        }
        Indicator lock = CATALOGUE.indicator("21", "AL_LOCK").orElseThrow();
        Limits ofLock = resolved("21", PointRatings.of("AL_LOCK")).limits();
        assertThat(lock.isAlarm(ofLock, 0)).isTrue();
        assertThat(lock.isAlarm(ofLock, 9)).isFalse();
    }

    @Test
    void givenACodeOfTwoClassesThenEachClassHasItsOwnAndTheyMeanTheSame() {
        assertThat(CATALOGUE.indicator("11", "ROPE").orElseThrow().equipmentClass())
                .isEqualTo("11");
        assertThat(CATALOGUE.indicator("21", "ROPE").orElseThrow().equipmentClass())
                .isEqualTo("21");
        assertThat(CATALOGUE.indicator("01", "ROPE")).isEmpty();
        assertThat(CATALOGUE.resolve("21", PointRatings.of("ROPE"))).isInstanceOf(PointResolution.Resolved.class);
        CATALOGUE
                .indicators()
                .forEach(each -> assertThat(CATALOGUE.indicator(each.code()).orElseThrow())
                        .usingRecursiveComparison()
                        .ignoringFields("equipmentClass")
                        .isEqualTo(each));
    }

    /** A gate that could never be heard of would be one that nobody can close. */
    @Test
    void givenAGateThenItsIndicatorIsOfTheSameClassAndHasItsStates() {
        CATALOGUE.indicators().stream()
                .flatMap(each -> Stream.of(each.gate(), each.lowGate())
                        .filter(gate -> gate != null && gate.indicator() != null)
                        .map(gate -> java.util.Map.entry(each, gate)))
                .forEach(pair -> assertThat(CATALOGUE
                                .indicator(
                                        pair.getKey().equipmentClass(),
                                        pair.getValue().indicator())
                                .orElseThrow()
                                .states())
                        .containsAll(pair.getValue().open())
                        .hasSizeGreaterThan(pair.getValue().open().size()));
    }

    @Test
    void givenAlarmStatesThenTheyAreStatesOfTheRow() {
        CATALOGUE.indicators().stream()
                .filter(each -> each.kind() == PointKind.DI)
                .forEach(each -> assertThat(each.states())
                        .as(each.code())
                        .hasSizeGreaterThan(1)
                        .containsAll(each.alarmStates()));
    }

    @Test
    void givenCoThenHhIsCriticalAndHIsImportant() {
        Indicator co = CATALOGUE.indicator("CO").orElseThrow();

        assertThat(co.severityAt(true)).isEqualTo(Severity.A);
        assertThat(co.severityAt(false)).isEqualTo(Severity.B);
    }

    @Test
    void givenCastingPointsThenProcessAlarmsAreGatedAndProtectionIsNot() {
        assertThat(gate("AL_CW_P")).isEqualTo(Gate.CASTING);
        assertThat(gate("AL_LAUNDER_LV")).isEqualTo(Gate.STEADY_CASTING);
        assertThat(gate("AL_MOLD_LV")).isEqualTo(Gate.STEADY_CASTING);
        assertThat(gate("AL_ILK_CW")).isEqualTo(Gate.IN_SERVICE);
        assertThat(gate("AL_EMG_P")).isEqualTo(Gate.IN_SERVICE);
        assertThat(gate("BF_CW_P")).isEqualTo(Gate.IN_SERVICE);
    }

    @Property(tries = 200)
    void givenAnyRatedValueThenLimitsStandInOrderWithinTheSpan(
            @ForAll @DoubleRange(min = 0.01, max = 1_000_000) double value) {
        CATALOGUE.indicators().stream()
                .filter(each -> each.limits() != null && each.ranges().isEmpty())
                .map(each -> CATALOGUE.resolve(
                        each.equipmentClass(), new PointRatings(each.code(), value, value, value, value, null)))
                .forEach(resolution -> {
                    if (resolution instanceof PointResolution.Resolved(MonitoringPoint point)) {
                        Limits limits = point.limits();
                        Double[] given = Stream.of(limits.ll(), limits.l(), limits.h(), limits.hh())
                                .filter(java.util.Objects::nonNull)
                                .toArray(Double[]::new);
                        assertThat(given).isSorted();
                        assertThat(given).allMatch(limit -> limit >= point.spanLow() && limit <= point.spanHigh());
                    } else if (resolution instanceof PointResolution.Refused refused) {
                        assertThat(refused.code()).isEqualTo("limits-out-of-order");
                    }
                });
    }

    private static Gate gate(String indicator) {
        return CATALOGUE.indicator(indicator).orElseThrow().gate();
    }

    private static MonitoringPoint resolved(String equipmentClass, PointRatings ratings) {
        PointResolution resolution = CATALOGUE.resolve(equipmentClass, ratings);
        assertThat(resolution).isInstanceOf(PointResolution.Resolved.class);
        return ((PointResolution.Resolved) resolution).point();
    }
}
