package io.forgewatch.command.decision;

import io.forgewatch.event.DomainEvent;
import io.forgewatch.event.RecordedEvent;
import java.util.Set;
import reactor.core.publisher.Flux;

/** The stored events of what is not over: for memories that are rebuilt by selection and not by reading all of history. */
@FunctionalInterface
public interface UnendedEvents {

    /**
     * Of each value of a tag of which the newest event is none of those that end, the events since the last that did.
     *
     * @param position looks at nothing later
     * @param tag the key of the tag, such as {@code point}
     * @param endings events that end what goes on under a value
     * @return those of one value in order
     */
    Flux<RecordedEvent> upTo(long position, String tag, Set<Class<? extends DomainEvent>> endings);
}
