package io.forgewatch.command.relay;

import io.forgewatch.event.RecordedEvent;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Where the events go. What stands behind it may change; this is all that the relay needs of it. */
interface EventTopic {

    /**
     * What the topic ends with, and begins with.
     *
     * @param position 0 when it has none
     * @param id null when it has none, and for a record that the relay did not write
     * @param first position of the first record that is still there; 0 when it has none
     * @param begin the offset of that
     * @param end the offset behind the last
     */
    record Last(long position, @Nullable UUID id, long first, long begin, long end) {

        static Last none(long end) {
            return new Last(0, null, 0, end, end);
        }

        /** Something that the relay did not write. */
        static Last foreign(long begin, long end) {
            return new Last(-1, null, 0, begin, end);
        }

        boolean isNone() {
            return position == 0;
        }

        /** Each event from the first to the last stands there once at least: with fewer records some are gone. */
        boolean lacksEvents() {
            return !isNone() && (first != 1 || end - begin < position);
        }
    }

    /** Makes the topic where it is missing, and has it kept for ever. */
    Mono<Void> create();

    /** What it ends with; nothing where there is no topic. */
    Mono<Last> last();

    /**
     * Sends events in the order in which they come; tells each position once the topic has it. Fails at the first that cannot
     * be sent, and then sends no further; fails too, within seconds, when events that it had are no longer there: what came
     * next would stand behind a hole.
     *
     * @param behind what the topic ends with
     */
    Flux<Long> send(Last behind, Flux<RecordedEvent> events);

    /**
     * Takes out all up to what was last, and nothing that came later: who finds out late that the topic was to be emptied leaves
     * alone what has been written since. Later events stand at later offsets than any that ever were there.
     */
    Mono<Void> clear(Last last);
}
