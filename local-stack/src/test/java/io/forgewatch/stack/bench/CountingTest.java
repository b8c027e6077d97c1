package io.forgewatch.stack.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.forgewatch.event.equipment.Catalogue;
import io.forgewatch.event.equipment.PointRatings;
import io.forgewatch.event.equipment.PointResolution;
import io.forgewatch.event.equipment.Severity;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** What the benchmarks count with. */
class CountingTest {

    @Test
    void given_a_frame_stored_twice_when_counted_then_its_readings_count_once_and_are_told_as_twice() {
        FrameCount count = new FrameCount();
        count.add("GT3702110001-G1", 7, 500);
        count.add("GT3702110001-G1", 8, 499);
        count.add("GT1302070001-G1", 7, 500);
        count.add("GT3702110001-G1", 7, 500);
        assertThat(count.readings()).isEqualTo(1_499);
        assertThat(count.twice()).isEqualTo(500);
    }

    @Test
    void given_fewer_stored_than_accepted_when_counted_then_the_difference_is_lost_and_more_is_no_loss() {
        FrameCount count = new FrameCount();
        count.add("GT3702110001-G1", 7, 500);
        assertThat(count.lost(1_000)).isEqualTo(500);
        assertThat(count.lost(500)).isZero();
        assertThat(count.lost(0)).as("stored, but its answer never came").isZero();
    }

    @Test
    void given_planted_breaches_when_alarms_are_balanced_then_missing_and_surplus_ones_are_told() {
        assertThat(AlarmBalance.of(List.of("a.P", "b.P"), List.of("b.P", "a.P")).even())
                .isTrue();
        assertThat(AlarmBalance.of(List.of("a.P", "b.P"), List.of("a.P", "a.P", "c.P")))
                .isEqualTo(new AlarmBalance(1, 2));
        assertThat(AlarmBalance.of(List.of(), List.of()).even()).isTrue();
    }

    @Test
    void given_an_alarm_id_when_its_point_is_asked_then_it_is_that_of_the_planted_one() {
        String planted = BenchCountry.pressure(0, 0);
        assertThat(StoredAlarms.point(planted + ".LOW.1732440000100")).isEqualTo(planted);
    }

    @Test
    void given_the_catalogue_when_the_planted_values_are_held_against_it_then_they_break_the_limits_they_should() {
        PointResolution resolution = Catalogue.standard().resolve("01", PointRatings.of(BenchCountry.PRESSURE));
        assertThat(resolution).isInstanceOfSatisfying(PointResolution.Resolved.class, resolved -> {
            var point = resolved.point();
            assertThat(point.severity()).isEqualTo(Severity.A);
            assertThat(point.delayOnMillis()).isEqualTo(BenchCountry.DELAY_ON_MILLIS);
            assertThat(BenchCountry.BELOW_L)
                    .isLessThan(point.limits().l())
                    .isGreaterThan(point.limits().ll());
            assertThat(BenchCountry.BELOW_LL).isLessThan(point.limits().ll());
        });
    }

    @Test
    void given_a_line_of_the_loader_when_read_then_it_is_the_phase() {
        LoadPhase phase = LoadPhase.of(new JsonMapper().readTree("""
                {"phase":"10:1000","seconds":10.0,"sent":10500,"accepted":10000,"failed":500,"frames":21,\
                "ackMillis":{"p50":3.5,"p99":9.25,"max":12.0}}"""));
        assertThat(phase).isEqualTo(new LoadPhase("10:1000", 10, 10_500, 10_000, 500, 3.5, 9.25));
        assertThat(phase.rate()).isEqualTo(1_000);
    }

    @Test
    void given_system_properties_when_the_size_is_asked_then_they_make_it_smaller_and_nonsense_is_refused() {
        Properties properties = new Properties();
        assertThat(BenchSize.of(properties).points()).isEqualTo(60_000);
        properties.setProperty("forgewatch.bench.gateways", "5");
        assertThat(BenchSize.of(properties).points()).isEqualTo(1_500);
        properties.setProperty("forgewatch.bench.gateways", "0");
        assertThatThrownBy(() -> BenchSize.of(properties)).isInstanceOf(IllegalArgumentException.class);
        properties.setProperty("forgewatch.bench.gateways", "5");
        properties.setProperty("forgewatch.bench.devices", "101");
        assertThatThrownBy(() -> BenchSize.of(properties)).hasMessageContaining("fit into each frame");
    }

    @Test
    void given_starts_when_their_median_is_asked_then_one_slow_start_does_not_count() {
        assertThat(StartWarm.median(List.of(40.0, 11.0, 12.0))).isEqualTo(12.0);
        assertThat(StartWarm.median(List.of(9.0))).isEqualTo(9.0);
    }

    @Test
    void given_frames_of_several_gateways_when_counted_then_the_one_with_fewest_is_known() {
        FrameCount count = new FrameCount();
        assertThat(count.fewest()).isZero();
        count.add("GT3702110001-G1", 1, 5);
        count.add("GT3702110001-G1", 2, 5);
        count.add("GT3702110001-G1", 2, 5);
        count.add("GT3702110002-G1", 1, 5);
        assertThat(count.fewest()).isEqualTo(1);
        assertThat(count.gateways()).isEqualTo(2);
        assertThat(count.frames()).isEqualTo(3);
    }
}
