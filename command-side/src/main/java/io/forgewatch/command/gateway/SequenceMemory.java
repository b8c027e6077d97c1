package io.forgewatch.command.gateway;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLongArray;

/** The {@link SequenceWindow} of every gateway, and up to where the log was read for them. */
final class SequenceMemory {

    private static final int MOST_UNDER_WAY = 128;

    private final Map<String, SequenceWindow> windows = new ConcurrentHashMap<>();
    private final AtomicLongArray positions = new AtomicLongArray(TelemetryTopics.PARTITIONS);

    SequenceWindow of(String gatewayId) {
        return windows.computeIfAbsent(gatewayId, id -> new SequenceWindow(MOST_UNDER_WAY));
    }

    /** The log of a partition was read up to before this offset. */
    void readUpTo(int partition, long position) {
        positions.set(partition, position);
    }

    /** Whether something of the log was read. */
    boolean hasRead(FrameLog.Place place) {
        return positions.get(place.partition()) > place.offset();
    }
}
