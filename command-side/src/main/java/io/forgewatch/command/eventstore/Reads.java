package io.forgewatch.command.eventstore;

import io.r2dbc.spi.Connection;
import java.util.function.Function;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;

/** The connections on which one class of work reads. */
interface Reads {

    /**
     * Runs something on a connection, which goes back to its pool when the stream ends or is cancelled.
     *
     * @return fails with {@link StoreAwayException} when there was no connection to be had in time, with {@link
     *     java.util.concurrent.TimeoutException} when the connection fell silent, and as the server says when a statement took
     *     too long
     */
    <T> Flux<T> read(Function<Connection, Publisher<T>> work);
}
