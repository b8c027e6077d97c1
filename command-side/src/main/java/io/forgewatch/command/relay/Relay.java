package io.forgewatch.command.relay;

import io.forgewatch.command.decision.EventFeed;
import io.forgewatch.command.eventstore.Leadership;
import io.forgewatch.command.eventstore.Phases;
import io.forgewatch.command.eventstore.StandingWork;
import io.forgewatch.command.relay.EventTopic.Last;
import io.forgewatch.event.RecordedEvent;
import io.forgewatch.event.warning.BilingualText;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Follows the store and sends its events on. One instance among many does; whoever begins asks the topic where the last one
 * stopped, so that in a normal stop and start no event is missing and none is there twice. A topic that ends with an event that
 * the store does not have there is of another history (the store was restored from a backup), and one that has fewer records than
 * events has lost some: nothing is put behind either until somebody has it written anew.
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
    private volatile BilingualText stray;

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

    /** Why nothing is sent, where this instance leads and the topic does not agree with the store. */
    Optional<BilingualText> stray() {
        return Optional.ofNullable(stray);
    }

    /** How the topic stands beside the store, whoever leads. */
    Mono<Copy> copy() {
        return topic.last().flatMap(this::compared);
    }

    /**
     * Empties a topic that does not agree with the store, so that whoever leads writes it anew from the first event on. Tells
     * whether it was one: a topic that agrees stays as it is.
     */
    Mono<Boolean> writeAnew() {
        return topic.last()
                .flatMap(last -> compared(last)
                        .flatMap(copy -> copy.agrees()
                                ? Mono.just(false)
                                : topic.clear(last).thenReturn(true)));
    }

    @Override
    protected Disposable begin() {
        return leadership.whileLeading("relay", Flux.defer(this::run)).subscribe();
    }

    private Flux<?> run() {
        return Flux.merge(
                        place().doOnNext(last -> relayed.set(last.position()))
                                // A sender looks the brokers' names up.
                                .publishOn(Schedulers.boundedElastic())
                                .flatMapMany(last -> topic.send(last, feed.after(last.position()))
                                        .doOnNext(position -> relayed.accumulateAndGet(position, Math::max))),
                        Flux.interval(Duration.ZERO, LOOK)
                                .onBackpressureDrop()
                                .concatMap(
                                        tick -> feed.head().doOnNext(head::set).onErrorResume(silent -> Mono.empty()),
                                        1))
                .doFinally(end -> leadsNoMore());
    }

    private void leadsNoMore() {
        stray = null;
        head.set(0);
        relayed.set(0);
    }

    /** Behind what to go on; waits while the topic does not agree with the store. */
    private Mono<Last> place() {
        return topic.create()
                .then(Mono.defer(topic::last))
                .filterWhen(last -> compared(last).doOnNext(this::tell).map(Copy::agrees))
                .repeatWhenEmpty(again -> again.delayElements(LOOK));
    }

    private Mono<Copy> compared(Last last) {
        return feed.head()
                .flatMap(events -> why(last, events)
                        .map(why -> Copy.astray(events, last, why))
                        .defaultIfEmpty(Copy.agreeing(events, last)));
    }

    /** Empty when the topic agrees with the store. */
    private Mono<BilingualText> why(Last last, long events) {
        if (last.isNone()) {
            return Mono.empty();
        }
        if (last.id() == null) {
            return Mono.just(Copy.endsWithForeignRecord());
        }
        return storedAt(last.position(), events)
                .map(last.id()::equals)
                .defaultIfEmpty(false)
                .flatMap(same -> same ? hole(last) : Mono.just(Copy.ofAnotherHistory(last)));
    }

    private static Mono<BilingualText> hole(Last last) {
        return last.lacksEvents() ? Mono.just(Copy.lacksEvents(last)) : Mono.empty();
    }

    private Mono<UUID> storedAt(long position, long events) {
        return events < position
                ? Mono.empty()
                : feed.after(position - 1).next().map(RecordedEvent::id);
    }

    private void tell(Copy copy) {
        if (copy.stray() != null && stray == null) {
            LOG.error("{}", copy.stray().en());
        }
        stray = copy.stray();
    }
}
