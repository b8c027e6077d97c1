package io.forgewatch.command.audit;

import io.forgewatch.event.RecordedEvent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A moment that somebody asks about: an instant, or a position, or now. It ends before the first event that was recorded after it:
 * what followed had that one before it.
 */
record Moment(@Nullable Instant at, @Nullable Long position) {

    boolean isNow() {
        return at == null && position == null;
    }

    boolean includes(RecordedEvent recorded) {
        return (at == null || !recorded.at().isAfter(at)) && (position == null || recorded.position() <= position);
    }

    /** Whether it includes all that was before a mark. */
    boolean reaches(Mark mark) {
        return (at == null || !mark.latest().isAfter(at)) && (position == null || mark.position() <= position);
    }
}
