package io.forgewatch.command.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.forgewatch.standing.KafkaStanding;
import io.forgewatch.standing.KafkaStanding.Heard;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;

/** What a rolling update sees of a start whose door does not open: whether Kafka is away, or the release is at fault. */
class KafkaStandingTest {

    private static final Duration MINUTE = KafkaStanding.PROVES;
    private static final Duration MOMENT = Duration.ofMillis(1);

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
    private final KafkaStanding kafka = new KafkaStanding(nanos::get);
    private final AtomicBoolean open = new AtomicBoolean();
    private final AtomicBoolean plantKnown = new AtomicBoolean(true);
    private final OpenedHealth health = new OpenedHealth(open::get, plantKnown::get, kafka);

    private Status readiness() {
        return Objects.requireNonNull(health.health().block()).getStatus();
    }

    private void passes(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    @Test
    void given_kafka_is_away_at_the_start_when_a_minute_has_passed_then_it_is_ready_for_all_but_frames() {
        kafka.is(Heard.AWAY);
        passes(MINUTE.minus(MOMENT));
        kafka.is(Heard.AWAY);
        assertThat(readiness()).isEqualTo(Status.OUT_OF_SERVICE);
        passes(MOMENT);
        assertThat(readiness()).isEqualTo(Status.UP);
    }

    @Test
    void given_kafka_is_there_when_the_door_stays_closed_then_it_is_never_ready() {
        for (int minute = 0; minute < 60; minute++) {
            kafka.is(Heard.THERE);
            passes(MINUTE);
            assertThat(readiness()).isEqualTo(Status.OUT_OF_SERVICE);
        }
    }

    @Test
    void given_kafka_is_there_for_others_when_the_door_stays_closed_then_it_is_never_ready() {
        for (int minute = 0; minute < 60; minute++) {
            kafka.is(Heard.THERE_FOR_OTHERS);
            passes(MINUTE);
            assertThat(readiness()).isEqualTo(Status.OUT_OF_SERVICE);
        }
    }

    @Test
    void
            given_it_is_ready_without_kafka_when_others_reach_it_again_then_it_has_a_minute_as_when_it_were_back_for_all() {
        kafka.is(Heard.AWAY);
        passes(MINUTE);
        kafka.is(Heard.THERE_FOR_OTHERS);
        passes(MINUTE.minus(MOMENT));
        kafka.is(Heard.THERE);
        assertThat(readiness()).isEqualTo(Status.UP);
        passes(MOMENT);
        assertThat(readiness()).isEqualTo(Status.OUT_OF_SERVICE);
    }

    @Test
    void given_nobody_heard_of_kafka_when_time_passes_then_that_is_no_absence() {
        passes(MINUTE.multipliedBy(10));
        assertThat(readiness()).isEqualTo(Status.OUT_OF_SERVICE);
    }

    @Test
    void given_a_plant_that_cannot_be_read_when_kafka_is_away_as_well_then_it_is_not_ready() {
        plantKnown.set(false);
        kafka.is(Heard.AWAY);
        passes(MINUTE);
        assertThat(readiness()).isEqualTo(Status.OUT_OF_SERVICE);
    }

    @Test
    void given_it_is_ready_without_kafka_when_that_is_back_then_it_has_a_minute_to_open_and_else_is_out_of_service() {
        kafka.is(Heard.AWAY);
        passes(MINUTE);
        kafka.is(Heard.THERE);
        passes(MINUTE.minus(MOMENT));
        assertThat(readiness()).isEqualTo(Status.UP);
        passes(MOMENT);
        assertThat(readiness()).isEqualTo(Status.OUT_OF_SERVICE);
        open.set(true);
        assertThat(readiness()).isEqualTo(Status.UP);
    }

    @Test
    void given_an_open_door_when_kafka_goes_then_it_stays_ready() {
        open.set(true);
        kafka.is(Heard.AWAY);
        assertThat(readiness()).isEqualTo(Status.UP);
        passes(MINUTE.multipliedBy(2));
        assertThat(readiness()).isEqualTo(Status.UP);
    }

    @Test
    void given_failures_when_asked_whose_they_are_then_only_silence_is_an_absence() {
        assertThat(KafkaAbsence.isTheCauseOf(new CompletionException(new TimeoutException("no node"))))
                .isTrue();
        assertThat(KafkaAbsence.isTheCauseOf(
                        new StreamsException(new InvalidReplicationFactorException("all brokers are fenced"))))
                .isTrue();
        assertThat(KafkaAbsence.isTheCauseOf(new SaslAuthenticationException("expired")))
                .isFalse();
        assertThat(KafkaAbsence.isTheCauseOf(new UnknownTopicOrPartitionException("none")))
                .isFalse();
        assertThat(KafkaAbsence.isTheCauseOf(new KafkaException(new ConfigException("no such host"))))
                .isFalse();
        assertThat(KafkaAbsence.isTheCauseOf(new StreamsException(new SerializationException("version 9"))))
                .isFalse();
    }
}
