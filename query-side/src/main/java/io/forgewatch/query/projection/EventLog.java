package io.forgewatch.query.projection;

import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Where events are read from in store order. Small, so that what reads Kafka can be replaced. */
public interface EventLog {

    /**
     * Batches of records from this offset on, without end; as small as the moment allows. Where the offset is no longer or not
     * yet there it begins at the beginning: the reader knows by the positions. Waits while there is no topic. Where the topic
     * is deleted and made again, what comes may be of another history: the reader knows by {@link LoggedEvent#after()}, and where that
     * is not told this fails before it tells anything of the new one, so that the reader looks for its place anew.
     */
    Flux<List<LoggedEvent>> from(long offset);

    /** The offset that the next record will have. */
    Mono<Long> end();

    /** The offset of the first record that is still there. */
    Mono<Long> begin();
}
