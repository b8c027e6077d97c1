package io.forgewatch.query.telemetry;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The partitions in which live readings stand, since the next frame is of a version that only newer code knows: to pass it over
 * would show its works as silent, and for good (ADR 30). Works in them are shown as unknown meanwhile.
 */
final class StandingFrames {

    private static final Logger LOG = LoggerFactory.getLogger(StandingFrames.class);

    private final Map<Integer, Long> standing = new ConcurrentHashMap<>();

    void stands(int partition, long offset) {
        standing.put(partition, offset);
        LOG.error(
                "Live readings stand in partition {} before offset {}: the frame there is of a version that this release does"
                        + " not know. Upgrade this instance",
                partition,
                offset);
    }

    boolean isOne(int partition) {
        return standing.containsKey(partition);
    }

    void clear() {
        standing.clear();
    }

    int count() {
        return standing.size();
    }

    /** The numbers of the partitions, and before which offset each stands. */
    SortedMap<Integer, Long> all() {
        return new TreeMap<>(standing);
    }
}
