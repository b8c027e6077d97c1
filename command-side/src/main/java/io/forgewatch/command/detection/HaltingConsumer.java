package io.forgewatch.command.detection;

import io.forgewatch.event.telemetry.Frame;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * A consumer that hands on what can be read and goes no further in a partition where newer code is needed: that record and all
 * behind it stay unread and uncommitted, for as long as the partition is here, and are there for the instance that gets it next.
 * The other partitions go on. Streams knows nothing of it: for it, nothing more comes.
 */
final class HaltingConsumer extends KafkaConsumer<byte[], byte[]> {

    private final StandingPartitions standing;
    // Of this consumer; used by its thread alone.
    private final Map<TopicPartition, Long> halted = new HashMap<>();

    HaltingConsumer(Map<String, Object> settings, StandingPartitions standing) {
        super(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.standing = standing;
    }

    @Override
    public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
        forgetGone();
        ConsumerRecords<byte[], byte[]> polled = super.poll(timeout);
        forgetGone();
        Map<TopicPartition, Long> newer = newer(polled);
        return newer.isEmpty() ? polled : upTo(newer, polled);
    }

    /** Streams resumes what it has room for. */
    @Override
    public void resume(Collection<TopicPartition> partitions) {
        super.resume(partitions.stream()
                .filter(partition -> !halted.containsKey(partition))
                .toList());
    }

    @Override
    public void close() {
        release();
        super.close();
    }

    @Override
    public void close(CloseOptions options) {
        release();
        super.close(options);
    }

    private void release() {
        halted.keySet().forEach(standing::goesOn);
        halted.clear();
    }

    private void forgetGone() {
        if (!halted.isEmpty()) {
            Set<TopicPartition> gone = new HashSet<>(halted.keySet());
            gone.removeAll(assignment());
            gone.forEach(standing::goesOn);
            halted.keySet().removeAll(gone);
        }
    }

    /** Of each partition the first record that only newer code can read. */
    private Map<TopicPartition, Long> newer(ConsumerRecords<byte[], byte[]> polled) {
        Map<TopicPartition, Long> newer = new HashMap<>();
        for (TopicPartition partition : polled.partitions()) {
            for (ConsumerRecord<byte[], byte[]> message : polled.records(partition)) {
                if (Frame.isOfNewerVersion(message.value())) {
                    newer.put(partition, message.offset());
                    break;
                }
            }
        }
        return newer;
    }

    private ConsumerRecords<byte[], byte[]> upTo(
            Map<TopicPartition, Long> newer, ConsumerRecords<byte[], byte[]> polled) {
        Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> rest = new HashMap<>();
        Map<TopicPartition, OffsetAndMetadata> next = new HashMap<>(polled.nextOffsets());
        for (TopicPartition partition : polled.partitions()) {
            Long end = newer.get(partition);
            List<ConsumerRecord<byte[], byte[]>> readable = end == null
                    ? polled.records(partition)
                    : polled.records(partition).stream()
                            .filter(message -> message.offset() < end)
                            .toList();
            if (!readable.isEmpty()) {
                rest.put(partition, readable);
            }
        }
        newer.forEach((partition, offset) -> {
            seek(partition, offset);
            pause(List.of(partition));
            next.put(partition, new OffsetAndMetadata(offset));
            halted.put(partition, offset);
            standing.stands(partition, offset);
        });
        return new ConsumerRecords<>(rest, next);
    }
}
