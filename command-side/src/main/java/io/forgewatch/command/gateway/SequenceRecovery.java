package io.forgewatch.command.gateway;

import io.forgewatch.event.telemetry.Frame;
import io.forgewatch.event.telemetry.FrameFormatException;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Fills the {@link SequenceMemory} at start from the heads of the frames that are in Kafka. */
final class SequenceRecovery {

    private static final Logger LOG = LoggerFactory.getLogger(SequenceRecovery.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final long STEP = 4;

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
            Map<TopicPartition, Long> missing = new HashMap<>();
            partitions.forEach(partition -> missing.put(partition, most));
            Map<TopicPartition, Long> ends = new HashMap<>(consumer.endOffsets(partitions));
            // Not all of a partition are frames: where too few were, what stands before is read as well, more at a
            // time.
            for (long back = most; !ends.isEmpty(); back *= STEP) {
                Map<TopicPartition, Long> starts = starts(first, ends, back);
                starts.forEach(consumer::seek);
                frames += read(consumer, ends, missing);
                starts.entrySet()
                        .removeIf(start -> start.getValue() <= first.getOrDefault(start.getKey(), 0L)
                                || missing.getOrDefault(start.getKey(), 0L) <= 0);
                ends = starts;
            }
        }
        LOG.info(
                "Sequences restored from {} frames in {} ms",
                frames,
                Duration.ofNanos(System.nanoTime() - started).toMillis());
    }

    private static Map<TopicPartition, Long> starts(
            Map<TopicPartition, Long> first, Map<TopicPartition, Long> ends, long back) {
        Map<TopicPartition, Long> starts = new HashMap<>();
        ends.forEach(
                (partition, end) -> starts.put(partition, Math.max(first.getOrDefault(partition, 0L), end - back)));
        return starts;
    }

    /** Reads each partition up to its end; says how many frames there were. */
    private long read(
            KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends, Map<TopicPartition, Long> missing) {
        long frames = 0;
        Map<TopicPartition, Long> open = new HashMap<>(ends);
        consumer.pause(consumer.assignment());
        consumer.resume(open.keySet());
        open.entrySet().removeIf(one -> consumer.position(one.getKey()) >= one.getValue());
        while (!open.isEmpty()) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                TopicPartition partition = new TopicPartition(record.topic(), record.partition());
                if (record.offset() < ends.getOrDefault(partition, 0L)
                        && !Pulse.isOne(record.value())
                        && restore(record)) {
                    frames++;
                    missing.merge(partition, -1L, Long::sum);
                }
            }
            open.entrySet().removeIf(one -> consumer.position(one.getKey()) >= one.getValue());
        }
        return frames;
    }

    private boolean restore(ConsumerRecord<byte[], byte[]> record) {
        try {
            memory.restore(Frame.of(record.value()));
            return true;
        } catch (FrameFormatException e) {
            LOG.warn("Record {} of {} is no frame: {}", record.offset(), record.topic(), e.getMessage());
            return false;
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
