package io.forgewatch.query.projection;

/**
 * A document of a view.
 *
 * @param position of the event that last changed it; 0 when there is none yet
 */
public record Held<S>(String id, long position, S content) {}
