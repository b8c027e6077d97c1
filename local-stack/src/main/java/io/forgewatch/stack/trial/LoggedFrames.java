package io.forgewatch.stack.trial;

import io.forgewatch.command.gateway.TelemetryTopics;
import io.forgewatch.event.telemetry.Frame;
import io.forgewatch.event.telemetry.Pulse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * How often each frame is in the log.
 *
 * @param times by gateway and number
 */
record LoggedFrames(Map<String, Map<Long, Integer>> times) {

    int times(String gateway, long sequence) {
        return times.getOrDefault(gateway, Map.of()).getOrDefault(sequence, 0);
    }

    static LoggedFrames read(String bootstrap) {
        List<TopicPartition> partitions = IntStream.range(0, TelemetryTopics.PARTITIONS)
                .mapToObj(partition -> new TopicPartition(TelemetryTopics.TELEMETRY, partition))
                .toList();
        Map<String, Map<Long, Integer>> times = new HashMap<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (!ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue())) {
                for (ConsumerRecord<byte[], byte[]> message : consumer.poll(Duration.ofSeconds(1))) {
                    if (!Pulse.isOne(message.value())) {
                        Frame frame = Frame.of(message.value());
                        times.computeIfAbsent(frame.gatewayId(), gateway -> new HashMap<>())
                                .merge(frame.sequence(), 1, Integer::sum);
                    }
                }
            }
        }
        return new LoggedFrames(times);
    }
}
