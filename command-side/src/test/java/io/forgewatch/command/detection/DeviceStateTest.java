package io.forgewatch.command.detection;

import static io.forgewatch.command.detection.Watched.T0;
import static org.assertj.core.api.Assertions.assertThat;

import io.forgewatch.command.detection.Side.Phase;
import io.forgewatch.event.telemetry.Quality;
import java.nio.ByteBuffer;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** What is stored of a device, of this version and of the first one. */
class DeviceStateTest {

    record Step(int millis, int age, double value, int quality) {}

    @Property(tries = 300)
    void givenAnyReadings_whenTheStateIsWrittenAndRead_thenItIsTheSame_butForWhatARestartForgets(
            @ForAll("steps") List<Step> steps) {
        Watched watched = Watched.of("21", "AL_CASTING", "AL_CW_P", "AL_LAUNDER_LV", "AL_LOCK");
        String[] indicators = {"AL_CW_P", "AL_LAUNDER_LV", "AL_CASTING", "AL_LOCK"};
        long t = 0;
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            t += step.millis();
            watched.arrived(t, t - step.age(), indicators[i % 4], step.value(), step.quality(), false);
        }
        LiveDevice live = watched.live();
        live.broughtBy(Watched.ENTERPRISE + "-G7");

        DeviceState read = DeviceState.read(live.written(T0 + t), live.device());

        assertThat(read.gateway()).isEqualTo(Watched.ENTERPRISE + "-G7");
        PointState[] states = read.states(live.device());
        for (int i = 0; i < states.length; i++) {
            PointState kept = live.states()[i];
            assertThat(states[i])
                    .usingRecursiveComparison()
                    .ignoringFields("from")
                    .withEqualsForType(Double::equals, Double.class)
                    .isEqualTo(kept);
            assertThat(states[i].from()).isEqualTo(Sample.NONE);
        }
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        return Combinators.combine(
                        Arbitraries.of(1, 6, 400, 1_000, 5_000, 11_000, 31_000),
                        Arbitraries.frequency(
                                Tuple.of(8, 0), Tuple.of(1, 61_000), Tuple.of(1, 301_000), Tuple.of(1, 400_000)),
                        Arbitraries.of(-100.0, -15.0, 0.0, 1.0, 3.0, 9.0, 60.0, 100.0, 125.0, 140.0, Double.NaN),
                        Arbitraries.of(0, 0, 0, 0, 8, 5, 2, 7))
                .as(Step::new)
                .list()
                .ofMaxSize(80);
    }

    @Example
    void givenAStateOfTheFirstRelease_whenItIsRead_thenWhatWasUnderWayGoesOn() {
        Watched watched = Watched.of("01", "BF_CW_P");
        byte[] stored = first(watched.live().device().layout(), (byte) 2, 2);

        PointState state = DeviceState.read(stored, watched.live().device())
                .states(watched.live().device())[0];

        assertThat(state.low().is(Phase.BROKEN)).isTrue();
        assertThat(state.low().level()).isEqualTo(Side.OUTER);
        assertThat(state.low().onset().at()).isEqualTo(T0);
        assertThat(state.last().value()).isEqualTo(0.15);
    }

    @Example
    void givenAReturnOfTheFirstRelease_whenTheTableStillHasItInBreach_thenItIsSaidAgain() {
        Watched watched = Watched.of("01", "BF_CW_P");
        watched.open(
                "BF_CW_P", io.forgewatch.event.alarm.Direction.LOW, io.forgewatch.event.alarm.Limit.LL, false, false);
        byte[] stored = first(watched.live().device().layout(), (byte) 4, 2);
        PointState state = DeviceState.read(stored, watched.live().device())
                .states(watched.live().device())[0];
        watched.live().states()[0] = state;

        watched.tick(60_000);

        assertThat(watched.told()).containsExactly("RETURN LL 1");
    }

    @Example
    void givenBytesThatAreNone_orOfOtherPoints_orCutOff_whenTheyAreRead_thenTheDeviceIsUnknown() {
        WatchedDevice device = Watched.of("01", "BF_CW_P").live().device();
        assertThat(DeviceState.read(null, device)).isEqualTo(DeviceState.NONE);
        assertThat(DeviceState.read(new byte[0], device)).isEqualTo(DeviceState.NONE);
        assertThat(DeviceState.read(new byte[] {99, 1, 2}, device)).isEqualTo(DeviceState.NONE);
        assertThat(DeviceState.read(first(17, (byte) 2, 2), device)).isEqualTo(DeviceState.NONE);
        assertThat(DeviceState.read(new byte[] {2, 0, 0, 5, 3}, device)).isEqualTo(DeviceState.NONE);
    }

    /** As the first release wrote one point with a low side. */
    private static byte[] first(int layout, byte phase, int level) {
        ByteBuffer out = ByteBuffer.allocate(200).put((byte) 1).putInt(layout).put((byte) 3);
        sample(out, T0 + 5_000, 0.15);
        out.putLong(T0 + 5_000).putLong(T0 + 5_000);
        out.putDouble(0.15).putDouble(0).put((byte) 0);
        out.put(phase).put((byte) level);
        sample(out, T0, 0.16);
        sample(out, T0 + 5_000, 0.15);
        out.putLong(T0).putLong(T0).putLong(T0 + 1_000).putInt(0);
        byte[] bytes = new byte[out.position()];
        out.rewind().get(bytes);
        return bytes;
    }

    private static void sample(ByteBuffer out, long at, double value) {
        out.putLong(at).putDouble(value).put(Quality.GOOD);
    }
}
