package io.forgewatch.stack.document;

import de.bwaldvogel.mongo.backend.IndexKey;
import java.util.List;
import java.util.stream.Stream;

/** Documents that can be walked through in the order of some of their fields. */
interface Ordered {

    /** The fields, the most significant first; the last one is {@code _id}, so that no two documents share a place. */
    List<IndexKey> fields();

    /** Whether every document of the collection has its place here. */
    boolean isComplete();

    /**
     * The keys of the documents between two places, both included.
     *
     * @param backwards from the later place to the earlier
     */
    Stream<Object> between(SortKey earliest, SortKey latest, boolean backwards);
}
