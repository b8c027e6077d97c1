package io.forgewatch.command.gateway;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.kafka.sender.KafkaSender;
import reactor.kafka.sender.SenderRecord;
import reactor.kafka.sender.SenderResult;
import reactor.util.concurrent.Queues;

/**
 * One {@link KafkaSender} from its making to its end, fed by one stream. All event loops put into a queue for many producers and one
 * consumer: a serialized sink would make them spin on each other. However it ends, all that was given to it has an end.
 */
final class SenderRun {

    private static final int PREFETCH = 256;

    private final KafkaSender<byte[], byte[]> sender;
    private final Scheduler scheduler;
    private final BiConsumer<LogWrite, SenderResult<LogWrite>> result;
    private final Consumer<LogWrite> ended;
    private final Sinks.Many<SenderRecord<byte[], byte[], LogWrite>> queue = Sinks.unsafe()
            .many()
            .unicast()
            .onBackpressureBuffer(Queues.<SenderRecord<byte[], byte[], LogWrite>>unboundedMultiproducer()
                    .get());
    private final Set<LogWrite> underWay = ConcurrentHashMap.newKeySet();
    private volatile boolean over;

    /**
     * Nothing is sent before {@link #sending} is subscribed to.
     *
     * @param scheduler for sending, which can wait for metadata or a full buffer
     * @param result told once for each record that has one
     * @param ended told once for each record that has no result, because nobody waited for it or because this run is over
     */
    SenderRun(
            KafkaSender<byte[], byte[]> sender,
            Scheduler scheduler,
            BiConsumer<LogWrite, SenderResult<LogWrite>> result,
            Consumer<LogWrite> ended) {
        this.sender = sender;
        this.scheduler = scheduler;
        this.result = result;
        this.ended = ended;
    }

    /** Sends what is offered, until the sender ends or fails. */
    Flux<SenderResult<LogWrite>> sending() {
        return sender.send(queue.asFlux().publishOn(scheduler, PREFETCH).filter(this::isToBeSent))
                .doOnNext(sent -> {
                    if (underWay.remove(sent.correlationMetadata())) {
                        result.accept(sent.correlationMetadata(), sent);
                    }
                });
    }

    private boolean isToBeSent(SenderRecord<byte[], byte[], LogWrite> message) {
        LogWrite write = message.correlationMetadata();
        if (write.hand()) {
            return true;
        }
        end(write);
        return false;
    }

    /** Takes a record, or says that it takes none any more. */
    boolean offer(LogWrite write) {
        underWay.add(write);
        if (queue.tryEmitNext(SenderRecord.create(write.message(), write)).isFailure()) {
            underWay.remove(write);
            return false;
        }
        if (over) {
            end(write);
        }
        return true;
    }

    private void end(LogWrite write) {
        if (underWay.remove(write)) {
            ended.accept(write);
        }
    }

    /** Ends all that is under way. Closing the client waits, on a thread for that. */
    void close() {
        over = true;
        queue.tryEmitComplete();
        Schedulers.boundedElastic().schedule(sender::close);
        underWay.forEach(this::end);
    }

    /** Where a record is, or null where the result is a failure. */
    static FrameLog.@Nullable Place place(SenderResult<LogWrite> sent) {
        RecordMetadata metadata = sent.recordMetadata();
        return sent.exception() != null || metadata == null
                ? null
                : new FrameLog.Place(metadata.partition(), metadata.offset());
    }
}
