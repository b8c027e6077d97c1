package io.forgewatch.query.projection;

import io.forgewatch.event.DomainEvent;
import io.forgewatch.event.RecordedEvent;
import java.util.List;
import java.util.Set;
import reactor.core.publisher.Mono;

/** Turns events into the documents of one generation of a view. Called with one batch at a time, in store order. */
public interface Projection {

    /** Which events change documents, as {@link Fold#events} says. */
    default Set<Class<? extends DomainEvent>> events() {
        return Set.of(DomainEvent.class);
    }

    /** Declares the indexes and loads what it keeps in memory. Called before the first batch and after every failure. */
    Mono<Void> prepare();

    /**
     * The same for who must know how far the documents are.
     *
     * @param upTo each event up to this position is in them; those behind it may be in some
     */
    default Mono<Void> prepare(long upTo) {
        return prepare();
    }

    /**
     * Completes when the documents are written. An event that comes again must change nothing.
     *
     * <p>Fails with {@link PoisonousEventException} for an event that cannot be folded, and with the store's own exceptions
     * when the store is at fault; then the batch comes again.
     */
    Mono<Void> apply(List<RecordedEvent> batch);

    /** The event at this position is not taken in, since its enterprise is parked; what was told of it before may be stored. */
    default void leftOut(long position) {}

    /** All events up to this position are in the documents, as far as they are not left out; told before anybody may know. */
    default void arrived(long position) {}
}
