package io.forgewatch.command.relay;

import io.forgewatch.event.RecordedEvent;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Where the events go. What stands behind it may change; this is all that the relay needs of it. */
interface EventTopic {

    /**
     * What the topic ends with.
     *
     * @param position 0 when it has none
     * @param id null when it has none, and for a record that the relay did not write
     * @param end the offset behind it
     */
    record Last(long position, @Nullable UUID id, long end) {

        static Last none(long end) {
            return new Last(0, null, end);
        }

        /** Something that the relay did not write. */
        static Last foreign(long end) {
            return new Last(-1, null, end);
        }

        boolean isNone() {
            return position == 0;
        }
    }

    /** Makes the topic where it is missing, and tells its last event. */
    Mono<Last> last();

    /**
     * Sends events in the order in which they come; tells each position once the topic has it. Fails at the first that cannot
     * be sent, and then sends no further.
     */
    Flux<Long> send(Flux<RecordedEvent> events);

    /**
     * Takes out all up to what was last, and nothing that came later: who finds out late that the topic was to be emptied leaves
     * alone what has been written since. Later events stand at later offsets than any that ever were there.
     */
    Mono<Void> clear(Last last);
}
