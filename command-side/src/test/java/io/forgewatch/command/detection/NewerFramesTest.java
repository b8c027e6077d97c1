package io.forgewatch.command.detection;

import static io.forgewatch.command.fixture.SmallPlant.ALUMINIUM;
import static io.forgewatch.command.fixture.SmallPlant.FURNACE;
import static io.forgewatch.command.fixture.SmallPlant.PIT;
import static io.forgewatch.command.fixture.SmallPlant.STEEL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.forgewatch.command.alarm.AlarmCommand;
import io.forgewatch.command.fixture.Broker;
import io.forgewatch.command.fixture.Door;
import io.forgewatch.command.fixture.SmallPlant;
import io.forgewatch.command.gateway.TelemetryTopics;
import io.forgewatch.event.telemetry.FrameWriter;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

/** An instance of the last release while one of the next already writes frames in a form of its own. */
@Timeout(180)
class NewerFramesTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    private final AtomicLong sequence = new AtomicLong();

    @TempDir
    Path folder;

    private Broker broker;
    private Door door;

    @BeforeEach
    void open() {
        broker = Broker.start(folder.resolve("kafka"));
        door = Door.open(broker.bootstrap(), folder.resolve("streams"));
        await().atMost(LONG).until(() -> door.bean(DetectionStreams.class).isEvaluating());
    }

    @AfterEach
    void close() {
        door.close();
        broker.close();
    }

    @Test
    void
            given_a_frame_that_only_newer_code_can_read_when_come_to_then_that_partition_stands_and_is_seen_and_others_go_on()
                    throws Exception {
        send(SmallPlant.STEEL_GATEWAY, FURNACE, "BF_CW_P", 0.42);
        RecordMetadata newer = write(STEEL, newerFrame());
        send(SmallPlant.STEEL_GATEWAY, FURNACE, "BF_CW_P", 0.15);
        send(SmallPlant.ALUMINIUM_GATEWAY, PIT, "AL_CASTING", 3);
        send(SmallPlant.ALUMINIUM_GATEWAY, PIT, "AL_CW_F", 1);

        await().atMost(LONG).until(() -> !commands().isEmpty());
        await().atMost(LONG).until(() -> health().getStatus().equals(Status.DOWN));
        assertThat(health().getDetails().get("standing")).isEqualTo(Map.of(newer.partition(), newer.offset()));
        assertThat(door.bean(MeterRegistry.class)
                        .get("forgewatch.detection.partitions.standing")
                        .gauge()
                        .value())
                .isEqualTo(1);
        assertThat(door.bean(DetectionStreams.class).isEvaluating()).isTrue();
        assertThat(commands()).allMatch(command -> command.alarm().toString().startsWith(ALUMINIUM));

        door.close();
        assertThat(committed(newer.partition()))
                .as("there for whoever has the partition next")
                .isLessThanOrEqualTo(newer.offset());
    }

    @Test
    void given_what_is_no_frame_at_all_when_come_to_then_it_is_counted_and_passed_over() throws Exception {
        write(STEEL, "no frame".getBytes(StandardCharsets.UTF_8));
        write(STEEL, new byte[] {0x46, 0x57, 0});
        write(STEEL, new byte[0]);
        send(SmallPlant.STEEL_GATEWAY, FURNACE, "BF_CW_P", 0.42);
        send(SmallPlant.STEEL_GATEWAY, FURNACE, "BF_CW_P", 0.15);

        await().atMost(LONG).until(() -> !commands().isEmpty());
        assertThat(door.bean(MeterRegistry.class)
                        .get("forgewatch.detection.frames.broken")
                        .counter()
                        .count())
                .isEqualTo(3);
        assertThat(health().getStatus()).isEqualTo(Status.UP);
    }

    private static byte[] newerFrame() {
        FrameWriter writer = new FrameWriter(System.currentTimeMillis());
        byte[] frame = writer.write(STEEL, SmallPlant.STEEL_GATEWAY, 1_000_000, new byte[32]);
        frame[2] = 2;
        return frame;
    }

    private RecordMetadata write(String enterprise, byte[] value) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrap(), "acks", "all"),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            return producer.send(new ProducerRecord<>(
                            TelemetryTopics.TELEMETRY, enterprise.getBytes(StandardCharsets.UTF_8), value))
                    .get();
        }
    }

    private long committed(int partition) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrap()))) {
            Map<TopicPartition, OffsetAndMetadata> offsets = admin.listConsumerGroupOffsets(
                            DetectionTopology.APPLICATION)
                    .partitionsToOffsetAndMetadata()
                    .get();
            OffsetAndMetadata offset = offsets.get(new TopicPartition(TelemetryTopics.TELEMETRY, partition));
            return offset == null ? 0 : offset.offset();
        }
    }

    private Health health() {
        return door.bean(DetectionHealth.class).health().blockOptional(LONG).orElseThrow();
    }

    private void send(String gateway, String device, String indicator, double value) {
        long number = sequence.incrementAndGet();
        String body = "{\"sequence\":" + number + ",\"readings\":["
                + Door.reading(device, indicator, System.currentTimeMillis(), value) + "]}";
        assertThat(door.send(door.signed(gateway, number, body.getBytes(StandardCharsets.UTF_8)))
                        .statusCode())
                .isEqualTo(202);
    }

    private List<AlarmCommand> commands() {
        return door.bean(Door.Commanded.class).sent().stream()
                .map(sent -> (AlarmCommand) sent.command())
                .toList();
    }
}
