package io.forgewatch.query.projection;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/** How events are read from Kafka; a benchmark reads bare bytes with the same settings. */
public final class EventConsumer {

    private static final int LARGEST_BATCH = 2_000;

    private EventConsumer() {}

    /** Keys and values are bytes; partitions are to be assigned, and no offset is committed. */
    public static Map<String, Object> settings(String bootstrap) {
        Map<String, Object> settings = new HashMap<>(KafkaEventLog.consumer(bootstrap));
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, LARGEST_BATCH);
        return settings;
    }
}
