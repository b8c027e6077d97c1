package io.forgewatch.command.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.forgewatch.command.eventstore.StoreClock;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

class ClockHealthTest {

    private static final Instant NOW = Instant.parse("2026-11-29T08:00:00Z");

    private final StoreClock clock = new StoreClock(Clock.fixed(NOW, ZoneOffset.UTC), () -> 0);

    private Health health() {
        return new ClockHealth(clock).health().blockOptional().orElseThrow();
    }

    private void looks(int times, long secondsAhead) {
        for (int look = 0; look < times; look++) {
            clock.told(NOW.toEpochMilli(), NOW.minusSeconds(secondsAhead), NOW.toEpochMilli());
        }
    }

    @Test
    void given_a_clock_three_looks_long_off_then_it_is_down_with_the_seconds_in_both_languages_until_it_is_right() {
        looks(2, 90);
        assertThat(health().getStatus()).isEqualTo(Status.UP);
        looks(1, 90);
        assertThat(health().getStatus()).isEqualTo(Status.DOWN);
        assertThat(health().getDetails())
                .isEqualTo(Map.of("secondsAhead", 90L, "en", "This machine's clock is 90 s fast", "zh", "本机时钟快 90 秒"));
        looks(1, 0);
        assertThat(health().getStatus()).isEqualTo(Status.UP);
        looks(3, -5);
        assertThat(health().getDetails())
                .containsEntry("en", "This machine's clock is 5 s slow")
                .containsEntry("zh", "本机时钟慢 5 秒");
    }
}
