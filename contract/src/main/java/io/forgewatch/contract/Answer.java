package io.forgewatch.contract;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What a side sent.
 *
 * @param type its Content-Type; null where it has none
 * @param body all of it, or of a stream the data of one event
 */
record Answer(
        String method, String path, int status, @Nullable String type, byte[] body) {

    /** Enough to find it by. */
    private static final int SHOWN = 600;

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        String text = text();
        return method + " " + path + " → " + status + " " + type + " "
                + (text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text);
    }
}
