package io.forgewatch.command.gateway;

import static io.forgewatch.command.fixture.Door.frame;
import static io.forgewatch.command.fixture.SmallPlant.STEEL_GATEWAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.forgewatch.command.fixture.Broker;
import io.forgewatch.command.fixture.Door;
import io.forgewatch.event.telemetry.FrameWriter;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Used numbers over several doors and starts, with a real broker. */
@Timeout(240)
class SequenceFollowingTest {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final int NUMBERS = 1_500;
    private static final WindowKeeping.Rule AT_ONCE = new WindowKeeping.Rule(1, 1, Duration.ZERO);

    @TempDir
    static Path folder;

    private static Broker broker;

    @BeforeAll
    static void start() {
        broker = Broker.start(folder.resolve("kafka"));
        new TelemetryTopics(broker.bootstrap()).ensure().block(LONG);
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    private static byte[] sha256(long sequence) {
        byte[] digest = new byte[32];
        digest[0] = (byte) sequence;
        digest[1] = (byte) (sequence >> 8);
        return digest;
    }

    private static String enterprise(int number) {
        return "GT370299%04d".formatted(number);
    }

    /** As the last release left them: frames, and no windows. */
    private static void frames(List<String> enterprises, long from, long to) {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(FrameProducer.settings(broker.bootstrap()))) {
            for (long sequence = from; sequence < to; sequence++) {
                for (String enterprise : enterprises) {
                    byte[] frame = new FrameWriter(0).write(enterprise, enterprise + "-G1", sequence, sha256(sequence));
                    producer.send(new ProducerRecord<>(
                            TelemetryTopics.TELEMETRY, enterprise.getBytes(StandardCharsets.US_ASCII), frame));
                }
            }
            producer.flush();
        }
    }

    private static boolean remembers(SequenceMemory memory, String enterprise, long sequence) {
        SequenceWindow window = memory.of(enterprise + "-G1");
        return window.known(sequence, BodyDigest.of(sha256(sequence))) instanceof SequenceWindow.Claim.Repeat
                && window.known(sequence, BodyDigest.of(sha256(sequence + 1))) instanceof SequenceWindow.Claim.Conflict;
    }

    private static Map<TopicPartition, Long> ends(String topic) {
        List<TopicPartition> partitions = IntStream.range(0, TelemetryTopics.PARTITIONS)
                .mapToObj(number -> new TopicPartition(topic, number))
                .toList();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrap()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            return consumer.endOffsets(partitions);
        }
    }

    private static void forgetFrames() throws ExecutionException, InterruptedException, java.util.concurrent.TimeoutException {
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrap()))) {
            Map<TopicPartition, RecordsToDelete> all = ends(TelemetryTopics.TELEMETRY).entrySet().stream()
                    .collect(java.util.stream.Collectors.toMap(
                            Map.Entry::getKey, end -> RecordsToDelete.beforeOffset(end.getValue())));
            admin.deleteRecords(all).all().get(60, TimeUnit.SECONDS);
        }
    }

    @Test
    void given_frames_of_a_release_that_kept_no_windows_when_a_door_starts_then_it_finds_the_numbers_and_keeps_them_for_ever()
            throws Exception {
        List<String> enterprises =
                IntStream.range(0, 20).mapToObj(SequenceFollowingTest::enterprise).toList();
        frames(enterprises, 0, NUMBERS);

        SequenceMemory first = new SequenceMemory();
        try (SequenceFollowing following = new SequenceFollowing(broker.bootstrap(), first, AT_ONCE)) {
            following.begin(enterprises.size()).block(LONG);
            for (String enterprise : enterprises) {
                assertThat(remembers(first, enterprise, NUMBERS - 1)).isTrue();
                assertThat(remembers(first, enterprise, NUMBERS - SequenceWindow.SIZE)).isTrue();
            }
            assertThat(first.of(enterprise(0) + "-G1").claim(NUMBERS - SequenceWindow.SIZE - 1, new BodyDigest(0, 0)))
                    .isInstanceOf(SequenceWindow.Claim.TooOld.class);
            // All that was read is kept, and then live what comes after it.
            frames(enterprises, NUMBERS, NUMBERS + 1);
            await().atMost(LONG).until(() -> enterprises.stream().allMatch(one -> remembers(first, one, NUMBERS)));
            await().atMost(LONG).until(SequenceFollowingTest::isAllKept);
        }

        forgetFrames();
        SequenceMemory second = new SequenceMemory();
        try (SequenceFollowing following = new SequenceFollowing(broker.bootstrap(), second, AT_ONCE)) {
            following.begin(enterprises.size()).block(LONG);
            for (String enterprise : enterprises) {
                for (long sequence = NUMBERS - SequenceWindow.SIZE + 1; sequence <= NUMBERS; sequence++) {
                    assertThat(remembers(second, enterprise, sequence)).isTrue();
                }
            }
        }
    }

    private static boolean isAllKept() {
        Map<TopicPartition, Long> ends = ends(TelemetryTopics.TELEMETRY);
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrap()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<KeptWindows> kept = KeptWindows.read(consumer);
            return ends.entrySet().stream()
                    .allMatch(end -> end.getValue() == 0
                            || kept.get(end.getKey().partition()).start() == end.getValue());
        }
    }

    @Test
    void given_two_doors_when_a_frame_is_sent_to_one_then_the_other_answers_it_as_the_first_did() {
        try (Door one = Door.open(broker.bootstrap(), folder.resolve("one"), "one");
                Door other = Door.open(broker.bootstrap(), folder.resolve("other"), "other")) {
            String body = frame(71, System.currentTimeMillis(), 0.42).replace("[", "[{},");
            HttpResponse<String> first = one.send(71, body);
            assertThat(first.statusCode()).isEqualTo(202);
            assertThat(first.body()).contains("incomplete");
            awaitRead(other);

            HttpResponse<String> again = other.send(other.signed(STEEL_GATEWAY, 71, body.getBytes(StandardCharsets.UTF_8)));
            assertThat(again.statusCode()).isEqualTo(202);
            assertThat(again.body()).isEqualTo(first.body());
            assertThat(other.send(71, frame(71, System.currentTimeMillis(), 0.43)).body())
                    .contains("sequence-conflict");
            assertThat(other.send(72, frame(72, System.currentTimeMillis(), 0.44)).statusCode())
                    .isEqualTo(202);
        }
    }

    private static void awaitRead(Door door) {
        await().atMost(LONG)
                .until(() -> ends(TelemetryTopics.TELEMETRY).entrySet().stream()
                        .allMatch(end -> end.getValue() == 0
                                || door.bean(SequenceMemory.class)
                                        .hasRead(new FrameLog.Place(
                                                end.getKey().partition(), end.getValue() - 1))));
    }
}
