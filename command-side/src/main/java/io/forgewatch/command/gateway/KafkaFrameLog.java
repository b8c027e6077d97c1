package io.forgewatch.command.gateway;

import io.forgewatch.event.telemetry.Pulse;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.kafka.sender.KafkaSender;
import reactor.kafka.sender.SenderOptions;
import reactor.kafka.sender.SenderResult;
import reactor.util.retry.Retry;

/**
 * Writes frames through a {@link SenderRun}, and begins another one whenever one ended: after an error that is fatal to the sender,
 * and when nothing at all has been confirmed for a minute, since a client can be broken without saying so.
 */
final class KafkaFrameLog implements FrameLog, AutoCloseable {

    /** From so long without a confirmation on, a partition is away. */
    static final Duration AWAY_AFTER = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(KafkaFrameLog.class);
    private static final int MOST_UNDER_WAY = 2_048;
    private static final int MOST_IN_CLIENT = 1_024;
    /** Half of what the client may hold. */
    private static final long MOST_BYTES = 32L << 20;
    /** Longer than the client tries. */
    private static final Duration MOST_WAIT = Duration.ofSeconds(12);

    private static final Duration BROKEN_AFTER = Duration.ofSeconds(60);
    private static final Duration LOOK = Duration.ofSeconds(5);
    private static final Duration CLOSING = Duration.ofSeconds(5);

    private final String topic;
    /** Of those whose threads may wait: making a client does, and sending can. */
    private final Scheduler scheduler = Schedulers.newBoundedElastic(1, 10_000, "frame-log", 60, true);

    private final Confirmations confirmations = new Confirmations(TelemetryTopics.PARTITIONS, System::nanoTime);
    private final LogRoom room = new LogRoom(TelemetryTopics.PARTITIONS, MOST_UNDER_WAY, MOST_BYTES);
    private final Counter dropped;
    private final Counter runs;
    private final Disposable sending;

    @Nullable
    private volatile SenderRun run;

    KafkaFrameLog(String bootstrap, String topic, MeterRegistry registry) {
        this(
                () -> KafkaSender.create(SenderOptions.<byte[], byte[]>create(FrameProducer.settings(bootstrap))
                        .maxInFlight(MOST_IN_CLIENT)
                        .closeTimeout(CLOSING)
                        .stopOnError(false)),
                topic,
                registry);
    }

    /** @param senders makes one for each run */
    KafkaFrameLog(Supplier<KafkaSender<byte[], byte[]>> senders, String topic, MeterRegistry registry) {
        this.topic = topic;
        dropped = Counter.builder("forgewatch.frames.dropped")
                .description("Frames that nobody waited for any more before they were sent")
                .register(registry);
        runs = Counter.builder("forgewatch.frames.sender.runs")
                .description("How often the sender of frames was begun")
                .register(registry);
        Gauge.builder("forgewatch.frames.queued", room, LogRoom::records)
                .description("Frames that are not confirmed")
                .register(registry);
        Gauge.builder("forgewatch.frames.queued.bytes", room, LogRoom::bytes)
                .description("Bytes of frames that are not confirmed")
                .baseUnit("bytes")
                .register(registry);
        Gauge.builder(
                        "forgewatch.frames.unconfirmed",
                        this,
                        log -> log.unconfirmed().toMillis() / 1_000.0)
                .description("Since when nothing was confirmed in that partition where it is longest")
                .baseUnit("seconds")
                .register(registry);
        sending = Flux.defer(() -> run(senders.get()))
                .subscribeOn(scheduler)
                // A sender that just ends is as bad as one that fails.
                .concatWith(Mono.error(() -> new IllegalStateException("The sender ended")))
                .retryWhen(Retry.backoff(Long.MAX_VALUE, Duration.ofMillis(200))
                        .maxBackoff(Duration.ofSeconds(10))
                        .transientErrors(true)
                        .jitter(0.5)
                        .doBeforeRetry(retry -> LOG.warn("The sender of frames is begun again", retry.failure())))
                .subscribe(nothing -> {}, failure -> LOG.error("No frame can be written any more", failure));
    }

    private Flux<SenderResult<LogWrite>> run(KafkaSender<byte[], byte[]> sender) {
        return Flux.using(
                () -> {
                    runs.increment();
                    SenderRun next = new SenderRun(sender, scheduler, this::result, this::ended);
                    run = next;
                    return next;
                },
                next -> next.sending().takeUntilOther(broken()),
                next -> {
                    run = null;
                    next.close();
                });
    }

    /** Comes when this run has confirmed nothing for so long that another one is worth a try. */
    private Mono<Long> broken() {
        return Flux.interval(BROKEN_AFTER, LOOK)
                .filter(tick -> confirmations.missedEverywhere().compareTo(BROKEN_AFTER) > 0)
                .next();
    }

    private void result(LogWrite write, SenderResult<LogWrite> sent) {
        room.leave(write.partition(), write.size());
        Place place = SenderRun.place(sent);
        if (place == null) {
            write.failed(undecided(write, "It was not confirmed", sent.exception()));
        } else {
            confirmations.confirmed(write.triedAt(), place);
            write.confirmed(place);
        }
    }

    private void ended(LogWrite write) {
        room.leave(write.partition(), write.size());
        if (write.giveUp()) {
            dropped.increment();
            write.failed(new NotWrittenException("It was not sent"));
        } else {
            write.failed(undecided(write, "The sender ended", null));
        }
    }

    private UndecidedException undecided(LogWrite write, String message, @Nullable Throwable cause) {
        long moment = confirmations.now();
        return new UndecidedException(message, cause, () -> confirmations.later(write.partition(), moment));
    }

    @Override
    public Mono<Place> write(String enterpriseId, byte[] frame, long arrivedAt) {
        byte[] key = enterpriseId.getBytes(StandardCharsets.US_ASCII);
        return write(new ProducerRecord<>(topic, partition(key), arrivedAt, key, frame));
    }

    /** As Kafka's own partitioner does it; we must know it beforehand. */
    private static int partition(byte[] key) {
        return Utils.toPositive(Utils.murmur2(key)) % TelemetryTopics.PARTITIONS;
    }

    @Override
    public Mono<Place> pulse(int partition, long at) {
        return write(new ProducerRecord<>(topic, partition, at, null, new Pulse(at).bytes()));
    }

    private Mono<Place> write(ProducerRecord<byte[], byte[]> message) {
        LogWrite write = new LogWrite(message, confirmations.tried(message.partition()));
        SenderRun current = run;
        if (current == null) {
            return Mono.error(new NotWrittenException("The log is closed"));
        }
        if (!room.enter(write.partition(), write.size(), isAway(write.partition()))) {
            return Mono.error(new NotWrittenException("There is no room"));
        }
        if (!current.offer(write)) {
            room.leave(write.partition(), write.size());
            return Mono.error(new NotWrittenException("The log is closed"));
        }
        return write.end().timeout(MOST_WAIT, Mono.defer(() -> Mono.error(late(write))));
    }

    private RuntimeException late(LogWrite write) {
        return write.giveUp()
                ? new NotWrittenException("It was not sent in time")
                : undecided(write, "It was not confirmed in time", null);
    }

    private boolean isAway(int partition) {
        return confirmations.missed(partition).compareTo(AWAY_AFTER) > 0;
    }

    /** How long nothing has been confirmed in that partition where it is longest; zero when all is well. */
    Duration unconfirmed() {
        return confirmations.longestMissed();
    }

    /** Whether something is to be written to a partition, so that it shows how it is. */
    boolean isTrying(int partition) {
        return room.records(partition) > 0;
    }

    /** How long nothing has been confirmed in a partition. */
    Duration unconfirmed(int partition) {
        return confirmations.missed(partition);
    }

    /** How many frames are not confirmed. */
    int queued() {
        return room.records();
    }

    @Override
    public void close() {
        sending.dispose();
        scheduler.dispose();
    }
}
