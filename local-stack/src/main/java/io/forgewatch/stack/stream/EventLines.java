package io.forgewatch.stack.stream;

import io.forgewatch.query.projection.Place;
import io.forgewatch.stack.StackException;
import org.jspecify.annotations.Nullable;

/** Server-sent events, out of the lines of a stream. */
final class EventLines {

    private static final String ID = "id:";
    private static final String DATA = "data:";

    private final StringBuilder data = new StringBuilder();
    private @Nullable Place id;

    /**
     * Takes one line; an empty one ends an event.
     *
     * @return the event that ends with it, or null
     * @throws StackException for an id that is none
     */
    @Nullable
    StreamEvent take(String line) {
        if (line.startsWith(ID)) {
            String given = line.substring(ID.length()).strip();
            id = Place.fromWire(given)
                    .orElseThrow(() -> new StackException("The stream gave an id that is none: " + given));
        } else if (line.startsWith(DATA)) {
            data.append(line, DATA.length(), line.length());
        } else if (line.isEmpty() && (id != null || !data.isEmpty())) {
            StreamEvent ended = new StreamEvent(id, data.toString());
            id = null;
            data.setLength(0);
            return ended;
        }
        return null;
    }
}
