package io.forgewatch.command.detection;

import io.forgewatch.command.alarm.OpenAlarms;
import io.forgewatch.command.gateway.TelemetryTopics;
import io.forgewatch.command.telemetry.PlantDirectory;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** Frames in, signals out, one state a device; and the settings that were measured to carry the load. */
final class DetectionTopology {

    static final String APPLICATION = "forgewatch-detection";

    private DetectionTopology() {}

    static Topology topology(PlantDirectory directory, OpenAlarms table, DetectionMetrics metrics, Unjudged unjudged) {
        var bytes = Serdes.ByteArray();
        return new Topology()
                .addSource("frames", bytes.deserializer(), bytes.deserializer(), TelemetryTopics.TELEMETRY)
                .addProcessor("detection", () -> new Detection(directory, table, metrics, unjudged), "frames")
                .addStateStore(store(), "detection")
                .addSink("signals", TelemetryTopics.SIGNALS, bytes.serializer(), bytes.serializer(), "detection");
    }

    private static StoreBuilder<KeyValueStore<String, byte[]>> store() {
        return Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore(Detection.STORE), Serdes.String(), Serdes.ByteArray())
                .withCachingEnabled()
                // Small segments and eager cleaning: what a start reads back stays near one value a device.
                .withLoggingEnabled(Map.of(
                        TopicConfig.SEGMENT_BYTES_CONFIG,
                        String.valueOf(16 << 20),
                        TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG,
                        "0.2"));
    }

    /**
     * Settings of the Streams application.
     *
     * @param instance names this process in its group; a second one with the same name takes over from it
     * @param stateFolder where Streams keeps its locks; the states themselves are in memory and in the changelog
     */
    static Properties settings(String bootstrap, String instance, String stateFolder, int threads) {
        Map<String, Object> settings = new HashMap<>();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, APPLICATION);
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
        settings.put(StreamsConfig.STATE_DIR_CONFIG, stateFolder);
        settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, threads);
        // Exactly-once would commit every 100 ms and write the changelog as often.
        settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.AT_LEAST_ONCE);
        settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 2_000);
        settings.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 64L << 20);
        // While it polls no delay ends.
        settings.put(StreamsConfig.POLL_MS_CONFIG, Detection.TIMER.toMillis());
        settings.put(StreamsConfig.TOPOLOGY_OPTIMIZATION_CONFIG, StreamsConfig.NO_OPTIMIZATION);
        settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG), instance);
        settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), 10_000);
        settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG), 2_000);
        settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
        settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG), 250);
        settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG), 200);
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), 5);
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), 256 * 1024);
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
        Properties properties = new Properties();
        properties.putAll(settings);
        return properties;
    }
}
