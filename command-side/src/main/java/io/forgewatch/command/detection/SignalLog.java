package io.forgewatch.command.detection;

import io.forgewatch.command.gateway.TelemetryTopics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.RangeAssignor;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import reactor.core.publisher.Flux;
import reactor.kafka.receiver.KafkaReceiver;
import reactor.kafka.receiver.ReceiverOptions;

/** Where signals are read from: the one place of their receiver that knows how Kafka is read. */
interface SignalLog {

    /** Signals from the first one that was not acknowledged; fails when Kafka does, and may be asked again. */
    Flux<Received> receive();

    /**
     * A signal.
     *
     * @param key the enterprise id
     * @param acknowledge to be run when it needs not come again
     */
    record Received(byte[] key, byte[] value, Runnable acknowledge) {}

    /** The topic {@code forgewatch.signals}. */
    static SignalLog kafka(String bootstrap, String instance) {
        ReceiverOptions<byte[], byte[]> options = ReceiverOptions.<byte[], byte[]>create(consumer(bootstrap, instance))
                .commitInterval(Duration.ofSeconds(1))
                .commitBatchSize(0)
                // Lanes acknowledge out of order.
                .maxDeferredCommits(1_000)
                .subscription(List.of(TelemetryTopics.SIGNALS));
        return () -> KafkaReceiver.create(options)
                .receive()
                .map(message -> new Received(
                        message.key() == null ? new byte[0] : message.key(),
                        message.value() == null ? new byte[0] : message.value(),
                        message.receiverOffset()::acknowledge));
    }

    private static Map<String, Object> consumer(String bootstrap, String instance) {
        Map<String, Object> settings = new HashMap<>();
        settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, "forgewatch-signals");
        settings.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, instance);
        settings.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        settings.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        // The cooperative assignor fails with this receiver.
        settings.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, List.of(RangeAssignor.class.getName()));
        settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 10_000);
        settings.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 2_000);
        settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 50);
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 200);
        return settings;
    }
}
