package io.forgewatch.event.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.forgewatch.event.equipment.Catalogue;
import io.forgewatch.event.equipment.Limits;
import io.forgewatch.event.equipment.MonitoringPoint;
import io.forgewatch.event.equipment.PointRatings;
import io.forgewatch.event.equipment.PointResolution;
import io.forgewatch.event.equipment.Range;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Codes in place of readings, dossier §2 and trap 11. */
class GatewayCodesProperties {

    private static final Catalogue CATALOGUE = Catalogue.standard();

    private static MonitoringPoint point(String equipmentClass, PointRatings ratings) {
        return ((PointResolution.Resolved) CATALOGUE.resolve(equipmentClass, ratings)).point();
    }

    private static GatewayCodes only(double value, String... except) {
        return new GatewayCodes(List.of(new CodeValue(value, CodeMeaning.FAULT)), List.of(except));
    }

    /** Every point of the catalogue that resolves with these ratings. */
    @Provide
    Arbitrary<MonitoringPoint> points() {
        List<MonitoringPoint> all = CATALOGUE.indicators().stream()
                .map(row -> CATALOGUE.resolve(
                        row.equipmentClass(), new PointRatings(row.code(), 200.0, 100.0, 200.0, 200.0, null)))
                .filter(PointResolution.Resolved.class::isInstance)
                .map(resolved -> ((PointResolution.Resolved) resolved).point())
                .toList();
        assertThat(all).hasSizeGreaterThan(80);
        return Arbitraries.of(all);
    }

    @Property
    void given_any_point_and_any_code_within_its_span_or_between_its_limits_then_it_stays_a_value(
            @ForAll("points") MonitoringPoint point, @ForAll("shares") double share) {
        double within = point.spanLow() + share * (point.spanHigh() - point.spanLow());

        assertThat(only(within).isCode(within, point)).isFalse();
        Limits limits = point.limits();
        Stream.of(limits.ll(), limits.l(), limits.h(), limits.hh())
                .filter(Objects::nonNull)
                .forEach(limit -> assertThat(only(limit).isCode(limit, point)).isFalse());
        limits.alarmStates()
                .forEach(state -> assertThat(only(state).isCode(state, point)).isFalse());
    }

    @Property
    void given_a_range_then_a_code_is_one_only_outside_of_what_a_transmitter_can_read(
            @ForAll("points") MonitoringPoint point, @ForAll("shares") double share) {
        Range range = new Range(point.spanLow() - 1, point.spanHigh() * 3 + 1);
        MonitoringPoint ranged = point.with(range);
        double within = range.low() + share * range.width();

        assertThat(only(within).isCode(within, ranged)).isFalse();
        double above = range.high() + range.width() * 0.051;
        double below = range.low() - range.width() * 0.026;
        assertThat(only(above).isCode(above, ranged)).isTrue();
        assertThat(only(below).isCode(below, ranged)).isTrue();
        assertThat(only(below).isCode(above, ranged)).as("another number").isFalse();
        assertThat(only(above, point.indicator()).isCode(above, ranged))
                .as("excepted")
                .isFalse();
    }

    @Provide
    Arbitrary<Double> shares() {
        return Arbitraries.doubles().between(0, 1);
    }

    @Example
    void given_nothing_set_then_7777_and_9988_are_codes_of_a_co_head_and_lengths_of_a_cast() {
        MonitoringPoint head = point("13", PointRatings.of("CO"));
        MonitoringPoint length = point("21", new PointRatings("AL_LENGTH", null, 7_500.0, null, null, null));

        for (double code : new double[] {7777, 9988}) {
            assertThat(GatewayCodes.STANDARD.isCode(code, head)).isTrue();
            assertThat(GatewayCodes.STANDARD.isCode(code, length)).isFalse();
        }
        assertThat(GatewayCodes.STANDARD.isCode(7776.999, head)).isFalse();
        assertThat(GatewayCodes.STANDARD.isCode(500, head))
                .as("worse than worst")
                .isFalse();
    }

    @Example
    void given_the_same_codes_in_another_order_then_they_are_the_same() {
        CodeValue one = new CodeValue(-9999, CodeMeaning.FAULT);
        CodeValue other = new CodeValue(32767, CodeMeaning.SPARE);

        assertThat(new GatewayCodes(List.of(other, one), List.of("CO", "AL_LENGTH")))
                .isEqualTo(new GatewayCodes(List.of(one, other), List.of("AL_LENGTH", "CO")));
    }

    @Example
    void given_an_id_then_it_is_a_gateways_only_in_its_one_form() {
        assertThat(List.of("GT3702110001-G1", "LJ3301060001-G120")).allMatch(GatewayId.FORM::isOne);
        assertThat(List.of(
                        "",
                        "GT3702110001",
                        "GT3702110001-G",
                        "GT3702110001-G0",
                        "GT3702110001-G01",
                        "GT3702110001-G1 ",
                        "GT3702110001-g1",
                        "GT370211001-G1",
                        "GT3702110001-C1",
                        "GT3702110001-G9999999999"))
                .noneMatch(GatewayId.FORM::isOne);
        assertThat(new GatewayId("GT3702110001-G7").enterprise().value()).isEqualTo("GT3702110001");
    }
}
