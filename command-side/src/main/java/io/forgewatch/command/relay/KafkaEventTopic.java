package io.forgewatch.command.relay;

import io.forgewatch.event.EventJson;
import io.forgewatch.event.RecordedEvent;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.kafka.sender.KafkaSender;
import reactor.kafka.sender.SenderOptions;
import reactor.kafka.sender.SenderRecord;
import tools.jackson.core.JacksonException;

/**
 * Kafka topic {@code forgewatch.events}: one partition, so that its order is the store's; kept for ever. Key: the enterprise,
 * or the subject of what belongs to none. Value: {@link EventJson#envelope}. Header {@code position}: 8 bytes, big-endian.
 */
final class KafkaEventTopic implements EventTopic {

    static final String NAME = "forgewatch.events";
    static final String POSITION = "position";

    private static final Logger LOG = LoggerFactory.getLogger(KafkaEventTopic.class);
    private static final TopicPartition PARTITION = new TopicPartition(NAME, 0);
    private static final int LARGEST_RECORD = 2 << 20;
    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(30);

    private final String bootstrap;
    private final short replication;

    KafkaEventTopic(String bootstrap, short replication) {
        this.bootstrap = bootstrap;
        this.replication = replication;
    }

    @Override
    public Mono<Last> last() {
        return Mono.fromCallable(() -> {
                    create();
                    return readLast();
                })
                // Kafka's admin and consumer block; this happens once a start.
                .subscribeOn(Schedulers.boundedElastic());
    }

    @Override
    public Mono<Void> clear(Last last) {
        return Mono.<Void>fromCallable(() -> {
                    try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap))) {
                        return admin.deleteRecords(Map.of(PARTITION, RecordsToDelete.beforeOffset(last.end())))
                                .all()
                                .get(LONGEST_ANSWER.toSeconds(), TimeUnit.SECONDS);
                    }
                })
                .subscribeOn(Schedulers.boundedElastic());
    }

    @Override
    public Flux<Long> send(Flux<RecordedEvent> events) {
        return Flux.using(
                () -> KafkaSender.create(options()),
                sender -> sender.send(events.map(KafkaEventTopic::entry)).map(result -> result.correlationMetadata()),
                KafkaSender::close);
    }

    private SenderOptions<byte[], byte[]> options() {
        return SenderOptions.<byte[], byte[]>create(Map.<String, Object>of(
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
                        // A batch that expired would leave a gap behind which later ones arrive: it is tried for ever.
                        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                        Integer.MAX_VALUE))
                .maxInFlight(1_024)
                .stopOnError(true);
    }

    private static SenderRecord<byte[], byte[], Long> entry(RecordedEvent event) {
        String enterprise = event.event().enterpriseId();
        String key = enterprise == null ? event.event().subject().id() : enterprise;
        ProducerRecord<byte[], byte[]> entry =
                new ProducerRecord<>(NAME, 0, key.getBytes(StandardCharsets.UTF_8), EventJson.envelope(event));
        entry.headers()
                .add(
                        POSITION,
                        ByteBuffer.allocate(Long.BYTES)
                                .putLong(event.position())
                                .array());
        return SenderRecord.create(entry, event.position());
    }

    private void create() throws ExecutionException, InterruptedException, TimeoutException {
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap))) {
            NewTopic topic = new NewTopic(NAME, 1, replication)
                    .configs(Map.of(
                            "retention.ms", "-1",
                            "retention.bytes", "-1",
                            "max.message.bytes", String.valueOf(LARGEST_RECORD)));
            var unused = admin.createTopics(List.of(topic)).all().get(LONGEST_ANSWER.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
    }

    private Last readLast() throws TimeoutException {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrap,
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_uncommitted",
                        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                        1),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.assign(List.of(PARTITION));
            long end = Objects.requireNonNull(
                    consumer.endOffsets(List.of(PARTITION), LONGEST_ANSWER).get(PARTITION));
            long begin = Objects.requireNonNull(consumer.beginningOffsets(List.of(PARTITION), LONGEST_ANSWER)
                    .get(PARTITION));
            if (begin == end) {
                return Last.none(end);
            }
            consumer.seek(PARTITION, end - 1);
            long deadline = System.nanoTime() + LONGEST_ANSWER.toNanos();
            while (System.nanoTime() < deadline) {
                for (ConsumerRecord<byte[], byte[]> last : consumer.poll(Duration.ofSeconds(1))) {
                    return last(last, end);
                }
            }
            throw new TimeoutException("The last record of " + NAME + " could not be read");
        }
    }

    private static Last last(ConsumerRecord<byte[], byte[]> found, long end) {
        Header header = found.headers().lastHeader(POSITION);
        if (header == null || header.value().length != Long.BYTES) {
            return Last.foreign(end);
        }
        long position = ByteBuffer.wrap(header.value()).getLong();
        // From the first on, offset n holds position n + 1: a smaller offset means that something is missing.
        if (position > found.offset() + 1) {
            LOG.error("{} lacks events: position {} stands at offset {}", NAME, position, found.offset());
        }
        return id(found).map(id -> new Last(position, id, end)).orElseGet(() -> Last.foreign(end));
    }

    private static Optional<UUID> id(ConsumerRecord<byte[], byte[]> found) {
        try {
            return Optional.of(UUID.fromString(
                    EventJson.MAPPER.readTree(found.value()).required("id").asString()));
        } catch (JacksonException | IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }
}
