package io.forgewatch.command.decision;

import io.forgewatch.event.DomainEvent;
import io.forgewatch.event.RecordedEvent;
import java.util.Set;
import reactor.core.publisher.Flux;

/** Stored events by their types, whatever else there is: for memories that are rebuilt by selection and not by reading all of history. */
public interface SelectedEvents {

    /**
     * All events of some types, in order.
     *
     * @param position looks at nothing later
     * @param types records or capabilities' sealed interfaces; none of what happens all the time, such as alarms
     */
    Flux<RecordedEvent> ofTypes(long position, Set<Class<? extends DomainEvent>> types);

    /**
     * Of each value of a tag the newest event of each of some types: for what goes on changing, and of which only how it is now
     * matters. Those of one value in order.
     *
     * @param position looks at nothing later
     * @param tag the key of the tag, such as {@code gateway}
     */
    Flux<RecordedEvent> newest(long position, String tag, Set<Class<? extends DomainEvent>> types);
}
