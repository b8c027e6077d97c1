package io.forgewatch.command.gateway;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Since when, in each partition of a log, nothing was confirmed that was to be written: one partition can be away while the others
 * are well. Where nothing is to be written nothing is known, hence the probes.
 */
final class Confirmations {

    private static final long NONE = 0;

    private record Newest(long begunAt, FrameLog.Place place) {}

    private final LongSupplier nanos;
    private final AtomicLongArray missedSince;
    private final AtomicReferenceArray<@Nullable Newest> newest;

    /** @param nanos as {@link System#nanoTime} */
    Confirmations(int partitions, LongSupplier nanos) {
        this.nanos = nanos;
        missedSince = new AtomicLongArray(partitions);
        newest = new AtomicReferenceArray<>(partitions);
    }

    /**
     * Something is to be written.
     *
     * @return when that was, for {@link #confirmed} and {@link #later}
     */
    long tried(int partition) {
        // The last bit tells a time from none.
        long now = nanos.getAsLong() | 1;
        missedSince.compareAndSet(partition, NONE, now);
        return now;
    }

    /** @param begunAt when it had been tried */
    void confirmed(long begunAt, FrameLog.Place place) {
        missedSince.set(place.partition(), NONE);
        newest.accumulateAndGet(
                place.partition(),
                new Newest(begunAt, place),
                (one, other) -> one == null || other == null || one.begunAt() - other.begunAt() < 0 ? other : one);
    }

    /** How long nothing has been confirmed in a partition; zero where nothing was missed. */
    Duration missed(int partition) {
        long since = missedSince.get(partition);
        return since == NONE ? Duration.ZERO : Duration.ofNanos(Math.max(0, nanos.getAsLong() - since));
    }

    /** The longest of all partitions. */
    Duration longestMissed() {
        Duration longest = Duration.ZERO;
        for (int partition = 0; partition < missedSince.length(); partition++) {
            Duration missed = missed(partition);
            longest = missed.compareTo(longest) > 0 ? missed : longest;
        }
        return longest;
    }

    /** The least of the partitions in which something is missed; zero when any partition is well. */
    Duration missedEverywhere() {
        Duration least = Duration.ofNanos(Long.MAX_VALUE);
        for (int partition = 0; partition < missedSince.length(); partition++) {
            Duration missed = missed(partition);
            least = missed.compareTo(least) < 0 ? missed : least;
        }
        return least;
    }

    /** Where something is that was begun after a moment and confirmed; null while nothing was. */
    FrameLog.@Nullable Place later(int partition, long moment) {
        Newest one = newest.get(partition);
        return one != null && one.begunAt() - moment > 0 ? one.place() : null;
    }

    /** The moment, as {@link #tried} tells it. */
    long now() {
        return nanos.getAsLong() | 1;
    }
}
