package io.forgewatch.command.relay;

import io.forgewatch.event.RecordedEvent;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Where the events go. What stands behind it may change; this is all that the relay needs of it. */
interface EventTopic {

    /**
     * The last event that the topic has.
     *
     * @param position 0 when it has none
     * @param id null when it has none
     */
    record Last(long position, @Nullable UUID id) {

        static final Last NONE = new Last(0, null);
    }

    /** Makes the topic where it is missing, and tells its last event. */
    Mono<Last> last();

    /**
     * Sends events in the order in which they come; tells each position once the topic has it. Fails at the first that cannot
     * be sent, and then sends no further.
     */
    Flux<Long> send(Flux<RecordedEvent> events);

    /** Takes all events out; those that come later stand at later offsets than any that ever were there. */
    Mono<Void> clear();
}
