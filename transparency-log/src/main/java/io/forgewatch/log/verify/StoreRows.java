package io.forgewatch.log.verify;

import java.util.Optional;
import java.util.function.Predicate;

/** The events of a store, as they were at one moment. */
public interface StoreRows {

    /** The highest position; 0 for an empty store. */
    long head();

    /** The highest position that anything else in the store speaks of, such as tags or readers' marks; 0 when nothing does. */
    long furthestTrace();

    /** Gives every row in the order of positions to the visitor until it answers false. */
    void forEach(Predicate<StoreRow> visitor);

    /** One row. */
    Optional<StoreRow> at(long position);

    /**
     * The first event that is not found by what it says: a tag without its row in the index of tags, a row there that no event
     * made, another actor beside it than in its metadata. Asked when all rows hold, so that tags and metadata are those written.
     */
    Optional<StrayCopy> strayCopy();

    /**
     * A copy of a part of an event that is not as the event says.
     *
     * @param position of the event
     * @param what the tag, or {@code actor}
     */
    record StrayCopy(long position, String what) {}
}
