package io.forgewatch.command.detection;

import static org.assertj.core.api.Assertions.assertThat;

import io.forgewatch.command.telemetry.Device;
import io.forgewatch.event.equipment.Gate;
import io.forgewatch.event.equipment.Limits;
import io.forgewatch.event.equipment.MonitoringPoint;
import io.forgewatch.event.equipment.PointKind;
import io.forgewatch.event.equipment.Range;
import io.forgewatch.event.equipment.Severity;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A device with one pressure, L 0.30 MPa, delay-on 1 s, delay-off 10 s. */
class LiveDeviceTest {

    private static final long T0 = 1_732_440_000_000L;

    private final WatchedDevice watched = watched("BF_CW_P");
    private LiveDevice device = LiveDevice.unknown(watched);

    @Test
    void given_a_device_at_rest_when_it_is_read_again_and_again_then_it_is_written_now_and_then_only() {
        read(0, 0.42);
        assertThat(device.mustBeWritten(T0)).isTrue();
        device = restored(T0);

        read(5_000, 0.43);

        assertThat(device.mustBeWritten(T0 + 5_000)).isFalse();
        assertThat(device.mustBeWritten(T0 + LiveDevice.REST_MILLIS)).isTrue();
    }

    @Test
    void given_a_breach_under_way_when_it_begins_goes_on_and_ends_then_each_is_written_at_once() {
        read(0, 0.42);
        device.written(T0);

        read(100, 0.25);
        assertThat(device.mustBeWritten(T0 + 100)).isTrue();
        device.written(T0 + 100);
        read(200, 0.25);
        assertThat(device.mustBeWritten(T0 + 200)).isTrue();
        device.written(T0 + 200);
        read(300, 0.42);
        assertThat(device.states()[0].low().phase()).isEqualTo(Side.Phase.NORMAL);
        assertThat(device.mustBeWritten(T0 + 300)).isTrue();
    }

    @Test
    void given_a_delay_under_way_when_written_and_read_back_then_it_goes_on() {
        read(0, 0.25);

        device = restored(T0);

        assertThat(watched.due(device.states())).isEqualTo(T0 + 1_000);
    }

    @Test
    void given_new_information_about_a_device_when_the_points_are_the_same_then_their_states_stay() {
        read(0, 0.25);

        assertThat(device.under(watched("BF_CW_P")).states()[0].low().phase()).isEqualTo(Side.Phase.PENDING);
        assertThat(device.under(watched("BF_CW_P", "BF_CW_F")).states()).containsOnly(PointState.UNKNOWN);
    }

    private LiveDevice restored(long now) {
        byte[] stored = device.written(now);
        LiveDevice restored = LiveDevice.of(watched, stored);
        restored.written(now);
        return restored;
    }

    private void read(long after, double value) {
        watched.read(device.states(), 0, new Sample(T0 + after, value, 0), T0 + after, (rule, verdict) -> {});
    }

    private static WatchedDevice watched(String... indicators) {
        return new WatchedDevice(new Device(
                "GT3702110001010001",
                "GT3702110001",
                "01",
                "炼铁",
                Stream.of(indicators).map(LiveDeviceTest::point).toList()));
    }

    private static MonitoringPoint point(String indicator) {
        Limits limits = new Limits(0.20, 0.30, null, null, List.of(), false, 1);
        return new MonitoringPoint(
                indicator,
                PointKind.AI,
                "MPa",
                Severity.A,
                limits,
                Gate.IN_SERVICE,
                new Range(0, 0.6),
                null,
                false,
                5,
                2,
                1_000,
                10_000,
                "P");
    }
}
