package io.forgewatch.command.detection;

import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;

/**
 * How detection speaks with Kafka: with which settings it reads frames, writes signals, and has them received. A benchmark sends
 * bare bytes the same way.
 */
public final class DetectionClients {

    private DetectionClients() {}

    /** The reader of frames, without its group. */
    public static Map<String, Object> frameConsumer(String bootstrap) {
        Map<String, Object> settings = of(bootstrap, StreamsConfig.CONSUMER_PREFIX);
        settings.remove(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        settings.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        return settings;
    }

    /** The writer of signals; what is not told is as Streams has it, which is as Kafka has it. */
    public static Map<String, Object> signalProducer(String bootstrap) {
        Map<String, Object> settings = of(bootstrap, StreamsConfig.PRODUCER_PREFIX);
        settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        return settings;
    }

    /** The receiver of signals, without its group. */
    public static Map<String, Object> signalConsumer(String bootstrap) {
        Map<String, Object> settings = new HashMap<>(KafkaSignalLog.consumer(bootstrap, ""));
        settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
        settings.remove(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        return settings;
    }

    private static Map<String, Object> of(String bootstrap, String prefix) {
        Properties all = DetectionTopology.settings(bootstrap, "", "", 1);
        Map<String, Object> settings = new HashMap<>();
        for (Map.Entry<Object, Object> setting : all.entrySet()) {
            String name = String.valueOf(setting.getKey());
            if (name.startsWith(prefix)) {
                settings.put(name.substring(prefix.length()), setting.getValue());
            }
        }
        settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
        return settings;
    }
}
