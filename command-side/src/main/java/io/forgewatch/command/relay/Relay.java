package io.forgewatch.command.relay;

import io.forgewatch.command.decision.EventFeed;
import io.forgewatch.command.eventstore.Leadership;
import io.forgewatch.command.eventstore.Phases;
import io.forgewatch.command.eventstore.StandingWork;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;

/**
 * Follows the store and sends its events on. One instance among many does; whoever begins asks the topic where the last one
 * stopped, so that in a normal stop and start no event is missing and none is there twice.
 */
final class Relay extends StandingWork {

    private static final Duration LONGEST_STOP = Duration.ofSeconds(5);
    private static final Duration LOOK = Duration.ofSeconds(2);

    private final EventTopic topic;
    private final EventFeed feed;
    private final Leadership leadership;
    private final AtomicLong relayed = new AtomicLong();
    private final AtomicLong head = new AtomicLong();

    Relay(EventTopic topic, EventFeed feed, Leadership leadership) {
        super(Phases.RELAY, LONGEST_STOP);
        this.topic = topic;
        this.feed = feed;
        this.leadership = leadership;
    }

    /** How many events are stored and not sent on, as far as this instance knows: 0 where it does not lead. */
    long lag() {
        return Math.max(0, head.get() - relayed.get());
    }

    @Override
    protected Disposable begin() {
        return leadership.whileLeading("relay", Flux.defer(this::run)).subscribe();
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
