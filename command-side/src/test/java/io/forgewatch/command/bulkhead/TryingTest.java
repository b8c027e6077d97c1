package io.forgewatch.command.bulkhead;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

class TryingTest {

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final AtomicInteger tries = new AtomicInteger();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final Trying trying = new Trying(Patience.USUAL, failed -> Mono.just(failed instanceof IOException), time);

    @AfterEach
    void end() {
        time.dispose();
    }

    private void run(Mono<String> work) {
        work.subscribe(done -> {}, failure::set);
    }

    private <T> Mono<T> patiently(Mono<T> work) {
        return trying.outlasting(trying.of(work));
    }

    private <T> Mono<T> failing(Throwable with) {
        return Mono.error(() -> {
            tries.incrementAndGet();
            return with;
        });
    }

    @Test
    void given_work_that_fails_by_its_own_fault_when_tried_often_enough_then_it_is_poison() {
        run(patiently(failing(new IllegalStateException("spilt coffee"))));
        time.advanceTimeBy(Duration.ofMinutes(1));

        assertThat(tries).hasValue(5);
        assertThat(failure.get()).isInstanceOf(PoisonException.class).cause().isInstanceOf(IllegalStateException.class);
    }

    @Test
    void given_work_that_hangs_when_it_hangs_once_more_then_it_is_poison_and_not_tried_again_and_again() {
        run(patiently(Mono.<String>never().doOnSubscribe(begun -> tries.incrementAndGet())));
        time.advanceTimeBy(Duration.ofMinutes(1));

        assertThat(tries).hasValue(2);
        assertThat(failure.get()).isInstanceOf(PoisonException.class).cause().isInstanceOf(TimeoutException.class);
    }

    @Test
    void given_work_that_hangs_when_it_is_tried_once_more_then_its_works_is_held_up_for_three_seconds_longer() {
        run(patiently(Mono.<String>never().doOnSubscribe(begun -> tries.incrementAndGet())));
        time.advanceTimeBy(Duration.ofMillis(14_900));
        assertThat(failure.get()).isNull();
        time.advanceTimeBy(Duration.ofMillis(200));
        assertThat(failure.get()).isInstanceOf(PoisonException.class);
    }

    @Test
    void given_a_store_that_came_back_just_before_it_was_asked_for_when_work_hung_in_it_then_nothing_is_parked() {
        AtomicReference<String> done = new AtomicReference<>();
        patiently(Mono.defer(() -> tries.incrementAndGet() == 1 ? Mono.<String>never() : Mono.just("done")))
                .subscribe(done::set, failure::set);
        time.advanceTimeBy(Duration.ofMillis(12_100));

        assertThat(failure.get()).isNull();
        assertThat(done).hasValue("done");
    }

    @Test
    void given_the_store_is_away_when_tried_for_an_hour_then_nobody_is_to_blame_and_it_is_done_once_it_is_back() {
        AtomicReference<String> done = new AtomicReference<>();
        AtomicReference<Mono<String>> work = new AtomicReference<>(failing(new IOException("connection refused")));
        patiently(Mono.defer(work::get)).subscribe(done::set, failure::set);
        time.advanceTimeBy(Duration.ofHours(1));
        assertThat(failure.get()).isNull();
        assertThat(tries.get()).isBetween(400, 2_000);

        work.set(Mono.just("done"));
        time.advanceTimeBy(Duration.ofSeconds(10));
        assertThat(done).hasValue("done");
    }

    @Test
    void given_the_store_is_away_when_that_is_not_waited_for_then_it_is_told_at_once() {
        run(trying.of(failing(new IOException("connection refused"))));

        assertThat(tries).hasValue(1);
        assertThat(failure.get()).isInstanceOf(StoreTroubleException.class);
    }

    @Test
    void given_the_store_goes_away_between_two_tries_when_it_is_back_then_the_tries_before_count_for_nothing() {
        AtomicReference<Mono<String>> work = new AtomicReference<>();
        work.set(Mono.error(() -> tries.incrementAndGet() % 5 == 0
                ? new IOException("connection refused")
                : new IllegalStateException("spilt coffee")));
        run(patiently(Mono.defer(work::get)));
        time.advanceTimeBy(Duration.ofSeconds(60));
        assertThat(failure.get()).isNull();
        work.set(Mono.just("done"));
        time.advanceTimeBy(Duration.ofSeconds(60));
        assertThat(failure.get()).isNull();
    }
}
