package io.forgewatch.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TroubleLogTest {

    private final AtomicLong clock = new AtomicLong(-5);
    private final TroubleLog log = new TroubleLog(clock::get);

    @Test
    void given_a_kind_that_comes_again_and_again_when_told_then_once_a_period_with_how_often_it_came() {
        assertThat(log.told("unavailable")).isEqualTo(1);
        for (int n = 0; n < 500; n++) {
            assertThat(log.told("unavailable")).isNull();
        }

        clock.addAndGet(Duration.ofMinutes(1).toNanos());

        assertThat(log.told("unavailable")).isEqualTo(501);
        assertThat(log.told("unavailable")).isNull();
        clock.addAndGet(Duration.ofMinutes(1).toNanos());
        assertThat(log.told("unavailable")).isEqualTo(2);
    }

    @Test
    void given_another_kind_when_told_then_it_is_not_hidden_by_the_first() {
        log.told("unavailable");

        assertThat(log.told("view-building")).isEqualTo(1);
    }

    @Test
    void given_ever_new_kinds_when_told_then_those_beyond_a_number_are_told_as_one() {
        int told = 0;
        for (int n = 0; n < 10_000; n++) {
            told += log.told("kind " + n) == null ? 0 : 1;
        }

        assertThat(told).isBetween(256, 300);
    }
}
