package io.forgewatch.command.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import io.forgewatch.command.decision.EventFeed;
import io.forgewatch.event.DomainEvent;
import io.forgewatch.event.RecordedEvent;
import io.forgewatch.event.Subject;
import io.forgewatch.standing.StandingStreams;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

class TableLagTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 7);
    private final TableLag lag = new TableLag(nanos::get);

    private void passes(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    @Test
    void given_a_store_that_grows_when_the_table_follows_a_little_behind_then_that_may_last() {
        for (long head = 10; head < 100; head += 10) {
            lag.looked(head, head - 9);
            passes(TableLag.LASTS.minusMillis(1));
            assertThat(lag.behind()).isEqualTo(9);
            assertThat(lag.lasts()).isFalse();
        }
    }

    @Test
    void given_a_table_that_stands_when_a_minute_has_passed_then_it_is_left_behind_until_it_has_caught_up() {
        lag.looked(10, 7);
        passes(TableLag.LASTS);
        lag.looked(12, 7);
        assertThat(lag.lasts()).isTrue();
        lag.looked(12, 9);
        assertThat(lag.lasts()).isTrue();
        lag.looked(12, 12);
        assertThat(lag.lasts()).isFalse();
        assertThat(lag.behind()).isZero();
    }

    @Test
    void given_nothing_is_behind_when_time_passes_then_all_is_well() {
        lag.looked(10, 10);
        passes(TableLag.LASTS.multipliedBy(10));
        assertThat(lag.lasts()).isFalse();
    }

    @Test
    void given_a_table_of_open_alarms_when_its_being_behind_lasts_then_its_health_is_down() {
        OpenAlarms alarms = new OpenAlarms(
                new Silent(),
                (position, key, endings) -> Flux.empty(),
                new StandingStreams(new SimpleMeterRegistry()),
                lag);
        OpenAlarmsHealth health = new OpenAlarmsHealth(alarms);
        alarms.start();
        try {
            alarms.caughtUp().block(LONG);
            lag.looked(10, alarms.position());
            assertThat(health.health().blockOptional().orElseThrow().getStatus())
                    .isEqualTo(Status.UP);
            passes(TableLag.LASTS);
            assertThat(health.health().blockOptional().orElseThrow().getStatus())
                    .isEqualTo(Status.DOWN);
        } finally {
            alarms.stop();
        }
    }

    /** A feed that stands, of an empty store. */
    private static final class Silent implements EventFeed {

        @Override
        public Flux<RecordedEvent> after(long position) {
            return Flux.never();
        }

        @Override
        public Flux<RecordedEvent> after(long position, Set<Class<? extends DomainEvent>> wanted) {
            return Flux.never();
        }

        @Override
        public Flux<RecordedEvent> of(Subject subject, long after, int limit) {
            return Flux.empty();
        }

        @Override
        public Mono<Long> head() {
            return Mono.just(0L);
        }
    }
}
