package io.forgewatch.query.projection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

class HeadwayTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final AtomicLong nanos = new AtomicLong(7);
    private final Headway headway = new Headway(nanos::get);

    private void passes(int seconds) {
        nanos.addAndGet(Duration.ofSeconds(seconds).toNanos());
    }

    @Test
    void given_a_long_rebuild_when_each_batch_comes_in_time_then_headway_is_never_missing() {
        for (int batch = 1; batch <= 100; batch++) {
            passes(9);
            assertThat(headway.isMissingFor(PATIENCE)).isFalse();
            headway.took(batch);
        }
        passes(10);

        assertThat(headway.isMissingFor(PATIENCE)).isTrue();
        assertThat(headway.reached()).isEqualTo(100);
    }

    @Test
    void given_a_batch_that_takes_for_ever_when_time_passes_then_headway_is_not_missing_before_it_ends() {
        Disposable work = headway.during(Mono.never()).subscribe();
        passes(600);
        assertThat(headway.isSilentFor(PATIENCE)).isFalse();
        assertThat(headway.isMissingFor(PATIENCE)).isFalse();

        work.dispose();
        assertThat(headway.isMissingFor(PATIENCE)).isTrue();
    }

    @Test
    void given_a_batch_that_begins_before_the_work_ahead_of_it_has_ended_when_that_ends_then_it_is_busy_still() {
        Disposable ahead = headway.during(Mono.never()).subscribe();
        Disposable batch = headway.during(Mono.never()).subscribe();
        ahead.dispose();
        passes(600);
        assertThat(headway.isSilentFor(PATIENCE)).isFalse();

        batch.dispose();
        assertThat(headway.isSilentFor(PATIENCE)).isTrue();
    }

    @Test
    void given_who_is_at_the_end_when_more_comes_that_he_does_not_get_then_headway_is_missing_from_then_on() {
        passes(600);
        headway.isAtEnd();
        passes(9);
        assertThat(headway.isMissingFor(PATIENCE)).isFalse();
        assertThat(headway.isSilentFor(PATIENCE)).isTrue();

        passes(1);
        assertThat(headway.isMissingFor(PATIENCE)).isTrue();
    }

    @Test
    void given_work_that_failed_when_nothing_comes_then_it_is_work_that_fails_until_a_batch_is_done() {
        assertThat(headway.isFailing()).isFalse();
        headway.during(Mono.error(new IllegalStateException("the store")))
                .onErrorComplete()
                .block();
        passes(10);
        assertThat(headway.isFailing()).isTrue();
        assertThat(headway.isMissingFor(PATIENCE)).isTrue();

        headway.during(Mono.empty()).block();
        assertThat(headway.isFailing())
                .as("it read where it is, and nothing more")
                .isTrue();
        headway.took(1);
        assertThat(headway.isFailing()).isFalse();
    }
}
