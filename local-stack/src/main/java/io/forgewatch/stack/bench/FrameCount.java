package io.forgewatch.stack.bench;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Counts frames as they are stored: which are there, how often, with how many readings. */
final class FrameCount {

    private final Map<String, Set<Long>> sequences = new HashMap<>();
    private long readings;
    private long twice;

    /** @param size readings of the frame */
    void add(String gatewayId, long sequence, int size) {
        if (sequences.computeIfAbsent(gatewayId, any -> new HashSet<>()).add(sequence)) {
            readings += size;
        } else {
            twice += size;
        }
    }

    /** Readings of distinct frames. */
    long readings() {
        return readings;
    }

    /** Readings that are there once more than they should be. */
    long twice() {
        return twice;
    }

    /** Readings that were accepted and are not there. */
    long lost(long accepted) {
        return Math.max(0, accepted - readings);
    }
}
