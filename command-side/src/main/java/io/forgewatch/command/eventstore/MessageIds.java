package io.forgewatch.command.eventstore;

import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.axonframework.common.IdentifierFactory;

/**
 * Ids for events and Axon's messages: UUIDs of version 7 (RFC 9562), which rise with time, so that the index on them grows at
 * its end. Axon's own are made from {@code SecureRandom}, which reads a file, and libraries keep a counter behind a lock: both
 * can block an event loop. Nothing here must be hard to guess.
 */
public final class MessageIds extends IdentifierFactory {

    private static final long VERSION = 0x7000L;
    private static final long VARIANT = 1L << 63;

    @Override
    public String generateIdentifier() {
        return next().toString();
    }

    public static UUID next() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return new UUID(
                System.currentTimeMillis() << 16 | VERSION | random.nextInt(1 << 12),
                VARIANT | random.nextLong() >>> 2);
    }
}
