package io.forgewatch.query.outlet;

import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What this instance has stored of one generation's entries a moment ago, so that who tells of them need not read them back. It says
 * nothing of positions that another instance may have folded.
 */
final class Lately<E> {

    // Guarded by this.
    private final NavigableMap<Long, Entry<E>> kept = new TreeMap<>();
    private final int most;
    private long since = Long.MAX_VALUE;
    private long upTo;

    /** @param most how many it holds: of who is further behind, the store is asked */
    Lately(int most) {
        this.most = most;
    }

    /** From here on this instance folds, and knows of nothing before. */
    synchronized void begin(long position) {
        kept.clear();
        since = position;
        upTo = position;
    }

    /** They are stored. */
    synchronized void keep(List<Entry<E>> happened) {
        happened.forEach(entry -> kept.put(entry.position(), entry));
        while (kept.size() > most) {
            since = Math.max(since, kept.pollFirstEntry().getKey());
        }
    }

    /** Somebody had stored entries up to here before: they are not among these. */
    synchronized void foundUpTo(long position) {
        since = Math.max(since, position);
    }

    /** All up to here is stored that there is. */
    synchronized void arrived(long position) {
        upTo = position;
    }

    /** All beyond the first position and not beyond the second; empty where it does not know them all. */
    synchronized Optional<List<Entry<E>>> between(long after, long last) {
        return after >= since && last <= upTo
                ? Optional.of(List.copyOf(kept.subMap(after, false, last, true).values()))
                : Optional.empty();
    }
}
