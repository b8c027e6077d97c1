package io.forgewatch.command.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.forgewatch.standing.StandingStreams;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;

/** Detection that can't begin, or that ends, is begun again. */
class DetectionStreamsTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final AtomicInteger begun = new AtomicInteger();

    private DetectionStreams streams(Supplier<Topology> topology, String bootstrap) {
        Properties settings = DetectionTopology.settings(bootstrap, "one", folder.toString(), 1);
        return new DetectionStreams(
                Mono.empty(),
                () -> {
                    begun.incrementAndGet();
                    return topology.get();
                },
                settings,
                new StandingPartitions(),
                new FirstEvaluation(System::nanoTime),
                new StandingStreams(registry));
    }

    private static Topology topology() {
        var bytes = Serdes.ByteArray();
        return new Topology().addSource("frames", bytes.deserializer(), bytes.deserializer(), "frames");
    }

    @Test
    void given_a_start_that_fails_when_its_cause_goes_then_detection_begins_all_the_same_and_was_told_as_broken() {
        AtomicInteger failures = new AtomicInteger(2);
        DetectionStreams streams = streams(
                () -> {
                    if (failures.getAndDecrement() > 0) {
                        throw new IllegalStateException("No name of Kafka can be resolved");
                    }
                    return topology();
                },
                "127.0.0.1:1");
        streams.start();
        try {
            await().atMost(LONG)
                    .until(() -> registry.get("forgewatch.streams.broken")
                                    .tag("stream", "detection")
                                    .gauge()
                                    .value()
                            > 0);
            await().atMost(LONG).until(() -> begun.get() == 3);
        } finally {
            streams.stop();
        }
        assertThat(streams.isRunning()).isFalse();
    }

    @Test
    void given_a_kafka_whose_name_nobody_knows_when_started_then_detection_is_begun_again_and_again() {
        DetectionStreams streams = streams(DetectionStreamsTest::topology, "nobody.invalid:9092");
        streams.start();
        try {
            await().atMost(LONG).until(() -> begun.get() >= 3);
            assertThat(streams.isEvaluating()).isFalse();
        } finally {
            streams.stop();
        }
    }
}
