package io.forgewatch.command.detection;

import static io.forgewatch.command.detection.Watched.T0;
import static org.assertj.core.api.Assertions.assertThat;

import io.forgewatch.command.detection.Side.Phase;
import java.util.List;
import org.junit.jupiter.api.Test;

/** BF_CW_P: L 0.30 MPa, delay-on 1 s, delay-off 10 s. */
class LiveDeviceTest {

    private static final String P = "BF_CW_P";

    private final Watched watched = Watched.of("01", P, "BF_CW_F");

    @Test
    void
            givenADeviceAtRest_whenItIsReadAgainAndAgain_thenItIsWrittenNowAndThenOnly_andNotWithAllOthersThatCameAliveWithIt() {
        watched.read(0, P, 0.42);
        LiveDevice device = watched.live();
        assertThat(device.mustBeWritten(T0)).isFalse();
        assertThat(device.mustBeWritten(T0 + LiveDevice.REST_MILLIS)).isTrue();
        device.written(T0 + LiveDevice.REST_MILLIS);
        watched.read(20_000, P, 0.43);

        assertThat(device.mustBeWritten(T0 + 20_000)).isFalse();
        assertThat(device.mustBeWritten(T0 + 2 * LiveDevice.REST_MILLIS)).isTrue();
    }

    @Test
    void givenABreachUnderWay_whenItBeginsGoesOnAndEnds_thenEachIsWrittenAtOnce() {
        watched.read(0, P, 0.42);
        LiveDevice device = watched.live();
        device.written(T0);

        watched.read(100, P, 0.25);
        assertThat(device.mustBeWritten(T0 + 100)).isTrue();
        device.written(T0 + 100);
        watched.read(300, P, 0.42);
        assertThat(watched.state(P).low().is(Phase.NORMAL)).isTrue();
        assertThat(device.mustBeWritten(T0 + 300)).isTrue();
    }

    @Test
    void givenADelayUnderWay_whenWrittenAndReadBack_thenItGoesOn() {
        watched.read(0, P, 0.25).restarted(watched.live().device().device()).tick(1_000);

        assertThat(watched.told()).containsExactly("BREACH L 0");
    }

    @Test
    void givenAPointAdded_whenABreachIsUnderWay_thenItGoesOn_alsoAfterARestart() {
        watched.read(0, P, 0.25).tick(1_000);
        var more = Watched.device(
                "01", List.of(Watched.point("01", "BF_TOP_T"), Watched.point("01", "BF_CW_F"), Watched.point("01", P)));

        watched.changed(more);
        assertThat(watched.state(P).low().is(Phase.BROKEN)).isTrue();
        assertThat(watched.state("BF_TOP_T")).isEqualTo(PointState.UNKNOWN);

        watched.restarted(more).hold(5_000, 35_000, 5_000, P, 0.5);
        assertThat(watched.news()).containsExactly("BREACH L 0", "RETURN L 0");
    }
}
