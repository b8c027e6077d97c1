package io.forgewatch.command.gateway;

import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.ProducerRecord;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** One record on its way to the log: it waits, is handed to Kafka's client unless nobody waits any more, and has an end. */
final class LogWrite {

    private enum Stage {
        WAITING,
        GIVEN_UP,
        HANDED
    }

    private final ProducerRecord<byte[], byte[]> message;
    private final int partition;
    private final long triedAt;
    private final AtomicReference<Stage> stage = new AtomicReference<>(Stage.WAITING);
    private final Sinks.One<FrameLog.Place> end = Sinks.one();

    /** @param message names its partition */
    LogWrite(ProducerRecord<byte[], byte[]> message, long triedAt) {
        this.message = message;
        this.partition = message.partition();
        this.triedAt = triedAt;
    }

    ProducerRecord<byte[], byte[]> message() {
        return message;
    }

    int partition() {
        return partition;
    }

    long triedAt() {
        return triedAt;
    }

    /** In bytes, without what Kafka adds. */
    int size() {
        byte[] key = message.key();
        return message.value().length + (key == null ? 0 : key.length);
    }

    Mono<FrameLog.Place> end() {
        return end.asMono();
    }

    /** Whether it is to be sent now: not if nobody waits for it. */
    boolean hand() {
        return stage.compareAndSet(Stage.WAITING, Stage.HANDED);
    }

    /** Nobody waits any more; says whether it will certainly not be sent. */
    boolean giveUp() {
        return stage.compareAndSet(Stage.WAITING, Stage.GIVEN_UP) || stage.get() == Stage.GIVEN_UP;
    }

    void confirmed(FrameLog.Place place) {
        end.tryEmitValue(place);
    }

    void failed(Throwable failure) {
        end.tryEmitError(failure);
    }
}
