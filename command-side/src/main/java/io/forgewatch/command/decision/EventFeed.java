package io.forgewatch.command.decision;

import io.forgewatch.event.RecordedEvent;
import io.forgewatch.event.Subject;
import reactor.core.publisher.Flux;

/** The stored events as a stream. */
public interface EventFeed {

    /** All events after a position, in order, then the new ones as they are appended; never completes. */
    Flux<RecordedEvent> after(long position);

    /** The events of one subject after a position, oldest first; completes. */
    Flux<RecordedEvent> of(Subject subject, long after, int limit);

    /** The position of the newest event, 0 when there is none. */
    reactor.core.publisher.Mono<Long> head();
}
