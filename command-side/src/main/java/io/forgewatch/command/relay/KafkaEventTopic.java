package io.forgewatch.command.relay;

import io.forgewatch.event.EventJson;
import io.forgewatch.event.RecordedEvent;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
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

    private static final TopicPartition PARTITION = new TopicPartition(NAME, 0);
    private static final int LARGEST_RECORD = 2 << 20;
    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(30);
    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(3);
    private static final Duration LOOK = Duration.ofSeconds(5);

    private final String bootstrap;
    private final short replication;

    KafkaEventTopic(String bootstrap, short replication) {
        this.bootstrap = bootstrap;
        this.replication = replication;
    }

    @Override
    public Mono<Void> create() {
        return blocking(() -> {
                    make();
                    return NAME;
                })
                .then();
    }

    @Override
    public Mono<Last> last() {
        return blocking(() -> {
            Extent extent = extent();
            return extent.isEmpty() ? Last.none(extent.end) : readLast(extent);
        });
    }

    @Override
    public Mono<Void> clear(Last last) {
        return Mono.<Void>fromCallable(() -> {
                    try (Admin admin = admin()) {
                        return answer(admin.deleteRecords(Map.of(PARTITION, RecordsToDelete.beforeOffset(last.end())))
                                .all());
                    }
                })
                .subscribeOn(Schedulers.boundedElastic());
    }

    @Override
    public Flux<Long> send(Last behind, Flux<RecordedEvent> events) {
        AtomicLong there = new AtomicLong(Math.max(0, behind.position()));
        return Flux.using(
                () -> KafkaSender.create(options()),
                sender -> sender.send(events.map(KafkaEventTopic::entry))
                        .map(result -> result.correlationMetadata())
                        .doOnNext(position -> there.accumulateAndGet(position, Math::max))
                        .mergeWith(hole(there)),
                KafkaSender::close);
    }

    /** Fails when the topic has fewer records than it was told to have; a broker that does not answer says nothing. */
    private static Mono<Long> failing(long acknowledged, long records) {
        return records >= acknowledged
                ? Mono.empty()
                : Mono.error(new IllegalStateException(
                        NAME + " has " + records + " records, and had events up to position " + acknowledged));
    }

    private Flux<Long> hole(AtomicLong there) {
        return Flux.interval(LOOK, Schedulers.boundedElastic())
                .onBackpressureDrop()
                .concatMap(
                        tick -> {
                            long acknowledged = there.get();
                            return blocking(this::extent)
                                    .onErrorResume(silent -> Mono.empty())
                                    .flatMap(extent -> failing(acknowledged, extent.end - extent.begin));
                        },
                        1);
    }

    /** Kafka's admin and its consumer block. */
    private static <T> Mono<T> blocking(Callable<T> question) {
        return Mono.fromCallable(question).subscribeOn(Schedulers.boundedElastic());
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
                .stopOnError(true)
                // A sender is closed in the thread that tells its failure, and waits there for what is under way.
                .scheduler(Schedulers.boundedElastic())
                .closeTimeout(LONGEST_CLOSE);
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

    /** The offsets of the first record and behind the last. */
    private record Extent(long begin, long end) {

        boolean isEmpty() {
            return begin == end;
        }
    }

    private void make() throws ExecutionException, InterruptedException, TimeoutException {
        try (Admin admin = admin()) {
            NewTopic topic = new NewTopic(NAME, 1, replication)
                    .configs(Map.of(
                            "retention.ms", "-1",
                            "retention.bytes", "-1",
                            "max.message.bytes", String.valueOf(LARGEST_RECORD)));
            var unused = answer(admin.createTopics(List.of(topic)).all());
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
    }

    private Extent extent() throws ExecutionException, InterruptedException, TimeoutException {
        try (Admin admin = admin()) {
            // To ask for offsets of a topic that is not there would wait until it is.
            var unused = answer(admin.describeTopics(List.of(NAME)).allTopicNames());
            return new Extent(offset(admin, OffsetSpec.earliest()), offset(admin, OffsetSpec.latest()));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return new Extent(0, 0);
            }
            throw e;
        }
    }

    private static long offset(Admin admin, OffsetSpec which)
            throws ExecutionException, InterruptedException, TimeoutException {
        return answer(admin.listOffsets(Map.of(PARTITION, which)).partitionResult(PARTITION))
                .offset();
    }

    private Admin admin() {
        return Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap));
    }

    private static <T> T answer(KafkaFuture<T> asked)
            throws ExecutionException, InterruptedException, TimeoutException {
        return asked.get(LONGEST_ANSWER.toSeconds(), TimeUnit.SECONDS);
    }

    private Last readLast(Extent extent) throws TimeoutException {
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
            consumer.seek(PARTITION, extent.end - 1);
            long deadline = System.nanoTime() + LONGEST_ANSWER.toNanos();
            while (System.nanoTime() < deadline) {
                for (ConsumerRecord<byte[], byte[]> last : consumer.poll(Duration.ofSeconds(1))) {
                    return last(last, extent);
                }
            }
            throw new TimeoutException("The last record of " + NAME + " could not be read");
        }
    }

    private static Last last(ConsumerRecord<byte[], byte[]> found, Extent extent) {
        Last foreign = Last.foreign(extent.begin, extent.end);
        Header header = found.headers().lastHeader(POSITION);
        if (header == null || header.value().length != Long.BYTES) {
            return foreign;
        }
        long position = ByteBuffer.wrap(header.value()).getLong();
        return id(found)
                .map(id -> new Last(position, id, extent.begin, extent.end))
                .orElse(foreign);
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
