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

    /** Distinct frames. */
    long frames() {
        return sequences.values().stream().mapToLong(Set::size).sum();
    }

    /** Gateways that have sent. */
    int gateways() {
        return sequences.size();
    }

    /** Distinct frames of the gateway that has sent fewest; 0 when none has. */
    int fewest() {
        return sequences.values().stream().mapToInt(Set::size).min().orElse(0);
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
