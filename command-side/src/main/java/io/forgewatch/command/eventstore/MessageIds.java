package io.forgewatch.command.eventstore;

import com.github.f4b6a3.uuid.UuidCreator;
import java.util.UUID;
import org.axonframework.common.IdentifierFactory;

/**
 * Ids for events and Axon's messages: UUIDs that rise with time, so that the index on them grows at its end. Axon's own are
 * made from {@code SecureRandom}, which reads a file and so blocks an event loop; nothing here must be hard to guess.
 */
public final class MessageIds extends IdentifierFactory {

    @Override
    public String generateIdentifier() {
        return next().toString();
    }

    static UUID next() {
        return UuidCreator.getTimeOrderedEpochFast();
    }
}
