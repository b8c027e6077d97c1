package io.forgewatch.query.projection;

/**
 * A document that changed, not written yet.
 *
 * @param after as it is now
 * @param from the position of the stored document that it was made from; 0 when there was none
 */
public record Changed<S>(Held<S> after, long from) {}
