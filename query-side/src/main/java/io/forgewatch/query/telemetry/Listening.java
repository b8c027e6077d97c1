package io.forgewatch.query.telemetry;

import io.forgewatch.event.telemetry.Heard;
import java.util.Collection;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** What was heard of each partition of the frames; a works is judged by its own one. One thread writes, many read. */
final class Listening {

    /** Of whoever was not heard since our start: by no partition that is behind any other. */
    static final int UNKNOWN = -1;

    private final ConcurrentMap<Integer, Heard> partitions = new ConcurrentHashMap<>();

    /** There are these, whether they are heard or not. */
    void expect(Collection<Integer> known) {
        known.forEach(partition -> partitions.putIfAbsent(partition, Heard.NOTHING));
    }

    /** Something arrived then. A door's clock that runs ahead must not make all others look silent. */
    void heard(int partition, long arrival, long wall) {
        Heard before = partitions.getOrDefault(partition, Heard.NOTHING);
        partitions.put(partition, before.after(Math.min(arrival, wall)));
    }

    /** @param partition that of a works, or {@link #UNKNOWN} */
    Watch watch(int partition, long wall) {
        Heard heard = partitions.get(partition);
        return heard == null ? leastOfAll(wall) : Watch.of(heard, wall);
    }

    private Watch leastOfAll(long wall) {
        return partitions.values().stream()
                .map(heard -> Watch.of(heard, wall))
                .reduce(Watch::and)
                .orElseGet(() -> Watch.of(Heard.NOTHING, wall));
    }
}
