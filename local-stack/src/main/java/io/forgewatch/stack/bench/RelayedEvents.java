package io.forgewatch.stack.bench;

import io.forgewatch.event.EventJson;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** When each event was handed to Kafka, by what the copy says. */
final class RelayedEvents {

    private static final TopicPartition PARTITION = new TopicPartition("forgewatch.events", 0);
    private static final Duration MOST = Duration.ofMinutes(2);

    private RelayedEvents() {}

    /** The id of each event to when it was handed over, in epoch microseconds; what is not there within two minutes is left out. */
    static Map<String, Long> at(String bootstrap) {
        Map<String, Long> at = new HashMap<>();
        Map<String, Object> settings = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrap,
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                5_000);
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(PARTITION));
            consumer.seekToBeginning(List.of(PARTITION));
            long end = consumer.endOffsets(List.of(PARTITION)).getOrDefault(PARTITION, 0L);
            long until = System.nanoTime() + MOST.toNanos();
            while (consumer.position(PARTITION) < end && System.nanoTime() - until < 0) {
                for (ConsumerRecord<byte[], byte[]> message : consumer.poll(Duration.ofSeconds(1))) {
                    at.put(
                            EventJson.MAPPER
                                    .readTree(message.value())
                                    .required("id")
                                    .asString(),
                            message.timestamp() * 1_000);
                }
            }
        }
        return Map.copyOf(at);
    }
}
