package io.forgewatch.web;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A piece of a list, newest first.
 *
 * @param next the cursor of the following piece; null when this was the last
 */
public record Page<T>(List<T> items, @Nullable String next) {

    public Page {
        items = List.copyOf(items);
    }

    /**
     * Makes a page of what was found with a limit one higher than asked for: the one too many says that there is more.
     *
     * @param found at most {@code list.limit() + 1} items
     * @param cursor where an item stands in the order; the following page begins after it
     */
    public static <T> Page<T> of(List<T> found, ListParameters list, Function<T, Cursor> cursor) {
        int limit = list.limit();
        if (found.size() <= limit) {
            return new Page<>(found, null);
        }
        List<T> items = found.subList(0, limit);
        return new Page<>(items, list.next(cursor.apply(items.getLast())));
    }

    public <R> Page<R> map(Function<T, R> mapping) {
        return new Page<>(items.stream().map(mapping).toList(), next);
    }
}
