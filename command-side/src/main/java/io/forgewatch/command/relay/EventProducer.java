package io.forgewatch.command.relay;

import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** How events are written to Kafka; a benchmark measures the bare producer with the same settings. */
public final class EventProducer {

    static final int LARGEST_RECORD = 2 << 20;

    private EventProducer() {}

    /** Keys and values are bytes; nothing waits for company. */
    public static Map<String, Object> settings(String bootstrap) {
        return Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrap,
                ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
                ByteArraySerializer.class,
                ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
                ByteArraySerializer.class,
                ProducerConfig.ACKS_CONFIG,
                "all",
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                true,
                ProducerConfig.LINGER_MS_CONFIG,
                0,
                ProducerConfig.BATCH_SIZE_CONFIG,
                128 << 10,
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                LARGEST_RECORD,
                // Who knows nothing of the brokers by then leaves it to another instance.
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                5_000L,
                // A batch that expired would leave a gap behind which later ones arrive: it is tried for ever.
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                Integer.MAX_VALUE);
    }
}
