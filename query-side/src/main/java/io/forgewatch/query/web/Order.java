package io.forgewatch.query.web;

import io.forgewatch.event.RecordedEvent;
import java.time.Instant;

/**
 * The one number that lists are sorted by, newest first: milliseconds, then place in the event store's order. Unique as long as
 * two subjects of one millisecond are not a million events apart, and a range of time is a range of it.
 */
public final class Order {

    /** The field of a document that holds it. */
    public static final String FIELD = "order";

    private static final int BITS = 20;
    private static final Instant LATEST = Instant.ofEpochMilli(Long.MAX_VALUE >> BITS);

    private Order() {}

    public static long of(Instant at, RecordedEvent event) {
        return first(at) | (event.position() & ((1L << BITS) - 1));
    }

    /** The smallest order of anything at that instant or later; a caller may ask for any year. */
    public static long first(Instant at) {
        if (at.isBefore(Instant.EPOCH)) {
            return 0;
        }
        return (at.isAfter(LATEST) ? LATEST : at).toEpochMilli() << BITS;
    }
}
