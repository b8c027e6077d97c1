package io.forgewatch.query.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.forgewatch.query.projection.Progress;
import io.forgewatch.query.projection.ReadAfter;
import io.forgewatch.query.projection.ServingView;
import io.forgewatch.query.projection.ViewName;
import io.forgewatch.web.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** How long a request waits, and for what, by a clock that the test turns; that it is released in time is shown by the whole side. */
class PositionFilterTest {

    private static final Duration PROMISED = Duration.ofSeconds(2);
    private static final ViewName READ = new ViewName("warnings", 1);
    private static final ViewName OTHER = new ViewName("alarms", 1);

    private final ServingView views = new ServingView(READ);
    private final Progress progress = views.progress();
    private final PositionWaits waits = new PositionWaits(progress);
    private final PositionFilter filter = new PositionFilter(progress, waits);
    private final AtomicInteger answered = new AtomicInteger();

    @BeforeEach
    void one_view_is_behind() {
        views.reached(16);
        views.and(OTHER, 3);
    }

    @Test
    void given_a_view_that_does_not_move_when_a_request_waits_then_it_gives_up_after_2_s_and_says_how_far_it_is() {
        assertThat(PositionWaits.PATIENCE).isEqualTo(PROMISED);

        StepVerifier.withVirtualTime(() -> read("17"))
                .expectSubscription()
                .expectNoEvent(PROMISED.minusMillis(1))
                .then(() -> assertThat(waits.waiting()).isEqualTo(1))
                .thenAwait(Duration.ofMillis(1))
                .expectErrorSatisfies(failure -> assertThat(failure).isInstanceOfSatisfying(Problem.class, problem -> {
                    assertThat(problem.status()).isEqualTo(504);
                    assertThat(problem.code()).isEqualTo("position-not-reached");
                    assertThat(problem.getMessage()).contains("warnings is at position 16", "at 17");
                }))
                .verify(PROMISED.multipliedBy(10));

        assertThat(answered).hasValue(0);
        assertThat(waits.waiting()).isZero();
    }

    @Test
    void given_a_position_that_is_reached_or_none_when_read_then_it_is_answered_at_once() {
        StepVerifier.create(read("0")).verifyComplete();
        StepVerifier.create(read("16")).verifyComplete();
        StepVerifier.create(read()).verifyComplete();

        assertThat(answered).hasValue(3);
    }

    @Test
    void given_a_view_of_a_history_that_may_be_lost_when_read_then_no_position_of_it_counts_and_that_is_told() {
        views.lost(16);

        StepVerifier.withVirtualTime(() -> read("3"))
                .expectSubscription()
                .thenAwait(PROMISED)
                .expectErrorSatisfies(failure -> assertThat(failure).isInstanceOfSatisfying(Problem.class, problem -> {
                    assertThat(problem.status()).isEqualTo(504);
                    assertThat(problem.getMessage()).contains("may show events that were lost");
                }))
                .verify(PROMISED.multipliedBy(10));
        StepVerifier.create(read()).verifyComplete();

        assertThat(answered).hasValue(1);
    }

    @Test
    void given_a_view_that_moves_when_a_request_waits_for_it_then_it_is_answered_whatever_the_others_are() {
        StepVerifier.create(read("17"))
                .then(() -> assertThat(waits.waiting()).isEqualTo(1))
                .then(() -> views.reached(17))
                .verifyComplete();

        assertThat(answered).hasValue(1);
        assertThat(waits.waiting()).isZero();
    }

    @Test
    void given_a_caller_who_hangs_up_when_he_waited_then_he_no_longer_takes_a_place() {
        StepVerifier.create(read("17"))
                .then(() -> assertThat(waits.waiting()).isEqualTo(1))
                .thenCancel()
                .verify(PROMISED.multipliedBy(10));

        assertThat(waits.waiting()).isZero();
        assertThat(answered).hasValue(0);
    }

    @Test
    void given_an_account_that_waits_20_times_when_it_comes_again_then_it_is_429_and_others_still_wait() {
        List<Disposable> waiting = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            waiting.add(waits.until(17, "one").reached(READ).subscribe());
        }

        StepVerifier.create(waits.until(17, "one").reached(READ))
                .expectErrorSatisfies(failure -> assertThat(failure).isInstanceOfSatisfying(Problem.class, problem -> {
                    assertThat(problem.status()).isEqualTo(429);
                    assertThat(problem.code()).isEqualTo("too-many-requests");
                    assertThat(problem.headers()).containsKey("Retry-After");
                }))
                .verify(PROMISED);
        waiting.add(waits.until(17, "other").reached(READ).subscribe());
        assertThat(waits.waiting()).isEqualTo(21);

        waiting.forEach(Disposable::dispose);
        assertThat(waits.waiting()).isZero();
        StepVerifier.create(waits.until(17, "one").reached(READ))
                .then(() -> views.reached(17))
                .verifyComplete();
    }

    @Test
    void given_a_position_far_beyond_the_last_known_when_named_then_it_is_400_and_nobody_waits() {
        StepVerifier.create(read(Long.toString(16 + 1_000_001)))
                .expectErrorSatisfies(failure -> assertThat(failure)
                        .isInstanceOfSatisfying(
                                Problem.class,
                                problem -> assertThat(problem.status()).isEqualTo(400)))
                .verify(PROMISED);
        StepVerifier.create(read(Long.toString(16 + 1_000_000)))
                .then(() -> assertThat(waits.waiting()).isEqualTo(1))
                .thenCancel()
                .verify(PROMISED);
    }

    @Test
    void given_a_side_that_does_not_know_yet_how_far_its_views_are_when_any_position_is_named_then_it_is_not_refused() {
        PositionFilter starting = new PositionFilter(new Progress(), waits);

        StepVerifier.create(starting.filter(
                        MockServerWebExchange.from(
                                MockServerHttpRequest.get("/x").header(PositionFilter.HEADER, "3000000")),
                        passed -> Mono.fromRunnable(answered::incrementAndGet)))
                .verifyComplete();

        assertThat(answered).hasValue(1);
    }

    private Mono<Void> read(String... position) {
        MockServerWebExchange exchange = MockServerWebExchange.from(
                MockServerHttpRequest.get("/warnings").header(PositionFilter.HEADER, position));
        return filter.filter(
                exchange,
                passed -> Mono.deferContextual(context -> ReadAfter.in(context, READ))
                        .then(Mono.fromRunnable(answered::incrementAndGet)));
    }
}
