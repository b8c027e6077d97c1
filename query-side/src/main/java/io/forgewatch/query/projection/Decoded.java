package io.forgewatch.query.projection;

import io.forgewatch.event.EventJson;
import io.forgewatch.event.RecordedEvent;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A record with its event, or with why it is none. */
record Decoded(
        LoggedEvent record,
        @Nullable RecordedEvent event,
        @Nullable RuntimeException failure) {

    boolean isFirstBehind(Checkpoint known) {
        return record.position() == 1 && known.position() > 0 && record.offset() > known.offset();
    }

    boolean contradicts(Checkpoint known) {
        UUID id = id();
        return record.position() == known.position()
                && id != null
                && known.event() != null
                && !id.equals(known.event());
    }

    /** Whether it comes after another event than the one that is known to be before it. */
    boolean isBehindAnother(Checkpoint known) {
        return record.position() == known.position() + 1
                && record.after() != null
                && known.event() != null
                && !record.after().equals(known.event());
    }

    /** Of one that cannot be read only its record may say it; where that does not, the next one is believed. */
    @Nullable
    UUID id() {
        return event == null ? record.id() : event.id();
    }

    /** @param wanted the names of the events that its reader wants */
    static Decoded of(LoggedEvent record, Set<String> wanted) {
        try {
            RecordedEvent event = EventJson.envelope(record.envelope(), wanted::contains);
            Parking.keyOf(event); // whose it is may be as unreadable as the rest
            return new Decoded(record, event, null);
        } catch (RuntimeException failure) {
            return new Decoded(record, null, failure);
        }
    }
}
