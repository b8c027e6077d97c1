package io.forgewatch.command.relay;

import io.forgewatch.command.decision.EventFeed;
import io.forgewatch.command.eventstore.Leadership;
import io.forgewatch.command.eventstore.Phases;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;

/**
 * Follows the store and sends its events on. One instance among many does; whoever begins asks the topic where the last one
 * stopped, so that in a normal stop and start no event is missing and none is there twice.
 */
final class Relay implements SmartLifecycle {

    private static final Duration LOOK = Duration.ofSeconds(2);

    private final EventTopic topic;
    private final EventFeed feed;
    private final Leadership leadership;
    private final AtomicLong relayed = new AtomicLong();
    private final AtomicLong head = new AtomicLong();

    @Nullable
    private volatile Disposable running;

    Relay(EventTopic topic, EventFeed feed, Leadership leadership) {
        this.topic = topic;
        this.feed = feed;
        this.leadership = leadership;
    }

    /** How many events are stored and not sent on, as far as this instance knows: 0 where it does not lead. */
    long lag() {
        return Math.max(0, head.get() - relayed.get());
    }

    @Override
    public void start() {
        running = leadership.whileLeading("relay", Flux.defer(this::run)).subscribe();
    }

    @Override
    public void stop() {
        Disposable current = running;
        running = null;
        if (current != null) {
            current.dispose();
        }
    }

    @Override
    public boolean isRunning() {
        return running != null;
    }

    @Override
    public int getPhase() {
        return Phases.RELAY;
    }

    private Flux<?> run() {
        return Flux.merge(
                topic.lastPosition()
                        .doOnNext(relayed::set)
                        .flatMapMany(last -> topic.send(feed.after(last))
                                .doOnNext(position -> relayed.accumulateAndGet(position, Math::max))),
                Flux.interval(Duration.ZERO, LOOK)
                        .onBackpressureDrop()
                        .concatMap(tick -> feed.head().doOnNext(head::set), 1));
    }
}
