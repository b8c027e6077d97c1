package io.forgewatch.command.detection;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/** One partition: whoever receives anew gets what was not acknowledged, and what lies behind that, once more. */
final class SignalTopic {

    final List<String> acknowledged = new CopyOnWriteArrayList<>();

    // Guarded by this.
    private final List<Message> all = new ArrayList<>();
    private Sinks.@Nullable Many<SignalLog.Received> receiver;
    private int subscriptions;

    private static final class Message {
        private final SignalLog.Received received;
        private boolean done;

        Message(String name, byte[] value, long offset, List<String> acknowledged) {
            received =
                    new SignalLog.Received("GT3702110001".getBytes(StandardCharsets.US_ASCII), value, 0, offset, () -> {
                        done = true;
                        acknowledged.add(name);
                    });
        }
    }

    void add(String name, byte[] value) {
        Message message;
        Sinks.Many<SignalLog.Received> now;
        synchronized (this) {
            message = new Message(name, value, all.size(), acknowledged);
            all.add(message);
            now = receiver;
        }
        if (now != null) {
            emit(now, message);
        }
    }

    synchronized Flux<SignalLog.Received> receive() {
        return Flux.defer(() -> {
            Sinks.Many<SignalLog.Received> mine = Sinks.many().unicast().onBackpressureBuffer();
            synchronized (this) {
                subscriptions++;
                all.stream().dropWhile(message -> message.done).forEach(message -> emit(mine, message));
                receiver = mine;
            }
            return mine.asFlux().doFinally(end -> left(mine));
        });
    }

    private synchronized void left(Sinks.Many<SignalLog.Received> mine) {
        if (mine.equals(receiver)) {
            receiver = null;
        }
    }

    private static void emit(Sinks.Many<SignalLog.Received> to, Message message) {
        to.emitNext(message.received, Sinks.EmitFailureHandler.busyLooping(Duration.ofSeconds(10)));
    }

    synchronized boolean isReceived() {
        return receiver != null;
    }

    synchronized int subscriptions() {
        return subscriptions;
    }

    /** Who has done and acknowledged all that is there. */
    synchronized void takenByAnother() {
        all.forEach(message -> message.done = true);
    }
}
