package io.forgewatch.stack.bench;

import io.forgewatch.command.gateway.TelemetryTopics;
import io.forgewatch.event.telemetry.Frame;
import io.forgewatch.event.telemetry.Pulse;
import io.forgewatch.stack.Progress;
import io.forgewatch.stack.StackException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * What Kafka has of all frames, read from the first to the last.
 *
 * @param some frames as they are stored, to be written once more by the bare producer
 */
record StoredFrames(FrameCount count, List<Stored> some) {

    private static final int SOME = 2_000;
    private static final Duration MOST = Duration.ofMinutes(3);

    /** @param readings how many it has */
    record Stored(byte[] key, byte[] frame, int readings) {}

    static StoredFrames read(String bootstrap, Progress progress) {
        List<TopicPartition> partitions = IntStream.range(0, TelemetryTopics.PARTITIONS)
                .mapToObj(partition -> new TopicPartition(TelemetryTopics.TELEMETRY, partition))
                .toList();
        FrameCount count = new FrameCount();
        List<Stored> some = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(bootstrap)) {
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            long until = System.nanoTime() + MOST.toNanos();
            long told = System.nanoTime();
            while (!ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue())) {
                if (System.nanoTime() - until > 0) {
                    throw new StackException("Kafka's frames are not read after " + MOST.toSeconds() + " s");
                }
                ConsumerRecords<byte[], byte[]> records = consumer.poll(Duration.ofSeconds(1));
                for (ConsumerRecord<byte[], byte[]> message : records) {
                    if (Pulse.isOne(message.value())) {
                        continue;
                    }
                    Frame frame = Frame.of(message.value());
                    count.add(frame.gatewayId(), frame.sequence(), frame.size());
                    if (some.size() < SOME) {
                        some.add(new Stored(message.key(), message.value(), frame.size()));
                    }
                }
                if (System.nanoTime() - told > 4_000_000_000L) {
                    told = System.nanoTime();
                    progress.tell("Counting what Kafka has: %,d readings".formatted(count.readings()));
                }
            }
        }
        return new StoredFrames(count, List.copyOf(some));
    }

    private static KafkaConsumer<byte[], byte[]> consumer(String bootstrap) {
        return new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrap,
                        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                        5_000,
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }
}
