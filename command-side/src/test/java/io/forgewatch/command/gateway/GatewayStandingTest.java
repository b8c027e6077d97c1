package io.forgewatch.command.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** How old a gateway's readings are goes by the clock that stamped them, or by ours where they are younger by that. */
class GatewayStandingTest {

    private static final long T0 = 1_732_440_000_000L;

    private static GatewayStanding after(long clockAhead, long readingsAhead) {
        GatewayStanding standing = GatewayStanding.UNKNOWN;
        for (long at = T0; at <= T0 + 120_000; at += 1_000) {
            standing = standing.accepted(
                    at, new ClockOffset(clockAhead), new ReadingTimes(at + readingsAhead, Math.max(0, readingsAhead)));
        }
        return standing;
    }

    @Test
    void givenAGatewayWhoseClockIsAhead_whenItsReadingsAreOfNow_thenItIsNotBehind() {
        assertThat(after(60_000, 0).lag().finding(T0 + 120_000, 0)).isEqualTo(Finding.WELL);
        assertThat(after(200_000, 0).lag().finding(T0 + 120_000, 0)).isEqualTo(Finding.WELL);
    }

    @Test
    void givenAGatewayWhoseReadingsAreOld_whenItsClockIsRight_thenItIsBehind() {
        assertThat(after(0, -40_000).lag().finding(T0 + 120_000, 0)).isEqualTo(Finding.AMISS);
    }
}
