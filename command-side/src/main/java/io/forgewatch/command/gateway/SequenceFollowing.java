package io.forgewatch.command.gateway;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;

/**
 * Keeps the {@link SequenceMemory} as the frames in the log say, whichever door wrote them: at start from the windows that are kept
 * and the frames after them, then live. On a thread of its own, beginning again with backoff after whatever went wrong, from where
 * it was.
 */
final class SequenceFollowing implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SequenceFollowing.class);
    private static final Duration POLL = Duration.ofMillis(200);

    /**
     * Between two looks: a fetch for each frame would keep the broker busy, and one that waits there for many is looked at by it with
     * every frame. What that leaves open is in ADR 33.
     */
    private static final Duration PAUSE = Duration.ofMillis(25);

    private static final int MOST = 5_000;

    /** Then more is there already. */
    private static final int MUCH = MOST / 10;

    private final String bootstrap;
    private final WindowKeeping.Rule rule;
    private final List<FollowedPartition> partitions;
    /** Of those whose threads may wait. */
    private final Scheduler scheduler = Schedulers.newBoundedElastic(1, 16, "sequences", 60, true);

    private final Sinks.Empty<Void> caughtUp = Sinks.empty();
    private final AtomicBoolean begun = new AtomicBoolean();
    private final Disposable.Swap running = Disposables.swap();
    private volatile boolean stopped;

    @Nullable
    private volatile Consumer<byte[], byte[]> reading;

    private volatile long heardAt = System.nanoTime();
    /** Only of the following thread. */
    private boolean restored;

    SequenceFollowing(String bootstrap, SequenceMemory memory, WindowKeeping.Rule rule) {
        this.bootstrap = bootstrap;
        this.rule = rule;
        partitions = IntStream.range(0, TelemetryTopics.PARTITIONS)
                .mapToObj(number -> new FollowedPartition(number, memory))
                .toList();
    }

    /**
     * Begins; completes when all that was in the log is in the memory.
     *
     * @param gateways how many gateways there are; only needed where no windows are kept
     */
    Mono<Void> begin(int gateways) {
        if (begun.compareAndSet(false, true)) {
            running.update(Mono.<Void>fromRunnable(() -> follow(gateways))
                    .subscribeOn(scheduler)
                    .retryWhen(Retry.backoff(Long.MAX_VALUE, Duration.ofMillis(500))
                            .maxBackoff(Duration.ofSeconds(10))
                            .jitter(0.5)
                            .filter(failure -> !stopped)
                            .doBeforeRetry(retry -> LOG.warn("The frames' numbers are followed anew", retry.failure())))
                    .doFinally(signal -> scheduler.dispose())
                    .subscribe(nothing -> {}, this::over));
        }
        return caughtUp.asMono();
    }

    private void over(Throwable failure) {
        if (!stopped) {
            LOG.error("The frames' numbers are not followed any more", failure);
        }
    }

    /** How long nothing has been read. */
    Duration heardAgo() {
        return Duration.ofNanos(Math.max(0, System.nanoTime() - heardAt));
    }

    /** The partitions with frames that only newer code reads. */
    List<Integer> beyondThisCode() {
        return partitions.stream()
                .filter(FollowedPartition::isBeyondThisCode)
                .map(FollowedPartition::number)
                .toList();
    }

    private void follow(int gateways) {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(settings());
                WindowKeeping keeping = new WindowKeeping(bootstrap, rule)) {
            reading = consumer;
            if (!restored) {
                restore(consumer, gateways);
                restored = true;
            }
            Map<TopicPartition, FollowedPartition> byName = assign(consumer);
            Map<TopicPartition, Long> ends = new HashMap<>(consumer.endOffsets(byName.keySet()));
            while (!stopped) {
                ConsumerRecords<byte[], byte[]> messages = consumer.poll(POLL);
                messages.forEach(this::take);
                byName.forEach((name, partition) -> {
                    partition.moveTo(consumer.position(name));
                    if (partition.position() >= ends.getOrDefault(name, 0L)) {
                        ends.remove(name);
                    }
                });
                if (!messages.isEmpty()) {
                    heardAt = System.nanoTime();
                }
                if (messages.count() < MUCH) {
                    LockSupport.parkNanos(PAUSE.toNanos());
                }
                if (ends.isEmpty()) {
                    caughtUp.tryEmitEmpty();
                    partitions.forEach(keeping::look);
                }
            }
        }
    }

    /** All frames from where they are to be read, and of the kept windows what is new. */
    private Map<TopicPartition, FollowedPartition> assign(Consumer<byte[], byte[]> consumer) {
        Map<TopicPartition, FollowedPartition> byName = new HashMap<>();
        partitions.forEach(one -> byName.put(new TopicPartition(TelemetryTopics.TELEMETRY, one.number()), one));
        List<TopicPartition> windows = partitions.stream()
                .map(one -> new TopicPartition(TelemetryTopics.SEQUENCES, one.number()))
                .toList();
        List<TopicPartition> all =
                Stream.concat(byName.keySet().stream(), windows.stream()).toList();
        consumer.assign(all);
        consumer.resume(all);
        byName.forEach((name, partition) -> consumer.seek(name, partition.position()));
        consumer.seekToEnd(windows);
        return byName;
    }

    private void take(ConsumerRecord<byte[], byte[]> message) {
        FollowedPartition partition = partitions.get(message.partition());
        if (message.topic().equals(TelemetryTopics.TELEMETRY)) {
            partition.take(message);
        } else if (isMark(message)) {
            try {
                partition.kept(KeptMark.of(message.value()));
            } catch (IllegalArgumentException e) {
                LOG.debug("A mark of newer code", e);
            }
        }
    }

    private static boolean isMark(ConsumerRecord<byte[], byte[]> message) {
        return message.key() != null
                && message.value() != null
                && KeptMark.isKey(new String(message.key(), StandardCharsets.US_ASCII));
    }

    private void restore(Consumer<byte[], byte[]> consumer, int gateways) {
        long started = System.nanoTime();
        List<KeptWindows> kept = KeptWindows.read(consumer);
        List<TopicPartition> names = partitions.stream()
                .map(one -> new TopicPartition(TelemetryTopics.TELEMETRY, one.number()))
                .toList();
        consumer.assign(names);
        Map<TopicPartition, Long> ends = consumer.endOffsets(names);
        List<FollowedPartition> unknown = partitions.stream()
                .filter(one -> !restore(one, kept.get(one.number()), ends.getOrDefault(names.get(one.number()), 0L)))
                .toList();
        if (!unknown.isEmpty()) {
            new SequenceRecovery(consumer).read(unknown, gateways);
        }
        LOG.info(
                "Windows of {} gateways restored in {} ms",
                kept.stream().mapToInt(one -> one.windows().size()).sum(),
                Duration.ofNanos(System.nanoTime() - started).toMillis());
    }

    /** Says whether it is known from where on frames are to be read. */
    private static boolean restore(FollowedPartition partition, KeptWindows kept, long end) {
        kept.windows().forEach(partition::restore);
        long start = kept.start();
        if (start == KeptWindows.UNKNOWN || start > end) {
            return false;
        }
        partition.moveTo(start);
        return true;
    }

    @Override
    public void close() {
        stopped = true;
        Consumer<byte[], byte[]> current = reading;
        if (current != null) {
            current.wakeup();
        } else {
            running.dispose();
            scheduler.dispose();
        }
    }

    private Map<String, Object> settings() {
        return Map.ofEntries(
                Map.entry(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap),
                Map.entry(ConsumerConfig.CLIENT_ID_CONFIG, "forgewatch-sequences"),
                Map.entry(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false),
                Map.entry(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest"),
                Map.entry(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MOST),
                Map.entry(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 32 << 20),
                Map.entry(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 8 << 20),
                Map.entry(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class),
                Map.entry(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class));
    }
}
