package io.forgewatch.command.gateway;

import io.forgewatch.event.telemetry.Pulse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.kafka.sender.KafkaSender;
import reactor.kafka.sender.SenderOptions;
import reactor.kafka.sender.SenderRecord;
import reactor.kafka.sender.SenderResult;
import reactor.util.concurrent.Queues;

/**
 * Writes frames through one {@link KafkaSender} that is fed by one stream. All event loops put into a queue for many producers
 * and one consumer: a serialized sink would make them spin on each other.
 */
final class KafkaFrameLog implements FrameLog, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaFrameLog.class);
    private static final int MOST_QUEUED = 2_048;
    private static final Duration MOST_WAIT = Duration.ofSeconds(12);

    private final String topic;
    private final KafkaSender<byte[], byte[]> sender;
    private final Sinks.Many<SenderRecord<byte[], byte[], Sinks.Empty<Void>>> queue = Sinks.unsafe()
            .many()
            .unicast()
            .onBackpressureBuffer(Queues.<SenderRecord<byte[], byte[], Sinks.Empty<Void>>>unboundedMultiproducer()
                    .get());
    private final Scheduler scheduler = Schedulers.newSingle("frame-log", true);
    private final AtomicInteger queued = new AtomicInteger();
    private final Disposable sending;
    private volatile boolean open = true;

    KafkaFrameLog(String bootstrap, String topic) {
        this.topic = topic;
        sender = KafkaSender.create(SenderOptions.<byte[], byte[]>create(FrameProducer.settings(bootstrap))
                .maxInFlight(1_024)
                .stopOnError(false));
        // Sending can wait for metadata or a full buffer: on a thread of its own, never on an event loop.
        sending = sender.send(queue.asFlux().publishOn(scheduler, 256))
                .doFinally(signal -> open = false)
                .subscribe(KafkaFrameLog::sent, failure -> LOG.error("No frame can be written any more", failure));
    }

    private static void sent(SenderResult<Sinks.Empty<Void>> result) {
        Exception failure = result.exception();
        if (failure == null) {
            result.correlationMetadata().tryEmitEmpty();
        } else {
            result.correlationMetadata().tryEmitError(failure);
        }
    }

    @Override
    public Mono<Void> write(String enterpriseId, byte[] frame, long arrivedAt) {
        byte[] key = enterpriseId.getBytes(StandardCharsets.US_ASCII);
        return write(new ProducerRecord<>(topic, null, arrivedAt, key, frame));
    }

    @Override
    public Mono<Void> pulse(int partition, long at) {
        return write(new ProducerRecord<>(topic, partition, at, null, new Pulse(at).bytes()));
    }

    private Mono<Void> write(ProducerRecord<byte[], byte[]> message) {
        if (!open || queued.get() >= MOST_QUEUED) {
            return Mono.error(new NotWrittenException(open ? "The queue is full" : "The log is closed"));
        }
        queued.incrementAndGet();
        Sinks.Empty<Void> written = Sinks.empty();
        Sinks.EmitResult result = queue.tryEmitNext(SenderRecord.create(message, written));
        if (result.isFailure()) {
            queued.decrementAndGet();
            return Mono.error(new NotWrittenException("The queue takes nothing: " + result));
        }
        return written.asMono().timeout(MOST_WAIT).doFinally(signal -> queued.decrementAndGet());
    }

    /** How many frames wait for the disk. */
    int queued() {
        return queued.get();
    }

    @Override
    public void close() {
        open = false;
        queue.tryEmitComplete();
        sending.dispose();
        sender.close();
        scheduler.dispose();
    }
}
