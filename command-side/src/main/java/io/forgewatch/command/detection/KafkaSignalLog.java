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

/** The topic {@code forgewatch.signals}: the one place of the signals' receiver that knows Kafka. */
final class KafkaSignalLog implements SignalLog {

    /** They are acknowledged out of order; what waits here is numbers, and when there are too many nothing is received. */
    private static final int MOST_OUT_OF_ORDER = 100_000;

    private static final Duration LONGEST_CLOSING = Duration.ofSeconds(5);

    private final ReceiverOptions<byte[], byte[]> options;

    KafkaSignalLog(String bootstrap, String instance) {
        this(consumer(bootstrap, instance));
    }

    KafkaSignalLog(Map<String, Object> consumer) {
        options = ReceiverOptions.<byte[], byte[]>create(consumer)
                .commitInterval(Duration.ofSeconds(1))
                // Else whoever has signals under way holds up the whole group for up to a minute. What is received
                // twice
                // for that is known by point and time.
                .maxDelayRebalance(Duration.ZERO)
                .closeTimeout(LONGEST_CLOSING)
                .commitBatchSize(0)
                .maxDeferredCommits(MOST_OUT_OF_ORDER)
                .subscription(List.of(TelemetryTopics.SIGNALS));
    }

    @Override
    public Flux<Received> receive() {
        return KafkaReceiver.create(LeavingConsumer.FACTORY, options)
                .receive()
                .map(message -> new Received(
                        message.key() == null ? new byte[0] : message.key(),
                        message.value() == null ? new byte[0] : message.value(),
                        message.partition(),
                        message.offset(),
                        message.receiverOffset()::acknowledge));
    }

    static Map<String, Object> consumer(String bootstrap, String instance) {
        Map<String, Object> settings = new HashMap<>();
        settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, "forgewatch-signals");
        settings.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, instance);
        settings.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        settings.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        // With the cooperative one this receiver fails, where a commit does of a partition that is taken from it.
        settings.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, List.of(RangeAssignor.class.getName()));
        settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 10_000);
        settings.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 2_000);
        // The others wait so long for one that does not answer any more.
        settings.put(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, 30_000);
        settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 250);
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 200);
        return settings;
    }
}
