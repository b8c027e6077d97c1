package io.forgewatch.command.relay;

import io.forgewatch.command.decision.EventFeed;
import io.forgewatch.command.eventstore.Leadership;
import io.forgewatch.command.eventstore.Phases;
import io.forgewatch.command.eventstore.StandingWork;
import io.forgewatch.command.relay.EventTopic.Last;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Follows the store and sends its events on. One instance among many does; whoever begins asks the topic where the last one
 * stopped, so that in a normal stop and start no event is missing and none is there twice. A topic that ends with an event that
 * the store does not have there is of another history (the store was restored from a backup): nothing is put behind it until
 * somebody has it written anew.
 */
final class Relay extends StandingWork {

    private static final Logger LOG = LoggerFactory.getLogger(Relay.class);
    private static final Duration LONGEST_STOP = Duration.ofSeconds(5);
    private static final Duration LOOK = Duration.ofSeconds(2);

    private final EventTopic topic;
    private final EventFeed feed;
    private final Leadership leadership;
    private final AtomicLong relayed = new AtomicLong();
    private final AtomicLong head = new AtomicLong();

    @Nullable
    private volatile String stray;

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

    /** Why nothing is sent, where this instance leads and the topic is of another history. */
    Optional<String> stray() {
        return Optional.ofNullable(stray);
    }

    /**
     * Empties a topic of another history, so that whoever leads writes it anew from the first event on. Tells whether it was
     * one: a topic that agrees with the store stays as it is.
     */
    Mono<Boolean> writeAnew() {
        return topic.last()
                .flatMap(last -> agrees(last)
                        .flatMap(agrees ->
                                agrees ? Mono.just(false) : topic.clear(last).thenReturn(true)));
    }

    @Override
    protected Disposable begin() {
        return leadership.whileLeading("relay", Flux.defer(this::run)).subscribe();
    }

    private Flux<?> run() {
        return Flux.merge(
                        place().doOnNext(relayed::set)
                                .flatMapMany(last -> topic.send(feed.after(last))
                                        .doOnNext(position -> relayed.accumulateAndGet(position, Math::max))),
                        Flux.interval(Duration.ZERO, LOOK)
                                .onBackpressureDrop()
                                .concatMap(tick -> feed.head().doOnNext(head::set), 1))
                .doFinally(end -> stray = null);
    }

    /** Behind which position to go on; waits while the topic is of another history. */
    private Mono<Long> place() {
        return topic.last()
                .filterWhen(last -> agrees(last).doOnNext(agrees -> tell(last, agrees)))
                .map(Last::position)
                .repeatWhenEmpty(again -> again.delayElements(LOOK));
    }

    private Mono<Boolean> agrees(Last last) {
        if (last.isNone()) {
            return Mono.just(true);
        }
        return last.id() == null
                ? Mono.just(false)
                : feed.head()
                        .filter(stored -> stored >= last.position())
                        .flatMap(stored -> feed.after(last.position() - 1).next())
                        .map(event -> event.id().equals(last.id()))
                        .defaultIfEmpty(false);
    }

    private void tell(Last last, boolean agrees) {
        if (agrees) {
            stray = null;
        } else if (stray == null) {
            String end = last.id() == null
                    ? "a record that the relay did not write"
                    : "event " + last.id() + " at position " + last.position()
                            + ", which the store does not have there: it is the copy of another history, as after a restore"
                            + " from a backup";
            stray = "The topic ends with " + end + ". Nothing is sent until POST /relay/rebuild writes it anew.";
            LOG.error("{}", stray);
        }
    }
}
