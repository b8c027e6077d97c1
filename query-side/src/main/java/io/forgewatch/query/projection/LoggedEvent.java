package io.forgewatch.query.projection;

import io.forgewatch.event.EventJson;
import io.forgewatch.event.ForeignEvent;
import io.forgewatch.event.RecordedEvent;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A record of the event topic, not yet read.
 *
 * @param offset its place in the topic; only a hint of where to go on, never the truth
 * @param position its place in the event store's order, from 1
 * @param id as the record says beside its value, so that one that cannot be read has it too; null where whoever wrote it does not tell
 * @param after the id of the event one position before; null before the first, and where whoever wrote it does not tell
 * @param key the enterprise id, or the subject's id where there is no enterprise; null for a record of foreign make
 * @param envelope the bytes that {@code EventJson} reads
 */
public record LoggedEvent(
        long offset,
        long position,
        @Nullable UUID id,
        @Nullable UUID after,
        @Nullable String key,
        byte[] envelope) {

    /** Whether its reader can tell by it alone that it is of the same history as the one before. */
    boolean isLinked() {
        return after != null || position == 1;
    }

    /** Whether both are one record of one topic. */
    boolean isSameAs(LoggedEvent other) {
        return offset == other.offset && position == other.position && Arrays.equals(envelope, other.envelope);
    }

    /** Empty for bytes that are no event, or one that only newer code knows. */
    Optional<RecordedEvent> read() {
        try {
            return Optional.of(EventJson.envelope(envelope)).filter(read -> !(read.event() instanceof ForeignEvent));
        } catch (RuntimeException unreadable) {
            return Optional.empty();
        }
    }
}
