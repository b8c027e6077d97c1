package io.forgewatch.query.projection;

import java.time.Duration;

/**
 * What an instance that does not hold a lease has seen of it.
 *
 * @param lease as it was last seen
 * @param sinceNanos since when it is so, by the watcher's own monotonic clock
 */
record Sighting(Lease lease, long sinceNanos) {

    /** The sighting after another look. */
    Sighting seen(Lease now, long nanos) {
        return lease.equals(now) ? this : new Sighting(now, nanos);
    }

    /** Whether it may be taken over: nobody holds it, or who holds it has not renewed it for a term. */
    boolean mayTake(long nanos, Duration term) {
        return lease.isFree() || nanos - sinceNanos >= term.toNanos();
    }
}
