package io.forgewatch.stack.stream;

import io.forgewatch.query.projection.Place;
import org.jspecify.annotations.Nullable;

/**
 * An event of a stream, or a heartbeat.
 *
 * @param id up to where the stream had told all with it, such as {@code 4801} or {@code 2-4801}; null where it gave none
 * @param data JSON; empty for a heartbeat
 */
public record StreamEvent(@Nullable Place id, String data) {

    public boolean isHeartbeat() {
        return data.isEmpty();
    }
}
