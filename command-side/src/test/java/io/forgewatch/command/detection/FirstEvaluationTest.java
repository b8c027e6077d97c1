package io.forgewatch.command.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.forgewatch.standing.StandingStreams;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.errors.TopologyException;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;
import reactor.core.publisher.Mono;

class FirstEvaluationTest {

    private static final StreamsException UNREADABLE =
            new StreamsException(new IllegalStateException("A state of version 9"));

    private final AtomicLong nanos = new AtomicLong();
    private final FirstEvaluation first = new FirstEvaluation(nanos::get);

    private void passes() {
        nanos.addAndGet(FirstEvaluation.PROVES.toNanos());
    }

    @Test
    void given_a_release_that_fails_on_every_start_when_its_threads_are_replaced_then_it_is_out_of_service() {
        for (int thread = 0; thread < 10; thread++) {
            first.runs(true);
            first.failed(UNREADABLE);
            first.runs(false);
            passes();
            assertThat(first.isRefuted()).isTrue();
        }
    }

    @Test
    void given_a_failure_at_the_start_when_it_then_runs_then_the_release_is_well() {
        first.failed(UNREADABLE);
        first.runs(true);
        assertThat(first.isRefuted()).isTrue();
        passes();
        assertThat(first.isRefuted()).isFalse();
    }

    @Test
    void given_a_release_that_ran_when_it_fails_then_that_takes_nobody_out_of_service() {
        first.runs(true);
        passes();
        first.failed(UNREADABLE);
        assertThat(first.isRefuted()).isFalse();
    }

    @Test
    void given_kafka_is_away_when_a_thread_ends_for_it_then_that_is_no_fault_of_the_release() {
        first.failed(new StreamsException(new TimeoutException("no coordinator")));
        assertThat(first.isRefuted()).isFalse();
    }

    @Test
    void given_a_topology_that_is_none_when_detection_starts_then_its_instance_is_out_of_service() {
        DetectionStreams streams = new DetectionStreams(
                Mono.empty(),
                () -> {
                    throw new TopologyException("no source");
                },
                new Properties(),
                new StandingPartitions(),
                first,
                new StandingStreams(new SimpleMeterRegistry()));
        streams.start();
        try {
            await().until(() -> new FirstEvaluationHealth(first)
                    .health()
                    .blockOptional()
                    .orElseThrow()
                    .getStatus()
                    .equals(Status.OUT_OF_SERVICE));
        } finally {
            streams.stop();
        }
    }
}
