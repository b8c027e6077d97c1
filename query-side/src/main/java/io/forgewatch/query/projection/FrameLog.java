package io.forgewatch.query.projection;

import java.time.Instant;
import java.util.Map;
import reactor.core.publisher.Flux;

/** Where frames are read from, in order within a partition. Small, so that what reads Kafka can be replaced. */
public interface FrameLog {

    /**
     * All partitions, on one thread at a time. Ends only when there are other partitions than it reads: to begin again.
     *
     * @param offsets the last offset that was taken, by partition
     * @param since where to begin in a partition that is not named there
     */
    Flux<LoggedFrame> after(Map<Integer, Long> offsets, Instant since);
}
