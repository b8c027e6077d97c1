package io.forgewatch.command.decision;

import io.forgewatch.event.Subject;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The stored events for those who look back. */
public interface EventArchive {

    /** Positions after one and up to another. */
    record Span(long after, long upTo) {

        public boolean isEmpty() {
            return after >= upTo;
        }

        /** Without what a reader in that order has behind it at a position, that one included. */
        public Span beyond(long position, Order order) {
            return order == Order.OLDEST_FIRST
                    ? new Span(Math.max(after, position), upTo)
                    : new Span(after, Math.min(upTo, position - 1));
        }

        /** Without the positions up to one. */
        public Span later(long position) {
            return new Span(Math.max(after, position), upTo);
        }
    }

    /** In which order of positions. */
    enum Order {
        OLDEST_FIRST,
        NEWEST_FIRST
    }

    /**
     * What one look found.
     *
     * @param found in the order asked for
     * @param rest what has yet to be looked at; empty when all has been
     */
    record Look(List<Traced> found, Span rest) {
        public Look {
            found = List.copyOf(found);
        }
    }

    /** Where the events may be, as the store is now: all that match are within it. */
    Mono<Span> span(Sought sought);

    /**
     * Looks for events within a span, from one of its ends on. The work of one look is bounded, whatever is asked for: it may
     * find fewer than there are, or none, with more to look at.
     *
     * @param most events to be found, at least 1
     */
    Mono<Look> look(Sought sought, Span span, Order order, int most);

    /** Everything that an entity is made of, oldest first, up to now. */
    default Flux<Traced> selected(Selection selection) {
        return selected(selection, 0);
    }

    /** The same after a position; read a page at a time, as it is asked for. */
    Flux<Traced> selected(Selection selection, long after);

    /** The events of one subject after a position, oldest first. */
    Flux<Traced> about(Subject subject, long after, int most);

    /** The events with these ids, as far as there are any, oldest first. */
    Flux<Traced> known(Set<UUID> ids);
}
