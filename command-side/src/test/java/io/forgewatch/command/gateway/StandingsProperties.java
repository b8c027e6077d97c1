package io.forgewatch.command.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** What frames show of a gateway's clock and lag, as pure steps. */
class StandingsProperties {

    private static final long T = 1_764_000_000_000L;
    private static final ClockOffset SLOW = new ClockOffset(-310_000);

    @Example
    void given_a_wrong_clock_when_nothing_right_comes_for_ten_seconds_then_it_is_amiss_until_a_minute_was_good() {
        ClockStanding standing = ClockStanding.UNKNOWN.wrong(T, SLOW);

        assertThat(standing.finding(T + 9_999, 0)).isEqualTo(Finding.OPEN);
        assertThat(standing.finding(T + 10_000, 0)).isEqualTo(Finding.AMISS);
        assertThat(standing.offsetSeconds()).isEqualTo(-310);
        standing = standing.good(T + 20_000);
        assertThat(standing.finding(T + 20_000, 0)).isEqualTo(Finding.OPEN);
        standing = standing.good(T + 79_999);
        assertThat(standing.finding(T + 90_000, 0)).isEqualTo(Finding.OPEN);
        standing = standing.good(T + 80_000);
        assertThat(standing.finding(T + 80_000, 0)).isEqualTo(Finding.WELL);
    }

    @Example
    void given_a_statement_of_another_door_then_only_what_came_after_it_is_held_against_it() {
        ClockStanding wrong = ClockStanding.UNKNOWN.wrong(T, SLOW);
        ClockStanding good = ClockStanding.UNKNOWN.good(T).good(T + 90_000);

        assertThat(wrong.finding(T + 20_000, T - 1)).isEqualTo(Finding.AMISS);
        assertThat(wrong.finding(T + 20_000, T)).isEqualTo(Finding.OPEN);
        assertThat(wrong.finding(T + 300_001, 0)).as("it fell silent").isEqualTo(Finding.OPEN);
        assertThat(good.finding(T + 90_000, T + 30_000)).isEqualTo(Finding.WELL);
        assertThat(good.finding(T + 90_000, T + 30_001)).isEqualTo(Finding.OPEN);
        LagStanding stale = LagStanding.UNKNOWN.saw(T, 40_000).saw(T + 90_000, 40_000);
        assertThat(stale.finding(T + 90_000, T + 30_000)).isEqualTo(Finding.AMISS);
        assertThat(stale.finding(T + 90_000, T + 30_001)).isEqualTo(Finding.OPEN);
        LagStanding fresh = LagStanding.UNKNOWN.saw(T, 0).saw(T + 90_000, 0);
        assertThat(fresh.finding(T + 90_000, T + 30_000)).isEqualTo(Finding.WELL);
        assertThat(fresh.finding(T + 90_000, T + 30_001)).isEqualTo(Finding.OPEN);
    }

    @Example
    void given_a_frame_that_was_sent_again_as_it_was_when_live_ones_are_right_then_nothing_is_amiss() {
        ClockStanding standing = ClockStanding.UNKNOWN.wrong(T, SLOW).good(T + 1_000);

        assertThat(standing.finding(T + 60_000, 0)).isEqualTo(Finding.OPEN);
    }

    @Example
    void given_a_reading_of_the_future_then_it_is_amiss_at_once_whatever_the_signature_says() {
        ClockStanding standing = ClockStanding.UNKNOWN.ahead(T, 400_000);

        assertThat(standing.finding(T, 0)).isEqualTo(Finding.AMISS);
        assertThat(standing.good(T + 1_000).finding(T + 1_000, 0)).isEqualTo(Finding.AMISS);
        assertThat(standing.good(T + 1_000).good(T + 61_000).finding(T + 61_000, 0))
                .isEqualTo(Finding.WELL);
        assertThat(standing.offsetSeconds()).isEqualTo(400);
        assertThat(ClockStanding.UNKNOWN.ahead(T, Long.MAX_VALUE - T).offsetSeconds())
                .isEqualTo(999_999_999);
    }

    @Property
    void given_any_frames_when_one_within_a_minute_was_wrong_then_the_clock_is_never_found_well(
            @ForAll @Size(min = 1, max = 60) List<@IntRange(min = 0, max = 30_000) Integer> gaps,
            @ForAll @IntRange(max = 59) int place) {
        ClockStanding standing = ClockStanding.UNKNOWN;
        long at = T;
        long lastWrong = 0;
        for (int i = 0; i < gaps.size(); i++) {
            at += gaps.get(i);
            boolean wrong = i == place % gaps.size();
            standing = wrong ? standing.wrong(at, SLOW) : standing.good(at);
            lastWrong = wrong ? at : lastWrong;
        }
        if (lastWrong != 0 && at - lastWrong < 60_000) {
            assertThat(standing.finding(at, 0)).isNotEqualTo(Finding.WELL);
        }
    }

    @Example
    void given_only_old_readings_for_a_minute_then_it_is_behind_until_a_minute_was_fresh() {
        LagStanding standing = LagStanding.UNKNOWN;
        for (int second = 0; second < 60; second++) {
            standing = standing.saw(T + second * 1_000L, 35_000);
            assertThat(standing.finding(T, 0)).isEqualTo(Finding.OPEN);
        }
        standing = standing.saw(T + 60_000, 35_900);
        assertThat(standing.finding(T, 0)).isEqualTo(Finding.AMISS);
        assertThat(standing.seconds()).isEqualTo(35);
        standing = standing.saw(T + 61_000, 30_000);
        assertThat(standing.finding(T, 0)).isEqualTo(Finding.OPEN);
        assertThat(standing.saw(T + 121_000, 100).finding(T, 0)).isEqualTo(Finding.WELL);
    }

    @Property
    void given_fresh_readings_among_what_was_kept_then_it_is_never_behind(
            @ForAll @Size(max = 100) List<@IntRange(min = 1, max = 5_000) Integer> gaps) {
        LagStanding standing = LagStanding.UNKNOWN;
        long at = T;
        for (int i = 0; i < gaps.size(); i++) {
            at += gaps.get(i);
            standing = standing.saw(at, i % 10 == 0 ? 500 : 3_600_000);
            assertThat(standing.finding(T, 0)).isNotEqualTo(Finding.AMISS);
        }
    }

    @Example
    void given_frames_that_we_could_not_take_then_the_minute_begins_anew() {
        LagStanding standing = LagStanding.UNKNOWN.saw(T, 40_000).interrupted().saw(T + 60_000, 100_000);

        assertThat(standing.finding(T, 0)).isEqualTo(Finding.OPEN);
        assertThat(standing.saw(T + 120_000, 100_000).finding(T, 0)).isEqualTo(Finding.AMISS);
    }

    @Example
    void given_a_slow_clock_then_fresh_readings_by_it_are_not_behind() {
        ReadingTimes times = new ReadingTimes(T - 100_000, 0);
        GatewayStanding standing = GatewayStanding.UNKNOWN;
        for (int second = 0; second <= 60; second += 20) {
            long at = T + second * 1_000L;
            standing = standing.accepted(
                    at, new ClockOffset(-100_000), new ReadingTimes(times.newestAt() + second * 1_000L, 0));
        }

        assertThat(standing.lag().finding(T, 0)).isNotEqualTo(Finding.AMISS);
        assertThat(standing.clock().finding(T + 60_000, 0)).isEqualTo(Finding.AMISS);
    }

    @Example
    void given_frames_without_readings_then_they_say_nothing_of_the_lag() {
        GatewayStanding standing = GatewayStanding.UNKNOWN
                .accepted(T, new ClockOffset(0), new ReadingTimes(T - 40_000, 0))
                .accepted(T + 60_000, new ClockOffset(0), new ReadingTimes(ReadingTimes.NONE, 0));

        assertThat(standing.lag().finding(T, 0)).isEqualTo(Finding.OPEN);
        assertThat(standing.clock().finding(T + 60_000, 0)).isEqualTo(Finding.WELL);
    }
}
