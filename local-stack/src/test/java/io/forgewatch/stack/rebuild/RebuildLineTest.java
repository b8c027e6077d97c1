package io.forgewatch.stack.rebuild;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RebuildLineTest {

    private static final long SECOND = 1_000_000_000L;

    private final RebuildLine line = new RebuildLine("warnings");

    @Test
    void given_the_first_look_when_shown_then_there_is_a_bar_and_no_guess() {
        assertThat(line.at(500, 0.5, 3 * SECOND)).isEqualTo("warnings     [============            ]  50 %");
    }

    @Test
    void given_some_time_when_shown_then_it_says_how_fast_it_is_and_what_is_left() {
        line.at(0, 0, SECOND);

        assertThat(line.at(250_000, 0.25, 11 * SECOND))
                .isEqualTo("warnings     [======                  ]  25 %  25,000 events/s  30 s left");
        assertThat(line.at(300_000, 0.01, 11 * SECOND)).endsWith("16 min 30 s left");
    }

    @Test
    void given_a_rebuild_that_went_on_before_when_shown_then_only_what_was_seen_counts_for_its_speed() {
        line.at(900_000, 0.9, 0);

        assertThat(line.at(910_000, 0.91, SECOND)).endsWith("10,000 events/s  9 s left");
    }

    @Test
    void given_its_end_when_shown_then_the_bar_is_full() {
        assertThat(line.at(10, 1, 0)).contains("[========================] 100 %");
    }
}
