package io.forgewatch.query.projection;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How far a projection is.
 *
 * @param position of the last event whose documents are written; 0 before the first
 * @param offset where that event stood in the topic: where to look first for the next one
 * @param event its id, by which another history is known: there the same position has another event. Null before the first, and
 *     for bytes that are no event whose record does not say it either
 */
record Checkpoint(long position, long offset, @Nullable UUID event) {

    static final Checkpoint START = new Checkpoint(0, 0, null);
}
