package io.forgewatch.query.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.forgewatch.query.projection.Progress;
import io.forgewatch.web.Problem;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** How long a request waits, by a clock that the test turns; that it is released in time is shown by the whole side. */
class PositionFilterTest {

    private static final Duration PROMISED = Duration.ofSeconds(2);

    private final PositionFilter filter = new PositionFilter(new Progress());
    private final AtomicInteger answered = new AtomicInteger();

    @Test
    void given_views_that_do_not_move_when_a_request_waits_then_it_gives_up_after_2_s_and_says_how_far_they_are() {
        assertThat(PositionFilter.PATIENCE).isEqualTo(PROMISED);

        StepVerifier.withVirtualTime(() -> read("17"))
                .expectSubscription()
                .expectNoEvent(PROMISED.minusMillis(1))
                .then(() -> assertThat(filter.waiting()).isEqualTo(1))
                .thenAwait(Duration.ofMillis(1))
                .expectErrorSatisfies(failure -> assertThat(failure).isInstanceOfSatisfying(Problem.class, problem -> {
                    assertThat(problem.status()).isEqualTo(504);
                    assertThat(problem.code()).isEqualTo("position-not-reached");
                    assertThat(problem.getMessage()).contains("at position 0", "at 17");
                }))
                .verify(PROMISED.multipliedBy(10));

        assertThat(answered).hasValue(0);
        assertThat(filter.waiting()).isZero();
    }

    @Test
    void given_a_position_that_is_reached_or_none_when_read_then_it_is_answered_at_once() {
        StepVerifier.create(read("0")).verifyComplete();
        StepVerifier.create(read()).verifyComplete();

        assertThat(answered).hasValue(2);
    }

    @Test
    void given_a_caller_who_hangs_up_when_he_waited_then_he_no_longer_takes_a_place() {
        StepVerifier.create(read("17"))
                .then(() -> assertThat(filter.waiting()).isEqualTo(1))
                .thenCancel()
                .verify(PROMISED.multipliedBy(10));

        assertThat(filter.waiting()).isZero();
        assertThat(answered).hasValue(0);
    }

    private Mono<Void> read(String... position) {
        MockServerWebExchange exchange = MockServerWebExchange.from(
                MockServerHttpRequest.get("/warnings").header(PositionFilter.HEADER, position));
        return filter.filter(exchange, passed -> Mono.fromRunnable(answered::incrementAndGet));
    }
}
