package io.forgewatch.command.detection;

import io.forgewatch.command.gateway.FrameProducer;
import io.forgewatch.command.gateway.TelemetryTopics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.RangeAssignor;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.kafka.receiver.KafkaReceiver;
import reactor.kafka.receiver.ReceiverOptions;
import reactor.kafka.sender.KafkaSender;
import reactor.kafka.sender.SenderOptions;
import reactor.kafka.sender.SenderRecord;
import reactor.kafka.sender.SenderResult;

/** The topic {@code forgewatch.signals}: the one place of the signals' receiver that knows Kafka. */
final class KafkaSignalLog implements SignalLog, AutoCloseable {

    /** In how many rounds a signal could not be done, as decimal digits. */
    private static final String ROUNDS = "rounds";

    /** Digits of the most that is read. */
    private static final int MOST_DIGITS = 6;

    private static final Duration MOST_FOR_A_WRITE = Duration.ofSeconds(20);

    /** Lanes acknowledge out of order; what waits here is numbers, and when there are too many nothing is received. */
    private static final int MOST_OUT_OF_ORDER = 100_000;

    private final ReceiverOptions<byte[], byte[]> options;
    private final KafkaSender<byte[], byte[]> sender;

    KafkaSignalLog(String bootstrap, String instance) {
        options = ReceiverOptions.<byte[], byte[]>create(consumer(bootstrap, instance))
                .commitInterval(Duration.ofSeconds(1))
                .commitBatchSize(0)
                .maxDeferredCommits(MOST_OUT_OF_ORDER)
                .subscription(List.of(TelemetryTopics.SIGNALS));
        Map<String, Object> producer = new HashMap<>(FrameProducer.settings(bootstrap));
        producer.put(ProducerConfig.CLIENT_ID_CONFIG, "forgewatch-signals-again");
        sender = KafkaSender.create(SenderOptions.create(producer));
    }

    @Override
    public Flux<Received> receive() {
        return KafkaReceiver.create(options)
                .receive()
                .map(message -> new Received(
                        message.key() == null ? new byte[0] : message.key(),
                        message.value() == null ? new byte[0] : message.value(),
                        rounds(message.headers()),
                        message.receiverOffset()::acknowledge));
    }

    /** Sending can wait for metadata: never on an event loop. */
    @Override
    public Mono<Void> again(Received signal, int rounds) {
        ProducerRecord<byte[], byte[]> message =
                new ProducerRecord<>(TelemetryTopics.SIGNALS, signal.key(), signal.value());
        message.headers().add(ROUNDS, Integer.toString(rounds).getBytes(StandardCharsets.US_ASCII));
        return sender.send(Mono.just(SenderRecord.create(message, rounds)))
                .next()
                .flatMap(KafkaSignalLog::written)
                .subscribeOn(Schedulers.boundedElastic())
                .timeout(MOST_FOR_A_WRITE);
    }

    private static Mono<Void> written(SenderResult<Integer> result) {
        Exception failure = result.exception();
        return failure == null ? Mono.empty() : Mono.error(failure);
    }

    /** A count that is none is taken for none: the signal is done all the same. */
    static int rounds(Headers headers) {
        Header header = headers.lastHeader(ROUNDS);
        if (header == null || header.value() == null) {
            return 0;
        }
        String digits = new String(header.value(), StandardCharsets.US_ASCII);
        return digits.length() <= MOST_DIGITS && digits.matches("[0-9]+") ? Integer.parseInt(digits) : 0;
    }

    @Override
    public void close() {
        sender.close();
    }

    static Map<String, Object> consumer(String bootstrap, String instance) {
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
