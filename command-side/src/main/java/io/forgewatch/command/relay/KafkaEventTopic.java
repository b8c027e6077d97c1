package io.forgewatch.command.relay;

import io.forgewatch.event.EventJson;
import io.forgewatch.event.RecordHeaders;
import io.forgewatch.event.RecordedEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.kafka.sender.KafkaSender;
import reactor.kafka.sender.SenderOptions;
import reactor.kafka.sender.SenderRecord;
import tools.jackson.core.JacksonException;

/**
 * Kafka topic {@code forgewatch.events}: one partition, so that its order is the store's; kept for ever. Key: the enterprise,
 * or the subject of what belongs to none. Value: {@link EventJson#envelope}. Headers: {@link RecordHeaders}; by the id of the event
 * before, a reader knows that both are of one history.
 */
final class KafkaEventTopic implements EventTopic, AutoCloseable {

    static final String NAME = "forgewatch.events";

    private static final TopicPartition PARTITION = new TopicPartition(NAME, 0);
    private static final ConfigResource RESOURCE = new ConfigResource(ConfigResource.Type.TOPIC, NAME);
    private static final int PATIENCE_MILLIS = 5_000;
    private static final Duration LONGEST_READ = Duration.ofSeconds(10);
    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(3);
    private static final Duration LOOK = Duration.ofSeconds(5);
    /** Whom the brokers do not answer for so long is not to keep others from sending: what is sent is tried for ever. */
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(10);

    private static final Map<String, String> KEPT_FOR_EVER = Map.of(
            "cleanup.policy", "delete",
            "retention.ms", "-1",
            "retention.bytes", "-1",
            "max.message.bytes", String.valueOf(EventProducer.LARGEST_RECORD));

    private final String bootstrap;
    private final short replication;
    private final Mono<Admin> admin;

    @Nullable
    private volatile Admin connected;

    KafkaEventTopic(String bootstrap, short replication) {
        this.bootstrap = bootstrap;
        this.replication = replication;
        this.admin = Mono.fromCallable(this::connect)
                // It looks the brokers' names up.
                .subscribeOn(Schedulers.boundedElastic())
                .cacheInvalidateIf(none -> false);
    }

    @Override
    public Mono<Void> create() {
        NewTopic topic = new NewTopic(NAME, 1, replication).configs(KEPT_FOR_EVER);
        return asked(kafka -> kafka.createTopics(List.of(topic)).all())
                // Who made it may have had other things in mind.
                .onErrorResume(
                        TopicExistsException.class,
                        there -> asked(kafka -> kafka.incrementalAlterConfigs(Map.of(
                                        RESOURCE,
                                        KEPT_FOR_EVER.entrySet().stream()
                                                .map(kept -> new AlterConfigOp(
                                                        new ConfigEntry(kept.getKey(), kept.getValue()),
                                                        AlterConfigOp.OpType.SET))
                                                .toList()))
                                .all()));
    }

    @Override
    public Mono<Last> last() {
        return extent().flatMap(extent -> extent.isEmpty()
                ? Mono.just(Last.none(extent.end))
                // Kafka's consumer blocks.
                : Mono.fromCallable(() -> readEnds(extent)).subscribeOn(Schedulers.boundedElastic()));
    }

    @Override
    public Mono<Void> clear(Last last) {
        return asked(kafka -> kafka.deleteRecords(Map.of(PARTITION, RecordsToDelete.beforeOffset(last.end())))
                .all());
    }

    @Override
    public Flux<Long> send(Last behind, Flux<RecordedEvent> events) {
        AtomicLong there = new AtomicLong(behind.position());
        // Sent one after the other, as they come.
        AtomicReference<@Nullable UUID> before = new AtomicReference<>(behind.id());
        return Flux.using(
                () -> KafkaSender.create(options()),
                sender -> sender.send(events.map(event -> entry(event, before.getAndSet(event.id()))))
                        .map(result -> result.correlationMetadata())
                        .doOnNext(position -> there.accumulateAndGet(position, Math::max))
                        .mergeWith(hole(behind.begin(), there)),
                KafkaSender::close);
    }

    /** Closes the connection to the brokers, where there is one. */
    @Override
    public void close() {
        Admin client = connected;
        if (client != null) {
            client.close(LONGEST_CLOSE);
        }
    }

    /** Fails when records are gone, and when the brokers have not answered for a while. */
    private Flux<Long> hole(long begin, AtomicLong there) {
        AtomicLong heard = new AtomicLong(System.nanoTime());
        return Flux.interval(LOOK, Schedulers.boundedElastic())
                .onBackpressureDrop()
                .concatMap(
                        tick -> {
                            long acknowledged = there.get();
                            return extent().timeout(LONGEST_SILENCE)
                                    .doOnNext(extent -> heard.set(System.nanoTime()))
                                    .onErrorResume(silent -> System.nanoTime() - heard.get() < LONGEST_SILENCE.toNanos()
                                            ? Mono.empty()
                                            : Mono.error(new IllegalStateException(
                                                    "Kafka does not answer: the relay is left to an instance that"
                                                            + " it answers. Kafka 无应答，由其他实例转发。",
                                                    silent)))
                                    .filter(extent -> extent.begin != begin || extent.records() < acknowledged)
                                    .flatMap(extent -> Mono.error(new IllegalStateException(NAME + " has "
                                            + extent.records() + " records from offset " + extent.begin
                                            + " on, and had events up to position " + acknowledged)));
                        },
                        1);
    }

    private SenderOptions<byte[], byte[]> options() {
        return SenderOptions.<byte[], byte[]>create(EventProducer.settings(bootstrap))
                .maxInFlight(1_024)
                .stopOnError(true)
                // A sender is closed in the thread that tells its failure, and waits there for what is under way.
                .scheduler(Schedulers.boundedElastic())
                .closeTimeout(LONGEST_CLOSE);
    }

    private static SenderRecord<byte[], byte[], Long> entry(RecordedEvent event, @Nullable UUID before) {
        String enterprise = event.event().enterpriseId();
        String key = enterprise == null ? event.event().subject().id() : enterprise;
        ProducerRecord<byte[], byte[]> entry =
                new ProducerRecord<>(NAME, 0, key.getBytes(StandardCharsets.UTF_8), EventJson.envelope(event));
        entry.headers()
                .add(RecordHeaders.POSITION, RecordHeaders.bytes(event.position()))
                .add(RecordHeaders.ID, RecordHeaders.bytes(event.id()));
        if (before != null) {
            entry.headers().add(RecordHeaders.AFTER, RecordHeaders.bytes(before));
        }
        return SenderRecord.create(entry, event.position());
    }

    /** The offsets of the first record and behind the last. */
    private record Extent(long begin, long end) {

        boolean isEmpty() {
            return begin == end;
        }

        long records() {
            return end - begin;
        }
    }

    private Mono<Extent> extent() {
        // To ask for offsets of a topic that is not there would wait until it is.
        return asked(kafka -> kafka.describeTopics(List.of(NAME)).allTopicNames())
                .then(Mono.defer(() -> offset(OffsetSpec.earliest())))
                .zipWhen(begin -> offset(OffsetSpec.latest()), Extent::new)
                .onErrorResume(UnknownTopicOrPartitionException.class, none -> Mono.just(new Extent(0, 0)));
    }

    private Mono<Long> offset(OffsetSpec which) {
        return this.<ListOffsetsResultInfo>told(
                        kafka -> kafka.listOffsets(Map.of(PARTITION, which)).partitionResult(PARTITION))
                .map(ListOffsetsResultInfo::offset);
    }

    private Mono<Void> asked(Function<Admin, KafkaFuture<?>> question) {
        return this.<Object>told(kafka -> question.apply(kafka).thenApply(answer -> NAME))
                .then();
    }

    private <T> Mono<T> told(Function<Admin, KafkaFuture<T>> question) {
        return admin.flatMap(kafka ->
                        Mono.fromCompletionStage(() -> question.apply(kafka).toCompletionStage()))
                .publishOn(Schedulers.boundedElastic());
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

    private Last readEnds(Extent extent) throws TimeoutException {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrap,
                        ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                        false,
                        // Who emptied it meanwhile is seen at the next look.
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "none",
                        ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                        PATIENCE_MILLIS,
                        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                        1),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.assign(List.of(PARTITION));
            long first = position(at(consumer, extent.begin)).orElse(0L);
            ConsumerRecord<byte[], byte[]> last = at(consumer, extent.end - 1);
            Optional<Long> position = position(last);
            Optional<UUID> id = id(last);
            return position.isPresent() && id.isPresent()
                    ? new Last(position.get(), id.get(), first, extent.begin, extent.end)
                    : Last.foreign(extent.begin, extent.end);
        }
    }

    private static ConsumerRecord<byte[], byte[]> at(KafkaConsumer<byte[], byte[]> consumer, long offset)
            throws TimeoutException {
        consumer.seek(PARTITION, offset);
        long deadline = System.nanoTime() + LONGEST_READ.toNanos();
        while (System.nanoTime() < deadline) {
            for (ConsumerRecord<byte[], byte[]> found : consumer.poll(Duration.ofSeconds(1))) {
                return found;
            }
        }
        throw new TimeoutException("The record at offset " + offset + " of " + NAME + " could not be read");
    }

    /** Empty for what the relay did not write. */
    private static Optional<Long> position(ConsumerRecord<byte[], byte[]> found) {
        return RecordHeaders.position(header(found, RecordHeaders.POSITION));
    }

    /** As the record says; of a release before, as its value does. */
    private static Optional<UUID> id(ConsumerRecord<byte[], byte[]> found) {
        return RecordHeaders.id(header(found, RecordHeaders.ID)).or(() -> idInValue(found));
    }

    private static byte @Nullable [] header(ConsumerRecord<byte[], byte[]> found, String name) {
        Header header = found.headers().lastHeader(name);
        return header == null ? null : header.value();
    }

    private static Optional<UUID> idInValue(ConsumerRecord<byte[], byte[]> found) {
        try {
            return Optional.of(UUID.fromString(
                    EventJson.MAPPER.readTree(found.value()).required("id").asString()));
        } catch (JacksonException | IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }
}
