package io.forgewatch.query.projection;

import io.forgewatch.event.DomainEvent;
import io.forgewatch.event.RecordedEvent;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How one kind of document comes from events. Pure: the same events give the same document, wherever a batch ends.
 *
 * @param <S> the document's content, a record
 */
public interface Fold<S> extends Shape<S> {

    /**
     * Which events change documents: records, or sealed interfaces for all that they permit. Any other is passed over unread, in
     * whatever version; of these a version that this code does not know stops the view.
     */
    default Set<Class<? extends DomainEvent>> events() {
        return Set.of(DomainEvent.class);
    }

    /** The ids of the documents that this event changes; empty for most events. */
    List<String> ids(DomainEvent event);

    /** Whether no event before this one can have changed a document that it does: then that need not be looked for. */
    default boolean begins(DomainEvent event) {
        return false;
    }

    /** The document after the event; {@code state} is null when there is none yet. */
    S after(@Nullable S state, String id, RecordedEvent event);
}
