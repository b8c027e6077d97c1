package io.forgewatch.command.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;

class OpenedHealthTest {

    private final AtomicBoolean open = new AtomicBoolean();
    private final Hand clock = new Hand();
    private final OpenedHealth health = new OpenedHealth(open::get, clock);

    /** Goes when it is told to. */
    private static final class Hand extends Clock {

        private Instant now = Instant.parse("2026-11-29T06:00:00Z");

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }

    private Status status() {
        return Objects.requireNonNull(health.health().block()).getStatus();
    }

    @Test
    void given_a_start_when_the_door_opens_then_it_is_ready() {
        assertThat(status()).isEqualTo(Status.OUT_OF_SERVICE);
        open.set(true);
        assertThat(status()).isEqualTo(Status.UP);
    }

    @Test
    void given_a_start_while_the_log_is_away_when_a_minute_has_passed_then_it_is_ready_for_all_but_frames() {
        clock.now = clock.now.plus(OpenedHealth.LONGEST).minusMillis(1);
        assertThat(status()).isEqualTo(Status.OUT_OF_SERVICE);
        clock.now = clock.now.plus(Duration.ofMillis(1));
        assertThat(status()).isEqualTo(Status.UP);
        assertThat(Objects.requireNonNull(health.health().block()).getDetails()).containsEntry("open", false);
    }
}
