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

    private static StandstillException behind() {
        return StandstillException.behind(SHORTEST, 3, 4);
    }

    @Test
    void given_one_who_got_no_further_when_he_rests_again_and_again_then_longer_each_time_and_not_without_bound() {
        for (int factor : new int[] {1, 2, 4, 8, 8, 8}) {
            rest.begins(0, behind());
            assertThat(rest.lasts(seconds(6 * factor) - 1)).isTrue();
            assertThat(rest.lasts(seconds(10 * factor))).isFalse();
        }
    }

    @Test
    void given_somebody_who_got_further_when_one_rests_then_as_short_as_the_first_time() {
        rest.begins(0, behind());
        rest.begins(0, behind());
        rest.isOver();

        rest.begins(0, behind());

        assertThat(rest.lasts(seconds(10))).isFalse();
    }

    @Test
    void given_a_broker_that_does_not_answer_when_it_does_again_then_nobody_has_to_rest() {
        rest.begins(0, StandstillException.away(SHORTEST));

        assertThat(rest.lasts(0)).isFalse();
    }
}
