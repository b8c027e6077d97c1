package io.forgewatch.query.projection;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.kafka.receiver.KafkaReceiver;
import reactor.kafka.receiver.ReceiverOptions;
import reactor.kafka.receiver.ReceiverPartition;

/**
 * Reads {@code forgewatch.telemetry}. Every instance reads all of it, since each must answer for every device; a frame costs a
 * few microseconds.
 */
final class KafkaFrameLog implements FrameLog {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaFrameLog.class);
    private static final int LARGEST_BATCH = 500;

    /** Then more is there already. */
    private static final int MUCH = LARGEST_BATCH / 4;

    /** What is shown live may be so old; a fetch for each frame, or one that waits at the broker for many, would keep that busy. */
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final Scheduler taking = Schedulers.newBoundedElastic(1, 10_000, "telemetry", 60, true);
    private final String bootstrap;
    private final String topic;
    private final Duration look;

    KafkaFrameLog(String bootstrap, String topic) {
        this(bootstrap, topic, Duration.ofSeconds(60));
    }

    /** @param look how often it looks whether there are more partitions */
    KafkaFrameLog(String bootstrap, String topic, Duration look) {
        this.bootstrap = bootstrap;
        this.topic = topic;
        this.look = look;
    }

    @Override
    public Flux<LoggedFrame> after(Map<Integer, Long> offsets, Instant since) {
        return partitions()
                .flatMapMany(partitions -> KafkaReceiver.create(options(partitions, offsets, since))
                        .receiveBatch(1)
                        .concatMap(Flux::collectList, 1)
                        .concatMap(KafkaFrameLog::paced, 1)
                        .concatMapIterable(batch -> batch, 1)
                        .takeUntilOther(others(partitions.size())))
                .publishOn(taking, LARGEST_BATCH)
                .map(kafka -> new LoggedFrame(kafka.partition(), kafka.offset(), kafka.value()));
    }

    private static <T> Flux<List<T>> paced(List<T> batch) {
        Mono<List<T>> pause = batch.size() < MUCH
                ? Mono.delay(PAUSE, Schedulers.boundedElastic()).then(Mono.empty())
                : Mono.empty();
        return Mono.just(batch).concatWith(pause);
    }

    /** Comes when there is another number of partitions. */
    private Mono<Integer> others(int known) {
        return Flux.interval(look, Schedulers.boundedElastic())
                .onBackpressureDrop()
                .concatMap(tick -> partitions().onErrorComplete(), 1)
                .map(List::size)
                .filter(now -> now != known)
                .next()
                .doOnNext(now -> LOG.info("{} has {} partitions now, not {}", topic, now, known));
    }

    private ReceiverOptions<byte[], byte[]> options(
            List<TopicPartition> partitions, Map<Integer, Long> offsets, Instant since) {
        return ReceiverOptions.<byte[], byte[]>create(KafkaEventLog.consumer(bootstrap))
                .consumerProperty(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, LARGEST_BATCH)
                .assignment(partitions)
                .addAssignListener(
                        assigned -> assigned.forEach(partition -> seek(partition, offsets, since.toEpochMilli())));
    }

    private static void seek(ReceiverPartition partition, Map<Integer, Long> offsets, long since) {
        Long taken = offsets.get(partition.topicPartition().partition());
        if (taken == null) {
            partition.seekToTimestamp(since);
        } else {
            partition.seek(taken + 1);
        }
    }

    /** Asked for on another thread: making a client reads files and looks names up. Fails while the topic is not there yet. */
    private Mono<List<TopicPartition>> partitions() {
        return Mono.using(this::admin, admin -> Mono.fromCompletionStage(() -> described(admin)), Admin::close)
                .subscribeOn(Schedulers.boundedElastic());
    }

    private Admin admin() {
        return Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 10_000));
    }

    private CompletionStage<List<TopicPartition>> described(Admin admin) {
        return Objects.requireNonNull(
                        admin.describeTopics(List.of(topic)).topicNameValues().get(topic))
                .toCompletionStage()
                .thenApply(described -> described.partitions().stream()
                        .map(partition -> new TopicPartition(topic, partition.partition()))
                        .toList());
    }
}
