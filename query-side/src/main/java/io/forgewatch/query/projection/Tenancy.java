package io.forgewatch.query.projection;

import java.time.Duration;

/**
 * How this instance takes part in the folding.
 *
 * @param instance its name among all; one that is the same after a restart need not wait for its own lease to run out
 * @param term for which a lease must not have been renewed before another instance takes it over
 */
record Tenancy(String instance, Duration term) {

    /** How often who holds a lease renews it, and who does not looks at it. */
    Duration beat() {
        return term.dividedBy(10);
    }

    /** For how long who holds a lease may get no further before he leaves it to others. */
    Duration patience() {
        return term.multipliedBy(2);
    }
}
