package io.forgewatch.command.parking;

import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/** UUIDs of version 7 (RFC 9562) of which each is higher than those before, also of one millisecond: they tell what came first here. */
final class OrderedIds {

    private static final int COUNTER_BITS = 12;
    private static final long COUNTER = (1L << COUNTER_BITS) - 1;
    private static final long VERSION = 0x7000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    /** The milliseconds, and behind them what counts within one. */
    private final AtomicLong last = new AtomicLong();

    UUID next() {
        long now = System.currentTimeMillis() << COUNTER_BITS;
        long mine = last.updateAndGet(before -> Math.max(before + 1, now));
        return new UUID(
                mine >>> COUNTER_BITS << 16 | VERSION | mine & COUNTER,
                VARIANT | ThreadLocalRandom.current().nextLong() >>> 2);
    }

    /** Lower than all that are made from that moment on. */
    static UUID since(Instant moment) {
        return new UUID(moment.toEpochMilli() << 16 | VERSION, VARIANT);
    }
}
