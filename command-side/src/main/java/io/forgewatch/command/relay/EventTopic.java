package io.forgewatch.command.relay;

import io.forgewatch.event.RecordedEvent;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Where the events go. What stands behind it may change; this is all that the relay needs of it. */
interface EventTopic {

    /** Makes the topic where it is missing, and tells the position of its last event: 0 when it has none. */
    Mono<Long> lastPosition();

    /**
     * Sends events in the order in which they come; tells each position once the topic has it. Fails at the first that cannot
     * be sent, and then sends no further.
     */
    Flux<Long> send(Flux<RecordedEvent> events);
}
