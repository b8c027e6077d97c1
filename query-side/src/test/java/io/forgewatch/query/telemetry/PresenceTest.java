package io.forgewatch.query.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.forgewatch.event.telemetry.Heard;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class PresenceTest {

    private static final long DAY = 86_400_000L;
    private static final long START = 1_700_000_000_000L;
    private static final long LONG_AGO = START - DAY * 30;

    @Property
    void given_a_sample_within_five_cycles_or_a_minute_then_the_point_is_live(
            @ForAll @IntRange(min = 1, max = 86_400) int cycle, @ForAll @LongRange(max = 6 * DAY) long silence) {
        long window = Math.max(5_000L * cycle, 60_000);

        Boolean live = Presence.pointLive(START, cycle, new Watch(LONG_AGO, START + silence));

        assertThat(live).isEqualTo(silence <= window);
    }

    @Property
    void given_we_started_less_than_a_window_ago_then_nobody_is_called_away(
            @ForAll @IntRange(min = 1, max = 86_400) int cycle, @ForAll @LongRange(max = DAY) long watched) {
        long window = Presence.pointWindow(cycle);

        Boolean live = Presence.pointLive(0, cycle, new Watch(START, START + watched));

        assertThat(live).isEqualTo(watched < window ? null : Boolean.FALSE);
    }

    @Property
    void given_no_live_point_for_ten_minutes_then_the_enterprise_is_offline_and_not_before(
            @ForAll @LongRange(max = DAY) long sinceLive) {
        Boolean online = Presence.enterpriseOnline(START, new Watch(LONG_AGO, START + sinceLive));

        assertThat(online).isEqualTo(sinceLive < 600_000);
    }

    @Property
    void given_a_restart_then_an_enterprise_unseen_is_unknown_for_ten_minutes(
            @ForAll @LongRange(max = DAY) long watched) {
        Boolean online = Presence.enterpriseOnline(START - DAY, new Watch(START, START + watched));

        assertThat(online).isEqualTo(watched < 600_000 ? null : Boolean.FALSE);
    }

    @Property
    void given_a_point_sampled_once_a_day_then_it_keeps_nobody_online_for_days(
            @ForAll @IntRange(min = 1, max = 86_400) int cycle) {
        assertThat(Presence.liveUntil(START, cycle) - START).isBetween(60_000L, 600_000L);
    }

    @Property
    void given_a_gateway_s_silence_then_it_is_suspect_after_90_s_and_offline_after_5_min(
            @ForAll @LongRange(max = DAY) long silence) {
        GatewayState state = Presence.gateway(START, new Watch(LONG_AGO, START + silence));

        assertThat(state)
                .isEqualTo(
                        silence < 90_000
                                ? GatewayState.ONLINE
                                : silence < 300_000 ? GatewayState.SUSPECT : GatewayState.OFFLINE);
    }

    @Test
    void given_a_gateway_last_seen_before_our_start_when_five_minutes_have_not_passed_then_it_is_unknown() {
        assertThat(Presence.gateway(START - 400_000, new Watch(START, START + 299_999)))
                .isEqualTo(GatewayState.UNKNOWN);
        assertThat(Presence.gateway(START - 400_000, new Watch(START, START + 300_000)))
                .isEqualTo(GatewayState.OFFLINE);
        assertThat(Presence.gateway(0, new Watch(START, START + 1))).isEqualTo(GatewayState.UNKNOWN);
        assertThat(Presence.gateway(START + 1_000, new Watch(START, START + 101_000)))
                .isEqualTo(GatewayState.SUSPECT);
    }

    @Property
    void given_we_hear_nothing_ourselves_then_nobody_is_called_away_however_long_it_lasts(
            @ForAll @LongRange(min = Heard.PAUSE_MILLIS + 1, max = 30 * DAY) long standstill,
            @ForAll @LongRange(max = DAY) long silentBefore) {
        Watch watch = Watch.of(new Heard(START, LONG_AGO), START + standstill);

        assertThat(Presence.pointLive(START - silentBefore, 5, watch)).isNotEqualTo(false);
        assertThat(Presence.enterpriseOnline(START - silentBefore, watch)).isNotEqualTo(false);
        assertThat(Presence.gateway(START - silentBefore, watch)).isIn(GatewayState.ONLINE, GatewayState.UNKNOWN);
    }

    @Property
    void given_the_newest_that_we_heard_is_of_a_moment_ago_then_silence_is_counted_up_to_it(
            @ForAll @LongRange(max = Heard.PAUSE_MILLIS) long since) {
        assertThat(Watch.of(new Heard(START, LONG_AGO), START + since)).isEqualTo(new Watch(LONG_AGO, START));
    }
}
