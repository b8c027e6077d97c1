package io.forgewatch.query.outlet;

import io.forgewatch.query.projection.Generation;
import io.forgewatch.query.projection.Place;

/** What goes out to one listener, in this order. What is to be read is text already: it is the same for all who listen. */
public sealed interface Told {

    /** An entry that he may see. */
    record News(Place place, String content) implements Told {}

    /**
     * An entry that was passed over in its turn; it says nothing of how far he has heard all.
     *
     * @param by which took it in
     */
    record LateNews(Generation by, long position, String content) implements Told {}

    /** All that he may see up to this place has gone out before this; said at once and then as long as nothing else is. */
    record UpTo(Place place) implements Told {}
}
