package io.forgewatch.command.automation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StandstillTest {

    private static final RuntimeException FAILURE = new IllegalStateException("no");

    @Test
    void given_failures_in_one_place_when_they_go_on_then_they_are_counted_until_it_got_further() {
        Standstill fourth = after(4);
        Standstill fifth = fourth.next(7, FAILURE);

        assertThat(fourth.isLasting()).isFalse();
        assertThat(fifth.attempts()).isEqualTo(5);
        assertThat(fifth.isLasting()).isTrue();
        assertThat(fifth.next(8, FAILURE)).isEqualTo(Standstill.first(8, FAILURE));
    }

    @Test
    void given_ever_more_attempts_when_pausing_then_pauses_grow_to_a_limit_and_are_scattered_below_it() {
        assertThat(IntStream.of(1, 2, 3, 7, 100)
                        .mapToObj(attempts -> after(attempts).pause(1)))
                .containsExactly(
                        Duration.ofMillis(200),
                        Duration.ofMillis(400),
                        Duration.ofMillis(800),
                        Duration.ofMillis(12_800),
                        Duration.ofSeconds(15));
        assertThat(after(100).pause(0)).isEqualTo(Duration.ofMillis(7_500));
    }

    private static Standstill after(int attempts) {
        Standstill standstill = Standstill.first(7, FAILURE);
        for (int attempt = 1; attempt < attempts; attempt++) {
            standstill = standstill.next(7, FAILURE);
        }
        return standstill;
    }
}
