package io.forgewatch.command.alarm;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How far a table in memory is behind the store, as it was when last looked at. A table that follows is always a little behind a store
 * that grows; one that does not reach for a minute what was stored then has stopped.
 */
final class TableLag {

    static final Duration LASTS = Duration.ofMinutes(1);

    private final LongSupplier nanos;

    // Guarded by this.
    private long behind;
    private long aim;
    private long since;
    private boolean reached = true;

    /** @param nanos as of {@link System#nanoTime()} */
    TableLag(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /**
     * @param head where the store ends
     * @param position up to where the table says how things stand
     */
    synchronized void looked(long head, long position) {
        behind = Math.max(0, head - position);
        if (position >= aim) {
            aim = head;
            since = nanos.getAsLong();
        }
        reached = position >= aim;
    }

    /** How many stored events were not in the table. */
    synchronized long behind() {
        return behind;
    }

    /** Whether it has been behind one and the same event for a minute. */
    synchronized boolean lasts() {
        return !reached && nanos.getAsLong() - since >= LASTS.toNanos();
    }
}
