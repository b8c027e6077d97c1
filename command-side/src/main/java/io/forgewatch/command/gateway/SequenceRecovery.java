package io.forgewatch.command.gateway;

import io.forgewatch.event.telemetry.Frame;
import io.forgewatch.event.telemetry.FrameFormatException;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Fills the {@link SequenceMemory} at start from the heads of the frames that are in Kafka. */
final class SequenceRecovery {

    private static final Logger LOG = LoggerFactory.getLogger(SequenceRecovery.class);
    private static final Duration POLL = Duration.ofMillis(500);

    private final String bootstrap;
    private final SequenceMemory memory;

    SequenceRecovery(String bootstrap, SequenceMemory memory) {
        this.bootstrap = bootstrap;
        this.memory = memory;
    }

    /**
     * Completes when the memory is as it was.
     *
     * @param gateways how many gateways there are; enough frames are read back for all of them
     */
    Mono<Void> run(int gateways) {
        return Mono.<Void>fromRunnable(() -> read(gateways)).subscribeOn(Schedulers.boundedElastic());
    }

    private void read(int gateways) {
        long started = System.nanoTime();
        long frames = 0;
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(settings())) {
            List<TopicPartition> partitions = IntStream.range(0, TelemetryTopics.PARTITIONS)
                    .mapToObj(number -> new TopicPartition(TelemetryTopics.TELEMETRY, number))
                    .toList();
            consumer.assign(partitions);
            Map<TopicPartition, Long> first = consumer.beginningOffsets(partitions);
            long most = (long) SequenceWindow.SIZE * Math.max(1, gateways);
            Map<TopicPartition, Long> open = new HashMap<>(consumer.endOffsets(partitions));
            open.forEach((partition, end) ->
                    consumer.seek(partition, Math.max(first.getOrDefault(partition, 0L), end - most)));
            open.entrySet().removeIf(one -> consumer.position(one.getKey()) >= one.getValue());
            while (!open.isEmpty()) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    restore(record);
                    frames++;
                }
                open.entrySet().removeIf(one -> consumer.position(one.getKey()) >= one.getValue());
            }
        }
        LOG.info(
                "Sequences restored from {} frames in {} ms",
                frames,
                Duration.ofNanos(System.nanoTime() - started).toMillis());
    }

    private void restore(ConsumerRecord<byte[], byte[]> record) {
        try {
            memory.restore(Frame.of(record.value()));
        } catch (FrameFormatException e) {
            LOG.warn("Record {} of {} is no frame: {}", record.offset(), record.topic(), e.getMessage());
        }
    }

    private Map<String, Object> settings() {
        return Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrap,
                ConsumerConfig.CLIENT_ID_CONFIG,
                "forgewatch-sequences",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest",
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                5_000,
                ConsumerConfig.FETCH_MAX_BYTES_CONFIG,
                32 << 20,
                ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
                8 << 20,
                ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
                ByteArrayDeserializer.class,
                ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
                ByteArrayDeserializer.class);
    }
}
