package io.forgewatch.query.projection;

import reactor.core.publisher.Mono;

/** What the generations of a view have stored for people to hear, each in a collection of its own. */
public interface Spoken {

    /** The collection's name without version. */
    String kind();

    /** Compares what one generation told with what a later one tells, no further than a position. */
    Mono<Agreement> agreement(Generation before, Generation after, long upTo);

    /**
     * @param common the last position at which both tell of the same event; 0 when at none
     * @param whole whether the earlier one tells nothing beyond it that the later one does not
     */
    record Agreement(long common, boolean whole) {

        /** Where nothing is told. */
        static final Agreement NOTHING = new Agreement(0, true);
    }
}
