package io.forgewatch.command.decision;

import io.forgewatch.event.RecordedEvent;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A recorded event with what led to it.
 *
 * @param cause the id of the event on which the automation acted that asked for it; null for what people, detection or the
 *     schedule asked for
 */
public record Traced(RecordedEvent recorded, @Nullable UUID cause) {

    public long position() {
        return recorded.position();
    }
}
