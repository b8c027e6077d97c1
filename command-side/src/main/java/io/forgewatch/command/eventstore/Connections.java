package io.forgewatch.command.eventstore;

import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.spi.Connection;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.pool.PoolShutdownException;

/**
 * A pool of connections of which none is waited for longer than a limit. A connection that a firewall has dropped says nothing,
 * not even that it is broken, and those that were idle beside it have likely been dropped too: so when one falls silent the whole
 * pool gives way to a new one. What merely takes long the server ends by itself, before that, and says so.
 */
final class Connections implements Reads, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Connections.class);

    private final Supplier<ConnectionPool> pools;
    private final Duration longest;

    // Guarded by this.
    private ConnectionPool current;
    private boolean closed;

    /**
     * @param pools makes an empty pool
     * @param longest how long it may take to get a connection, and how long one may say nothing; more than a statement may take
     */
    Connections(Supplier<ConnectionPool> pools, Duration longest) {
        this.pools = pools;
        this.longest = longest;
        this.current = pools.get();
    }

    private record Lent(ConnectionPool from, Connection connection) {}

    /** When it fails for a connection's silence, what came of it is unknown. */
    @Override
    public <T> Flux<T> read(Function<Connection, Publisher<T>> work) {
        return Flux.concat(wanted(), lending(work));
    }

    /**
     * Ends when something is asked for. Whoever reads page after page subscribes to the next one while the last is still worked
     * on, and would keep a connection all that time. Not by {@code Mono.create} and its {@code onRequest}: what is asked for by
     * another thread while that is being registered is never told to it, and the reader waits for ever.
     */
    private static <T> Flux<T> wanted() {
        return Flux.just(true).handle((asked, sink) -> {});
    }

    private <T> Flux<T> lending(Function<Connection, Publisher<T>> work) {
        return Flux.usingWhen(
                lent().timeout(longest).onErrorMap(StoreAwayException::new),
                lent -> Silence.limited(work.apply(lent.connection()), longest),
                lent -> lent.connection().close(),
                (lent, failure) -> failure instanceof Silence.Broken
                        ? silent(lent)
                        : lent.connection().close(),
                lent -> lent.connection().close());
    }

    private Mono<Lent> lent() {
        return Mono.defer(() -> {
            ConnectionPool from = current();
            return from.create()
                    .map(connection -> new Lent(from, connection))
                    // Whoever still waited for a connection of the old pool gets one of the new.
                    .onErrorResume(
                            PoolShutdownException.class, gone -> from.equals(current()) ? Mono.error(gone) : lent());
        });
    }

    /** Its closing is waited for by nobody: it may get no answer either. */
    private Mono<Void> silent(Lent lent) {
        return Mono.fromRunnable(() -> {
            replace(lent.from());
            Mono.from(lent.connection().close()).subscribe(unused -> {}, Connections::notClosed);
        });
    }

    private synchronized void replace(ConnectionPool silent) {
        if (!closed && current.equals(silent)) {
            LOG.warn("A connection to PostgreSQL fell silent; all of its pool are made anew");
            current = pools.get();
            silent.disposeLater().subscribe(unused -> {}, Connections::notClosed);
        }
    }

    private static void notClosed(Throwable failure) {
        LOG.debug("A connection that had fallen silent did not close well", failure);
    }

    private synchronized ConnectionPool current() {
        return current;
    }

    /** Waits for nothing that runs. */
    @Override
    public void close() {
        ConnectionPool last;
        synchronized (this) {
            closed = true;
            last = current;
        }
        last.dispose();
    }
}
