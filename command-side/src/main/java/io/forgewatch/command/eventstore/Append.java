package io.forgewatch.command.eventstore;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.jspecify.annotations.Nullable;

/**
 * Events that are appended together or not at all.
 *
 * @param events without positions; empty when only the key is to be kept
 * @param unless conflicts with any event like this; null for none
 * @param after the position after which such an event is a conflict
 * @param key to be kept with the events, or null
 * @param done told what came of it
 */
record Append(
        List<StoredEvent> events,
        @Nullable EventCriteria unless,
        long after,
        @Nullable IdempotencyKey key,
        CompletableFuture<Outcome> done) {

    /** Whether it only waits for those before it. */
    boolean ofNothing() {
        return events.isEmpty() && key == null;
    }

    /**
     * A key and what was answered under it.
     *
     * @param key with its owner's name in front
     * @param bodyHash of the command, in hex
     * @param answer as JSON
     * @param seconds how long it is kept; 0 for ever
     * @param position told with the answer when there are no events
     */
    record IdempotencyKey(String key, String bodyHash, String answer, long seconds, long position) {}

    /** What came of an append. */
    sealed interface Outcome {

        /** @param last the position of its last event; of the store's head when it had none */
        record Appended(long last) implements Outcome {}

        /** An event that it must not overlook was appended before it. */
        record Conflict() implements Outcome {}

        /** Its key is known: what was answered then stands under it. */
        record KeyKnown() implements Outcome {}
    }
}
