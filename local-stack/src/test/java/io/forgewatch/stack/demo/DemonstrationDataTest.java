package io.forgewatch.stack.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.forgewatch.event.equipment.Catalogue;
import io.forgewatch.event.equipment.Indicator;
import io.forgewatch.event.equipment.Limits;
import io.forgewatch.event.equipment.MonitoringPoint;
import io.forgewatch.event.equipment.PointKind;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DemonstrationDataTest {

    private static final double L = 0.30;
    private static final double LL = 0.20;

    private final Country country = Country.standard();

    @Test
    void given_the_country_when_counted_then_it_is_what_was_asked_for() {
        assertThat(country.provinces()).hasSize(3);
        assertThat(country.enterprises()).hasSize(8);
        assertThat(country.enterprises().stream().filter(works -> works.id().startsWith("GT")))
                .hasSize(5);
        assertThat(country.enterprises().stream().filter(works -> works.id().startsWith("LJ")))
                .hasSize(3);
        Set<String> devices = new HashSet<>();
        int points = 0;
        for (Country.Works works : country.enterprises()) {
            assertThat(country.provinces()).anyMatch(province -> works.region().startsWith(province.region()));
            for (Country.Device device : country.devices(works)) {
                assertThat(devices.add(works.deviceId(device))).isTrue();
                points += country.points(device).size();
            }
        }
        assertThat(devices).hasSizeBetween(75, 85);
        assertThat(points).isBetween(550, 650);
        assertThat(country.failing()).hasSizeGreaterThan(1);
    }

    @Test
    void given_a_works_where_all_is_well_when_played_for_an_hour_then_no_limit_is_broken() {
        for (Country.Works works : country.enterprises()) {
            for (Country.Device device : country.devices(works)) {
                for (MonitoringPoint point : country.points(device)) {
                    staysWithinLimits(point);
                }
            }
        }
    }

    @Test
    void given_a_state_that_must_be_as_commanded_then_it_is_and_every_furnace_is_seen_to_run() {
        Map<String, Double> states = new HashMap<>();
        for (Country.Works works : country.enterprises()) {
            for (Country.Device device : country.devices(works)) {
                for (MonitoringPoint point : country.points(device)) {
                    states.put(point.indicator(), new SimulatedPoint(point, country.states(), 7).at(0));
                }
            }
        }
        Catalogue.standard().indicators().stream()
                .filter(each -> each.differsFrom() != null)
                .forEach(each -> assertThat(states.get(each.code())).isEqualTo(states.get(each.differsFrom())));
        Catalogue.standard().indicators().stream()
                .map(Indicator::gate)
                .filter(gate -> gate.indicator() != null)
                .forEach(gate -> assertThat(gate.open())
                        .contains(states.get(gate.indicator()).intValue()));
        assertThat(states).doesNotContainKey("ROPE");
    }

    @Test
    void given_no_real_data_when_the_pump_fails_then_it_takes_the_course_that_was_asked_for() {
        takesItsCourse(PumpFailure.simulated());
    }

    @Test
    void given_the_real_failure_when_played_then_it_takes_the_course_that_was_asked_for() throws Exception {
        takesItsCourse(PumpFailure.real(realData()));
    }

    @Test
    void given_the_real_water_circuit_when_played_then_it_stays_within_the_limits_of_the_casting_pit()
            throws Exception {
        for (int file = 0; file < 7; file++) {
            assertThat(realData().column("skab/valve1-" + file + ".csv", ";", 8, 0, 2000))
                    .allMatch(flow -> flow > 27.2 && flow < 38.4);
            assertThat(realData().column("skab/valve1-" + file + ".csv", ";", 6, 0, 2000))
                    .allMatch(temperature -> temperature < 35);
        }
    }

    private static void takesItsCourse(PumpFailure failure) {
        assertThat(failure.between(0, 20)).isNotEmpty().allMatch(sample -> sample.value() > L);
        List<Series.Sample> broken = failure.between(0, 80).stream()
                .filter(sample -> sample.value() <= LL)
                .toList();
        double first = broken.getFirst().seconds();
        assertThat(first).isBetween(20.0, 39.0);
        assertThat(failure.between(first, first + 20)).allMatch(sample -> sample.value() <= LL);
        assertThat(failure.between(400, 410)).hasSize(10).allMatch(sample -> sample.value() > L + 0.05);
        // However it is cut into steps, each value is played once.
        int steps = 0;
        for (int second = 0; second < 80; second++) {
            steps += failure.between(second, second + 1).size();
        }
        assertThat(steps).isEqualTo(failure.between(0, 80).size());
    }

    private void staysWithinLimits(MonitoringPoint point) {
        SimulatedPoint simulated = new SimulatedPoint(point, country.states(), 7);
        Limits limits = point.limits();
        for (Series.Sample sample : simulated.between(0, 3600)) {
            double value = sample.value();
            if (point.kind() == PointKind.DI) {
                assertThat(limits.alarmStates()).as(point.indicator()).doesNotContain((int) value);
            }
            for (Double low : Arrays.asList(limits.ll(), limits.l())) {
                assertThat(low == null || value > low).as("%s %s", point, value).isTrue();
            }
            for (Double high : Arrays.asList(limits.h(), limits.hh())) {
                assertThat(high == null || value < high)
                        .as("%s %s", point, value)
                        .isTrue();
            }
            assertThat(value).as(point.indicator()).isBetween(point.spanLow(), point.spanHigh());
        }
    }

    private static RealData realData() {
        Optional<RealData> data = RealData.find(Path.of(""), Optional.ofNullable(System.getenv("FORGEWATCH_SHARED")));
        assumeThat(data)
                .as("the folder of real sensor data, shared/data, is not beside the project")
                .isPresent();
        return data.orElseThrow();
    }
}
