package io.forgewatch.command.eventstore;

import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.axonframework.messaging.core.MessageStream;
import org.axonframework.messaging.eventhandling.EventMessage;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;

/**
 * A Reactor stream as Axon reads one: by asking, with a callback when there is something to ask for. Axon's own adapter takes
 * one element at a time and calls back from several threads at once; this one fetches ahead, and its callbacks never overlap.
 */
final class EntryStream implements MessageStream<EventMessage> {

    private static final int AHEAD = 256;

    private final Flux<Entry<EventMessage>> source;
    private final Queue<Entry<EventMessage>> ready = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean subscribed = new AtomicBoolean();
    private final AtomicInteger calls = new AtomicInteger();
    private final Arrivals arrivals = new Arrivals();
    private final AtomicInteger taken = new AtomicInteger();

    private volatile boolean ended;

    @Nullable
    private volatile Throwable failure;

    @Nullable
    private volatile Runnable callback;

    EntryStream(Flux<Entry<EventMessage>> source) {
        this.source = source;
    }

    @Override
    public Optional<Entry<EventMessage>> next() {
        begin();
        Entry<EventMessage> entry = ready.poll();
        if (entry != null && taken.incrementAndGet() == AHEAD / 2) {
            taken.addAndGet(-AHEAD / 2);
            arrivals.request(AHEAD / 2);
        }
        return Optional.ofNullable(entry);
    }

    @Override
    public Optional<Entry<EventMessage>> peek() {
        begin();
        return Optional.ofNullable(ready.peek());
    }

    @Override
    public void setCallback(Runnable newCallback) {
        callback = newCallback;
        begin();
        if (!ready.isEmpty() || ended) {
            call();
        }
    }

    @Override
    public Optional<Throwable> error() {
        return ready.isEmpty() ? Optional.ofNullable(failure) : Optional.empty();
    }

    @Override
    public boolean isCompleted() {
        return ended && ready.isEmpty();
    }

    @Override
    public boolean hasNextAvailable() {
        begin();
        return !ready.isEmpty();
    }

    @Override
    public void close() {
        arrivals.cancel();
        ended = true;
        ready.clear();
    }

    private void begin() {
        if (!subscribed.get() && subscribed.compareAndSet(false, true)) {
            source.subscribe(arrivals);
        }
    }

    private void call() {
        if (calls.getAndIncrement() == 0) {
            int missed = 1;
            do {
                Runnable current = callback;
                if (current != null) {
                    current.run();
                }
                missed = calls.addAndGet(-missed);
            } while (missed != 0);
        }
    }

    private final class Arrivals extends BaseSubscriber<Entry<EventMessage>> {

        @Override
        protected void hookOnSubscribe(Subscription subscription) {
            request(AHEAD);
        }

        @Override
        protected void hookOnNext(Entry<EventMessage> entry) {
            ready.add(entry);
            call();
        }

        @Override
        protected void hookOnError(Throwable throwable) {
            failure = throwable;
            ended = true;
            call();
        }

        @Override
        protected void hookOnComplete() {
            ended = true;
            call();
        }
    }
}
