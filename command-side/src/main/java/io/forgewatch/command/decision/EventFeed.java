package io.forgewatch.command.decision;

import io.forgewatch.event.DomainEvent;
import io.forgewatch.event.RecordedEvent;
import io.forgewatch.event.Subject;
import java.util.Set;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The stored events as a stream. */
public interface EventFeed {

    /** All events after a position, in order, then the new ones as they are appended; never completes. */
    Flux<RecordedEvent> after(long position);

    /**
     * The same for a reader that wants events of some types only: any other may come as a {@link
     * io.forgewatch.event.ForeignEvent}, so that it stands in nobody's way who does not want it, whatever code wrote it.
     *
     * @param wanted records or capabilities' sealed interfaces
     */
    default Flux<RecordedEvent> after(long position, Set<Class<? extends DomainEvent>> wanted) {
        return after(position);
    }

    /** The events of one subject after a position, oldest first; completes. */
    Flux<RecordedEvent> of(Subject subject, long after, int limit);

    /** The position of the newest event, 0 when there is none. */
    Mono<Long> head();
}
