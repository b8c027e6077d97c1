package io.forgewatch.query.projection;

import io.forgewatch.event.RecordHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.kafka.receiver.KafkaReceiver;
import reactor.kafka.receiver.ReceiverOptions;
import reactor.kafka.receiver.ReceiverPartition;

/**
 * Reads {@code forgewatch.events}. Its one partition is assigned by hand and no offset is committed: there is no group, so no
 * rebalance, and each projection goes on from the place that it wrote beside its documents.
 */
final class KafkaEventLog implements EventLog, AutoCloseable {

    private static final int PATIENCE_MILLIS = 5_000;

    private final String bootstrap;
    private final String topic;
    private final Mono<Admin> admin;
    private final TopicIdentity identity;
    private volatile @Nullable Admin connected;

    KafkaEventLog(String bootstrap, String topic) {
        this.bootstrap = bootstrap;
        this.topic = topic;
        this.admin = Mono.fromCallable(this::connect)
                .subscribeOn(Schedulers.boundedElastic())
                .cacheInvalidateIf(none -> false);
        this.identity = new TopicIdentity(admin, topic);
    }

    @Override
    public Flux<List<LoggedEvent>> from(long offset) {
        return identity.id()
                // Making a consumer reads files and looks names up.
                .publishOn(Schedulers.boundedElastic())
                .flatMapMany(begun -> received(offset).concatMap(batch -> stillOf(begun, batch), 1))
                .publishOn(FoldingThreads.EACH, 1);
    }

    private Flux<List<LoggedEvent>> received(long offset) {
        ReceiverOptions<byte[], byte[]> options = ReceiverOptions.<byte[], byte[]>create(
                        EventConsumer.settings(bootstrap))
                .assignment(List.of(new TopicPartition(topic, 0)))
                .addAssignListener(partitions -> partitions.forEach(partition -> seek(partition, offset)));
        return KafkaReceiver.create(options)
                .receiveBatch(1)
                .concatMap(batch -> batch.map(KafkaEventLog::logged).collectList(), 1)
                .filter(batch -> !batch.isEmpty());
    }

    /**
     * What another topic has is taken by no reading that began in this one. Records that name the event before them are known by
     * that; about others, which a relay of the release before wrote, the broker is asked after they came.
     */
    private Mono<List<LoggedEvent>> stillOf(Uuid begun, List<LoggedEvent> batch) {
        return batch.stream().allMatch(LoggedEvent::isLinked) ? Mono.just(batch) : asked(begun, batch);
    }

    private Mono<List<LoggedEvent>> asked(Uuid begun, List<LoggedEvent> batch) {
        return identity.id()
                .flatMap(now -> now.equals(begun)
                        ? Mono.just(batch)
                        : Mono.error(new IllegalStateException(topic + " was deleted and made again")));
    }

    @Override
    public Mono<Long> begin() {
        return offset(OffsetSpec.earliest());
    }

    @Override
    public Mono<Long> end() {
        return offset(OffsetSpec.latest());
    }

    /** The client writes an error to the log for each question about a topic that is not there yet: it is asked for none. */
    private Mono<Long> offset(OffsetSpec which) {
        TopicPartition partition = new TopicPartition(topic, 0);
        return identity.now()
                .then(admin)
                .flatMap(client -> Mono.fromCompletionStage(() -> client.listOffsets(Map.of(partition, which))
                        .partitionResult(partition)
                        .toCompletionStage()))
                .map(ListOffsetsResultInfo::offset)
                .publishOn(FoldingThreads.EACH);
    }

    @Override
    public void close() {
        Admin client = connected;
        if (client != null) {
            client.close(Duration.ofMillis(PATIENCE_MILLIS));
        }
    }

    private Admin connect() {
        Admin client = Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrap,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                PATIENCE_MILLIS,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                PATIENCE_MILLIS));
        connected = client;
        return client;
    }

    /** What both readers of Kafka on this side have in common: the broker answers as soon as there is one record. */
    static Map<String, Object> consumer(String bootstrap) {
        return Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrap,
                ConsumerConfig.GROUP_ID_CONFIG,
                "forgewatch-query",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                false,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest",
                ConsumerConfig.FETCH_MIN_BYTES_CONFIG,
                1,
                ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
                250,
                ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
                ByteArrayDeserializer.class,
                ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
                ByteArrayDeserializer.class);
    }

    private static void seek(ReceiverPartition partition, long offset) {
        if (offset <= 0) {
            partition.seekToBeginning();
        } else {
            partition.seek(offset);
        }
    }

    private static LoggedEvent logged(ConsumerRecord<byte[], byte[]> kafka) {
        return new LoggedEvent(
                kafka.offset(),
                position(kafka),
                id(kafka, RecordHeaders.ID),
                id(kafka, RecordHeaders.AFTER),
                text(kafka.key()),
                bytes(kafka.value()));
    }

    private static long position(ConsumerRecord<byte[], byte[]> kafka) {
        return RecordHeaders.position(header(kafka, RecordHeaders.POSITION))
                .orElseThrow(() -> new BrokenLogException("The record at offset " + kafka.offset() + " of "
                        + kafka.topic() + " has no 8-byte '" + RecordHeaders.POSITION
                        + "' header: something else than the relay wrote it."));
    }

    /** Nothing at all is no event, like other bytes that are none. */
    private static byte[] bytes(byte @Nullable [] value) {
        return value == null ? new byte[0] : value;
    }

    private static @Nullable UUID id(ConsumerRecord<byte[], byte[]> kafka, String name) {
        return RecordHeaders.id(header(kafka, name)).orElse(null);
    }

    private static byte @Nullable [] header(ConsumerRecord<byte[], byte[]> kafka, String name) {
        Header header = kafka.headers().lastHeader(name);
        return header == null ? null : header.value();
    }

    private static @Nullable String text(byte @Nullable [] key) {
        return key == null ? null : new String(key, StandardCharsets.UTF_8);
    }
}
