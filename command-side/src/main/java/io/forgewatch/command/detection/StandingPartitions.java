package io.forgewatch.command.detection;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KafkaClientSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The partitions in which detection stands here, since the next frame is of a version that only newer code knows: to pass it over
 * would leave its readings unjudged, the one thing that must never happen unseen (ADR 30).
 */
final class StandingPartitions {

    private static final Logger LOG = LoggerFactory.getLogger(StandingPartitions.class);

    private final Map<TopicPartition, Long> standing = new ConcurrentHashMap<>();

    /** For Streams: consumers that go no further where newer code is needed. */
    KafkaClientSupplier clients() {
        return new KafkaClientSupplier() {
            @Override
            public Admin getAdmin(Map<String, Object> config) {
                return Admin.create(config);
            }

            @Override
            public Producer<byte[], byte[]> getProducer(Map<String, Object> config) {
                return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
            }

            @Override
            public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
                return new HaltingConsumer(config, StandingPartitions.this);
            }

            @Override
            public Consumer<byte[], byte[]> getRestoreConsumer(Map<String, Object> config) {
                return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
            }

            @Override
            public Consumer<byte[], byte[]> getGlobalConsumer(Map<String, Object> config) {
                return getRestoreConsumer(config);
            }
        };
    }

    void stands(TopicPartition partition, long offset) {
        standing.put(partition, offset);
        LOG.error(
                "Detection stands in {} before offset {}: the frame there is of a version that this release does not know."
                        + " Readings behind it are not judged until an instance of a newer release has the partition: stop"
                        + " this one, or upgrade it",
                partition,
                offset);
    }

    void goesOn(TopicPartition partition) {
        standing.remove(partition);
    }

    int count() {
        return standing.size();
    }

    /** The numbers of the partitions, and before which offset each stands. */
    SortedMap<Integer, Long> all() {
        SortedMap<Integer, Long> all = new TreeMap<>();
        standing.forEach((partition, offset) -> all.put(partition.partition(), offset));
        return all;
    }
}
