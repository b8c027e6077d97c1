package io.forgewatch.command.gateway;

import static io.forgewatch.command.fixture.SmallPlant.STEEL;
import static io.forgewatch.command.fixture.SmallPlant.STEEL_GATEWAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.forgewatch.command.fixture.Broker;
import io.forgewatch.command.fixture.Door;
import io.forgewatch.event.telemetry.FrameWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

/** A door of this release beside one of the next, whose frames it cannot read. */
@Timeout(240)
class NewerNumbersTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private static Health health(Door door) {
        return door.bean(SequencesHealth.class).health().blockOptional(LONG).orElseThrow();
    }

    @Test
    void given_a_frame_of_newer_code_in_a_partition_when_it_is_read_then_health_tells_that_its_numbers_are_not_known()
            throws Exception {
        try (Broker broker = Broker.start(folder.resolve("kafka"));
                Door door = Door.open(broker.bootstrap(), folder.resolve("streams"));
                KafkaProducer<byte[], byte[]> producer =
                        new KafkaProducer<>(FrameProducer.settings(broker.bootstrap()))) {
            assertThat(health(door).getStatus()).isEqualTo(Status.UP);
            byte[] frame = new FrameWriter(0).write(STEEL, STEEL_GATEWAY, 1, new byte[32]);
            frame[2]++;
            int partition = producer.send(new ProducerRecord<>(
                            TelemetryTopics.TELEMETRY, STEEL.getBytes(StandardCharsets.US_ASCII), frame))
                    .get(60, TimeUnit.SECONDS)
                    .partition();

            await().atMost(LONG).until(() -> health(door).getStatus().equals(Status.DOWN));
            assertThat(health(door).getDetails()).containsEntry("newerFrames", List.of(partition));
        }
    }
}
