package io.forgewatch.command.decision;

import io.forgewatch.event.DomainEvent;
import io.forgewatch.event.RecordedEvent;
import io.forgewatch.standing.PassedOver;
import io.forgewatch.standing.StandingStream;
import io.forgewatch.standing.StandingStreams;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/**
 * Keeps what an instance has in memory as the stored events say, whoever appended them; it may be a moment behind the store. Rebuilt
 * by selection: read are the events that make it, up to the store's end at that moment, and nothing else that happened since; from
 * there on the feed is followed. An event that cannot be taken is passed over.
 */
public final class EventMemory {

    private static final Logger LOG = LoggerFactory.getLogger(EventMemory.class);

    private final String name;
    private final EventFeed feed;
    private final Set<Class<? extends DomainEvent>> wanted;
    private final LongFunction<Flux<RecordedEvent>> selection;
    private final Consumer<RecordedEvent> taking;
    private final PassedOver passedOver;
    private final StandingStream standing;
    private final AtomicLong position = new AtomicLong();
    private final Sinks.Empty<Void> caughtUp = Sinks.empty();
    private volatile boolean ready;

    /**
     * @param name in metrics and health
     * @param wanted the events that change it: records or capabilities' sealed interfaces
     * @param selection the events that make it, none after the given position; asked for anew after a failure, when what was taken
     *     before must do no harm
     * @param taking takes one event after another, and where it cannot, fails and changes nothing
     */
    public EventMemory(
            String name,
            EventFeed feed,
            Set<Class<? extends DomainEvent>> wanted,
            LongFunction<Flux<RecordedEvent>> selection,
            Consumer<RecordedEvent> taking,
            StandingStreams streams) {
        this.name = name;
        this.feed = feed;
        this.wanted = Set.copyOf(wanted);
        this.selection = selection;
        this.taking = taking;
        this.passedOver = streams.passedOver(name);
        this.standing = streams.of(name, this::stand);
    }

    public StandingStream standing() {
        return standing;
    }

    /** Completes when all that was stored at the start is in it. */
    public Mono<Void> caughtUp() {
        return caughtUp.asMono();
    }

    public boolean isCaughtUp() {
        return ready;
    }

    /** Up to which event it says how things stand. */
    public long position() {
        return position.get();
    }

    private Flux<RecordedEvent> stand() {
        Mono<Void> selected = ready ? Mono.empty() : select();
        return selected.thenMany(Flux.defer(() -> feed.after(position.get(), wanted)))
                // What is taken may read a catalogue or unseal a secret: not on an event loop.
                .publishOn(Schedulers.boundedElastic())
                .doOnNext(this::follow);
    }

    /** Another end than the one that was there before the selection would leave out what came meanwhile, or take it twice. */
    private Mono<Void> select() {
        return feed.head()
                .flatMap(head -> selection
                        .apply(head)
                        .publishOn(Schedulers.boundedElastic())
                        .doOnNext(this::take)
                        .count()
                        .doOnNext(events -> becomeReady(head, events))
                        .then());
    }

    private void follow(RecordedEvent recorded) {
        take(recorded);
        position.set(recorded.position());
    }

    private void take(RecordedEvent recorded) {
        passedOver.attempt(recorded, taking);
    }

    private void becomeReady(long head, long events) {
        position.set(head);
        ready = true;
        LOG.info("What is kept of {} in memory has caught up at position {}, with {} events", name, head, events);
        caughtUp.tryEmitEmpty();
    }
}
