package io.forgewatch.standing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.forgewatch.event.Actor;
import io.forgewatch.event.RecordedEvent;
import io.forgewatch.event.alarm.AlarmEvent.AlarmAcknowledged;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

@Timeout(120)
class StandingStreamTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    private final AtomicLong nanos = new AtomicLong();
    private final List<Sinks.Many<Integer>> begun = new CopyOnWriteArrayList<>();
    private final StandingStream stream = new StandingStream("tried", this::next, nanos::get, () -> {});

    @AfterEach
    void stop() {
        stream.stop();
    }

    private Flux<Integer> next() {
        Sinks.Many<Integer> sink = Sinks.many().unicast().onBackpressureBuffer();
        begun.add(sink);
        return sink.asFlux();
    }

    private void pass(int seconds) {
        nanos.addAndGet(Duration.ofSeconds(seconds).toNanos());
    }

    private void awaitBegun(int times) {
        await().atMost(LONG).until(() -> begun.size() == times);
    }

    @Test
    void given_a_stream_that_fails_or_just_ends_when_it_does_then_it_is_begun_again() {
        stream.start();
        begun.getFirst().tryEmitError(new IllegalStateException("gone"));
        awaitBegun(2);
        begun.get(1).tryEmitComplete();
        awaitBegun(3);

        stream.stop();
        assertThat(begun.get(2).currentSubscriberCount()).isZero();
    }

    @Test
    void given_a_stream_that_fails_when_something_comes_or_it_stands_for_a_while_then_it_is_well_again() {
        stream.start();
        assertThat(stream.brokenFor()).isZero();
        begun.getFirst().tryEmitError(new IllegalStateException("gone"));
        awaitBegun(2);
        pass(3);
        assertThat(stream.brokenFor()).isEqualTo(Duration.ofSeconds(3));
        begun.get(1).tryEmitNext(1);
        assertThat(stream.brokenFor()).isZero();

        begun.get(1).tryEmitError(new IllegalStateException("gone"));
        awaitBegun(3);
        pass(16);
        assertThat(stream.brokenFor()).isZero();
    }

    @Test
    void given_a_stream_that_fails_again_and_again_when_time_passes_then_it_is_broken_since_the_first_time() {
        stream.start();
        begun.getFirst().tryEmitError(new IllegalStateException("gone"));
        awaitBegun(2);
        pass(8);
        begun.get(1).tryEmitError(new IllegalStateException("gone"));
        awaitBegun(3);
        pass(8);

        assertThat(stream.brokenFor()).isEqualTo(Duration.ofSeconds(16));
    }

    @Test
    void given_an_event_that_cannot_be_taken_when_it_comes_twice_then_it_is_counted_once_and_told_with_its_position() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        StandingStreams streams = new StandingStreams(registry);
        StreamsHealth health = new StreamsHealth(streams);
        PassedOver table = streams.passedOver("table");
        RecordedEvent event = new RecordedEvent(
                7,
                UUID.randomUUID(),
                Instant.EPOCH,
                Actor.system("test"),
                new AlarmAcknowledged("none", "li", Instant.EPOCH));
        table.attempt(event, taken -> {});
        assertThat(health.health().blockOptional(LONG).orElseThrow().getStatus())
                .isEqualTo(Status.UP);

        for (int time = 0; time < 2; time++) {
            table.attempt(event, taken -> {
                throw new IllegalStateException("no");
            });
        }

        assertThat(registry.counter("forgewatch.events.passed.over", "table", "table")
                        .count())
                .isOne();
        Health told = health.health().blockOptional(LONG).orElseThrow();
        assertThat(told.getStatus()).isEqualTo(Status.DOWN);
        assertThat(told.getDetails()).extractingByKey("passedOver").hasToString("{table=[7]}");
    }

    @Test
    void given_a_stream_that_cannot_be_begun_when_its_health_is_asked_then_it_is_down_by_name_once_it_lasts() {
        StandingStreams streams = new StandingStreams(new SimpleMeterRegistry());
        StreamsHealth health = new StreamsHealth(streams);
        StandingStream dead = streams.of("dead", () -> Flux.error(new IllegalStateException("never")));
        assertThat(health.health().blockOptional(LONG).orElseThrow().getStatus())
                .isEqualTo(Status.UP);

        dead.start();
        try {
            await().atMost(LONG)
                    .until(() -> health.health()
                            .blockOptional(LONG)
                            .orElseThrow()
                            .getStatus()
                            .equals(Status.DOWN));
            assertThat(health.health().blockOptional(LONG).orElseThrow().getDetails())
                    .extractingByKey("broken")
                    .asString()
                    .contains("dead");
        } finally {
            dead.stop();
        }
    }
}
