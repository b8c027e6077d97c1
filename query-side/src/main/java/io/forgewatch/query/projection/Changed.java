package io.forgewatch.query.projection;

import io.forgewatch.event.RecordedEvent;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;

/**
 * A document that changed, not written yet.
 *
 * @param after as it is now
 * @param from the position of the stored document that it was made from; 0 when there was none
 * @param first the first of the events that changed it; null where no single one is answerable for it
 * @param bytes as it will be stored; null where that is not known yet
 */
public record Changed<S>(
        Held<S> after,
        long from,
        @Nullable RecordedEvent first,
        @Nullable RawBsonDocument bytes) {

    public Changed(Held<S> after, long from) {
        this(after, from, null, null);
    }
}
