package io.forgewatch.query.projection;

/**
 * How far a projection is.
 *
 * @param position of the last event whose documents are written; 0 before the first
 * @param offset where that event stood in the topic: where to look first for the next one
 */
record Checkpoint(long position, long offset) {

    static final Checkpoint START = new Checkpoint(0, 0);
}
