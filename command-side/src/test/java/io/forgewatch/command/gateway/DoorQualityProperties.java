package io.forgewatch.command.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.forgewatch.command.telemetry.Device;
import io.forgewatch.event.equipment.Catalogue;
import io.forgewatch.event.equipment.Indicator;
import io.forgewatch.event.equipment.Limits;
import io.forgewatch.event.equipment.MonitoringPoint;
import io.forgewatch.event.equipment.PointKind;
import io.forgewatch.event.equipment.PointRatings;
import io.forgewatch.event.equipment.PointResolution;
import io.forgewatch.event.equipment.Range;
import io.forgewatch.event.telemetry.CodeMeaning;
import io.forgewatch.event.telemetry.CodeValue;
import io.forgewatch.event.telemetry.GatewayCodes;
import io.forgewatch.event.telemetry.Quality;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;

/** Quality as the door can tell it, dossier §8: over every point of the catalogue. */
class DoorQualityProperties {

    private static final long NOW = 1_764_000_000_000L;
    private static final Catalogue CATALOGUE = Catalogue.standard();

    /** A point of the catalogue, with what the door keeps of it. */
    record Watched(Indicator row, MonitoringPoint point, Device device) {

        static Watched of(Indicator row, MonitoringPoint point) {
            return new Watched(
                    row,
                    point,
                    new Device(
                            "GT3702110001" + row.equipmentClass() + "0001",
                            "GT3702110001",
                            row.equipmentClass(),
                            "炼铁",
                            List.of(point)));
        }

        Watched with(Range range) {
            return of(row, point.with(range));
        }

        byte quality(DoorQuality door, long at, double value) {
            return door.of(point, device.possible(0), at, value);
        }

        byte quality(double value) {
            return quality(door(0, GatewayCodes.STANDARD), NOW, value);
        }

        double width() {
            return point.spanHigh() - point.spanLow();
        }
    }

    private static DoorQuality door(long offsetMillis, GatewayCodes codes) {
        return new DoorQuality(NOW, new ClockOffset(offsetMillis), codes);
    }

    private static List<Watched> all() {
        return CATALOGUE.indicators().stream()
                .flatMap(row -> CATALOGUE.resolve(
                                        row.equipmentClass(),
                                        new PointRatings(row.code(), 200.0, 100.0, 200.0, 200.0, null))
                                instanceof PointResolution.Resolved(MonitoringPoint point)
                        ? Stream.of(Watched.of(row, point))
                        : Stream.empty())
                .toList();
    }

    @Provide
    Arbitrary<Watched> points() {
        return Arbitraries.of(all());
    }

    @Provide
    Arbitrary<Watched> analogue() {
        return Arbitraries.of(
                all().stream().filter(each -> each.row().kind() == PointKind.AI).toList());
    }

    @Provide
    Arbitrary<Double> factors() {
        return Arbitraries.doubles().between(0, 1_000);
    }

    @Property
    void given_any_reading_then_its_code_is_one_of_the_doors_and_only_a_code_hides_the_value(
            @ForAll("points") Watched watched,
            @ForAll @LongRange(min = -400L * 86_400_000, max = 300_000) long ahead,
            @ForAll @LongRange(min = -300_000, max = 300_000) long offset,
            @ForAll double value) {
        byte code = watched.quality(door(offset, GatewayCodes.STANDARD), NOW + ahead, value);

        assertThat(code)
                .isIn(Quality.GOOD, Quality.OUT_OF_RANGE, Quality.CLOCK_SKEW, Quality.LATE, Quality.SENSOR_FAULT);
        if (value != 7777 && value != 9988) {
            assertThat(code).isNotEqualTo(Quality.SENSOR_FAULT);
        }
    }

    /** On the side of a limit, without a range, nothing is "what cannot be": it is the limit that says how bad it is. */
    @Property
    void given_no_range_when_a_value_lies_however_far_above_then_it_is_good(
            @ForAll("analogue") Watched watched, @ForAll("factors") double factor) {
        double high = Math.max(watched.point().spanHigh(), 0) + factor * watched.width();

        assertThat(watched.quality(high)).isIn(high == 7777 || high == 9988 ? Quality.SENSOR_FAULT : Quality.GOOD);
    }

    @Property
    void given_no_range_when_a_value_lies_below_then_only_the_floor_says_that_it_cannot_be(
            @ForAll("analogue") Watched watched, @ForAll("factors") double factor) {
        double low = Math.min(0, watched.point().spanLow()) - factor * watched.width();
        Double floor = watched.row().floor();
        boolean impossible = floor != null && low < floor - 0.05 * watched.width();

        assertThat(watched.quality(low)).isEqualTo(impossible ? Quality.OUT_OF_RANGE : Quality.GOOD);
    }

    @Property
    void given_a_range_when_a_value_lies_outside_then_it_cannot_be_by_more_than_a_transmitter_reads_beyond(
            @ForAll("analogue") Watched watched, @ForAll("factors") double factor) {
        Range range = new Range(watched.point().spanLow() - 3, watched.point().spanHigh() + 2_000);
        Watched ranged = watched.with(range);

        assertThat(ranged.quality(range.low() - 0.024 * range.width())).isEqualTo(Quality.GOOD);
        assertThat(ranged.quality(range.high() + 0.049 * range.width())).isEqualTo(Quality.GOOD);
        assertThat(ranged.quality(range.low() - (0.026 + factor) * range.width()))
                .isEqualTo(Quality.OUT_OF_RANGE);
        assertThat(ranged.quality(range.high() + (0.051 + factor) * range.width()))
                .isIn(Quality.OUT_OF_RANGE, Quality.SENSOR_FAULT);
    }

    @Example
    void given_a_discrete_point_then_only_its_states_can_be() {
        List<Watched> discrete =
                all().stream().filter(each -> !each.row().states().isEmpty()).toList();
        assertThat(discrete).hasSizeGreaterThan(30);
        for (Watched each : discrete) {
            for (int state : each.row().states()) {
                assertThat(each.quality(state)).isEqualTo(Quality.GOOD);
                assertThat(each.quality(state + 0.5)).isEqualTo(Quality.OUT_OF_RANGE);
            }
            assertThat(each.quality(17)).isEqualTo(Quality.OUT_OF_RANGE);
            assertThat(each.quality(-1)).isEqualTo(Quality.OUT_OF_RANGE);
            assertThat(each.quality(1e300)).isEqualTo(Quality.OUT_OF_RANGE);
        }
    }

    /** Tried from outside and silent before: each is beyond a limit, and was "out of range" for it. */
    @Example
    void given_values_worse_than_worst_then_they_are_good_data() {
        assertThat(watched("CO").quality(500)).isEqualTo(Quality.GOOD);
        assertThat(watched("BF_TUY_DF").quality(30)).isEqualTo(Quality.GOOD);
        assertThat(watched("GH_O2").quality(6)).isEqualTo(Quality.GOOD);
        assertThat(watched("AL_LAUNDER_LV").quality(-40)).isEqualTo(Quality.GOOD);
        assertThat(watched("AL_PIT_LV").quality(-0.5)).isEqualTo(Quality.GOOD);
        assertThat(watched("BF_CW_P").quality(0.8)).isEqualTo(Quality.GOOD);
        assertThat(watched("CO").quality(-250)).as("a cut loop").isEqualTo(Quality.OUT_OF_RANGE);
        assertThat(watched("BF_HEARTH_T").quality(-200)).as("no floor").isEqualTo(Quality.GOOD);
    }

    private static Watched watched(String code) {
        return all().stream()
                .filter(each -> each.row().code().equals(code))
                .findFirst()
                .orElseThrow();
    }

    @Example
    void given_times_then_5_goes_before_7_and_both_go_by_their_windows() {
        Watched co = watched("CO");
        DoorQuality right = door(0, GatewayCodes.STANDARD);
        DoorQuality fast = door(30_001, GatewayCodes.STANDARD);
        DoorQuality slow = door(-30_001, GatewayCodes.STANDARD);

        assertThat(co.quality(right, NOW + 30_000, 10)).isEqualTo(Quality.GOOD);
        assertThat(co.quality(right, NOW + 30_001, 10)).isEqualTo(Quality.CLOCK_SKEW);
        assertThat(co.quality(right, NOW - 35_000, 10))
                .as("35 s behind is live")
                .isEqualTo(Quality.GOOD);
        assertThat(co.quality(right, NOW - 60_000, 10)).isEqualTo(Quality.GOOD);
        assertThat(co.quality(right, NOW - 60_001, 10)).isEqualTo(Quality.LATE);
        for (long at : new long[] {NOW - 3_600_000, NOW, NOW + 200_000}) {
            assertThat(co.quality(fast, at, 10)).isEqualTo(Quality.CLOCK_SKEW);
            assertThat(co.quality(slow, at, 10)).isEqualTo(Quality.CLOCK_SKEW);
        }
        assertThat(co.quality(door(30_000, GatewayCodes.STANDARD), NOW, 10)).isEqualTo(Quality.GOOD);
    }

    @Example
    void given_several_at_once_then_8_goes_before_2_and_2_before_5_and_7() {
        Watched co = watched("CO").with(new Range(0, 1_000));
        DoorQuality fast = door(60_000, GatewayCodes.STANDARD);
        DoorQuality right = door(0, GatewayCodes.STANDARD);

        assertThat(co.quality(fast, NOW, 7777)).isEqualTo(Quality.SENSOR_FAULT);
        assertThat(co.quality(right, NOW - 100_000, 9988)).isEqualTo(Quality.SENSOR_FAULT);
        assertThat(co.quality(fast, NOW, 5_000)).isEqualTo(Quality.OUT_OF_RANGE);
        assertThat(co.quality(right, NOW - 100_000, -30)).isEqualTo(Quality.OUT_OF_RANGE);
    }

    @Property
    void given_codes_of_the_works_then_none_hides_a_value_at_a_limit_or_within_the_span(
            @ForAll("points") Watched watched, @ForAll("factors") double factor) {
        Limits limits = watched.point().limits();
        double within = watched.point().spanLow() + (factor / 1_000) * watched.width();
        Stream.concat(
                        Stream.of(limits.ll(), limits.l(), limits.h(), limits.hh(), within)
                                .filter(Objects::nonNull),
                        limits.alarmStates().stream().map(Integer::doubleValue))
                .forEach(value -> {
                    GatewayCodes codes = new GatewayCodes(List.of(new CodeValue(value, CodeMeaning.FAULT)), List.of());
                    assertThat(watched.quality(door(0, codes), NOW, value)).isNotEqualTo(Quality.SENSOR_FAULT);
                });
    }
}
