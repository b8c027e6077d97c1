package io.forgewatch.query.projection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RestTest {

    private static final Duration SHORTEST = Duration.ofSeconds(8);

    private final Rest rest = new Rest(Generation.first(new ViewName("counts", 1)), SHORTEST);

    private static long seconds(long seconds) {
        return Duration.ofSeconds(seconds).toNanos();
    }

    private static StandstillException silent() {
        return StandstillException.silent(SHORTEST, 3, 4);
    }

    private static StandstillException failing() {
        return StandstillException.failing(SHORTEST, 3, 4);
    }

    @Test
    void given_one_to_whom_nothing_came_when_a_trial_brings_something_then_the_rest_is_over_at_once_and_else_never() {
        rest.begins(0, silent());
        assertThat(rest.isUnproven()).isTrue();
        assertThat(rest.lasts(seconds(1_000))).isTrue();

        rest.isProven();

        assertThat(rest.isUnproven()).isFalse();
        assertThat(rest.lasts(1)).isFalse();
    }

    @Test
    void given_trials_that_were_good_when_nothing_comes_all_the_same_then_they_are_believed_the_later_each_time() {
        rest.begins(0, silent());
        rest.isProven();
        for (int factor : new int[] {1, 2, 4, 8, 8, 8}) {
            rest.begins(0, silent());
            rest.isProven();
            assertThat(rest.lasts(seconds(6 * factor) - 1)).isTrue();
            assertThat(rest.lasts(seconds(10 * factor))).isFalse();
        }
    }

    @Test
    void given_one_whose_work_fails_when_he_rests_again_and_again_then_as_short_each_time_and_he_keeps_it_longer() {
        for (int factor : new int[] {1, 2, 4, 8, 8, 8}) {
            assertThat(rest.patience()).isEqualTo(SHORTEST.multipliedBy(factor));
            rest.begins(0, failing());
            assertThat(rest.isUnproven()).isFalse();
            assertThat(rest.lasts(seconds(6) - 1)).isTrue();
            assertThat(rest.lasts(seconds(10))).isFalse();
        }
    }

    @Test
    void given_somebody_who_got_further_when_one_stops_again_then_it_is_like_the_first_time() {
        rest.begins(0, failing());
        rest.begins(0, failing());
        rest.isOver();
        assertThat(rest.patience()).isEqualTo(SHORTEST);

        rest.begins(0, silent());
        rest.isProven();

        assertThat(rest.lasts(1)).isFalse();
    }

    @Test
    void given_a_broker_that_does_not_answer_when_it_does_again_then_nobody_has_to_rest() {
        rest.begins(0, StandstillException.away(SHORTEST));

        assertThat(rest.isUnproven()).isFalse();
        assertThat(rest.lasts(0)).isFalse();
    }
}
