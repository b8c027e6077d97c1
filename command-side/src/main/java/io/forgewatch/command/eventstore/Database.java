package io.forgewatch.command.eventstore;

import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.pool.ConnectionPoolConfiguration;
import io.r2dbc.postgresql.PostgresqlConnectionConfiguration;
import io.r2dbc.postgresql.PostgresqlConnectionFactory;
import io.r2dbc.postgresql.api.PostgresqlConnection;
import io.r2dbc.spi.Connection;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.util.retry.Retry;

/**
 * The connections to PostgreSQL: a pool for reading, another for writing (waiting writers must not starve the readers), and
 * single ones for those who keep theirs. The first use applies the schema, and waits for the server as long as it takes.
 */
public final class Database implements AutoCloseable {

    /**
     * Far longer than anything takes that is asked of it: then the connection counts as dropped. Bounds how long it may take to
     * get a connection, and again how long what runs on it may take.
     */
    static final Duration LONGEST = Duration.ofSeconds(15);

    private static final Logger LOG = LoggerFactory.getLogger(Database.class);
    private static final List<String> SCRIPTS = List.of(
            "/io/forgewatch/command/eventstore/schema.sql",
            "/io/forgewatch/command/schedule/schema.sql",
            "/io/forgewatch/command/eventstore/sign-in.sql");
    private static final String PERSONAL_KEYS = "/io/forgewatch/command/eventstore/personal-keys.sql";

    private final String schema;
    private final PostgresqlConnectionFactory factory;
    private final Duration longest;
    private final Connections readers;
    private final Connections writers;
    private final Mono<Void> prepared;
    private final Sinks.Empty<Void> abandonment = Sinks.empty();

    @Nullable
    private volatile StoreWentBackException abandoned;

    public Database(PostgresAddress address, int readers, int writers) {
        this(address, readers, writers, LONGEST);
    }

    /** @param longest in place of {@link #LONGEST} */
    Database(PostgresAddress address, int readers, int writers, Duration longest) {
        this(address, readers, writers, longest, SCRIPTS, Mono.empty());
    }

    /**
     * The database of the keys of personal data; made where it is missing.
     *
     * @param events a database on the same server that is there
     */
    static Database ofPersonalKeys(PostgresAddress address, PostgresAddress events) {
        return new Database(
                address, 2, 2, LONGEST, List.of(PERSONAL_KEYS), DatabaseMaking.madeWhereMissing(address, events));
    }

    private Database(
            PostgresAddress address,
            int readers,
            int writers,
            Duration longest,
            List<String> scripts,
            Mono<Void> before) {
        this.longest = longest;
        // Read here: whoever uses it first may be on an event loop.
        this.schema = "begin; select pg_advisory_xact_lock(4642891, 0); "
                + String.join("\n", scripts.stream().map(Database::text).toList()) + "; commit;";
        this.factory = new PostgresqlConnectionFactory(PostgresqlConnectionConfiguration.builder()
                .host(address.host())
                .port(address.port())
                .database(address.database())
                .username(address.user())
                .password(address.password())
                .applicationName("forgewatch")
                .tcpKeepAlive(true)
                .tcpNoDelay(true)
                .connectTimeout(Duration.ofSeconds(5))
                // Times, ids and payloads as they are: written out as text and parsed again they cost more than all
                // else.
                .forceBinary(true)
                // No parallel plans: rows must come in the order of the index, and the two cores have other work.
                // The rest: a client that vanished without a word holds its locks no longer than half a minute.
                .options(Map.of(
                        "max_parallel_workers_per_gather", "0",
                        "jit", "off",
                        "tcp_keepalives_idle", "10",
                        "tcp_keepalives_interval", "5",
                        "tcp_keepalives_count", "3",
                        "tcp_user_timeout", "25000"))
                .build());
        this.readers = new Connections(() -> pool("readers", readers), longest);
        this.writers = new Connections(() -> pool("writers", writers), longest);
        this.prepared = before.then(Mono.defer(this::applySchema))
                .retryWhen(Retry.backoff(Long.MAX_VALUE, Duration.ofMillis(100))
                        .maxBackoff(Duration.ofSeconds(5))
                        .doBeforeRetry(retry -> LOG.warn(
                                "PostgreSQL at {} cannot be used yet: {}",
                                address,
                                String.valueOf(retry.failure().getMessage()))))
                .cache();
    }

    /**
     * Runs something on a connection for reading; it goes back to the pool when the stream ends or is cancelled. Fails with {@link
     * java.util.concurrent.TimeoutException} when it takes longer than {@link #LONGEST}.
     */
    public <T> Flux<T> read(Function<Connection, Publisher<T>> work) {
        return usable().thenMany(readers.use(work));
    }

    /** Runs something on a connection for writing; when it fails for its time, nobody knows whether it was done. */
    public <T> Flux<T> write(Function<Connection, Publisher<T>> work) {
        return usable().thenMany(writers.use(work));
    }

    /** A connection outside of the pools, for whoever keeps one, such as a listener or the holder of a lock. */
    public Mono<PostgresqlConnection> connect() {
        return usable().then(Mono.defer(factory::create).timeout(longest));
    }

    /** How long whoever keeps a connection should wait for an answer on it. */
    Duration longest() {
        return longest;
    }

    /** Completes when the server is there and the schema is applied. */
    public Mono<Void> ready() {
        return prepared;
    }

    /** From now on all that is asked fails with this. */
    void abandon(StoreWentBackException why) {
        synchronized (this) {
            if (abandoned != null) {
                return;
            }
            abandoned = why;
        }
        LOG.error(
                "{} Nothing more is read or written here: this process has to be started again.",
                String.valueOf(why.getMessage()));
        abandonment.tryEmitError(why).orThrow();
    }

    /** Fails once it is abandoned; else never ends. */
    public Mono<Void> abandonment() {
        return abandonment.asMono();
    }

    /** Closes the pools without waiting for what runs on them. */
    @Override
    public void close() {
        readers.close();
        writers.close();
    }

    private Mono<Void> usable() {
        return Mono.defer(() -> {
            StoreWentBackException why = abandoned;
            return why == null ? prepared : Mono.error(why);
        });
    }

    private ConnectionPool pool(String name, int size) {
        // An initial size that equals the maximum has been seen to put all connections on one thread.
        return new ConnectionPool(ConnectionPoolConfiguration.builder(factory)
                .name(name)
                .initialSize(0)
                .minIdle(0)
                .maxSize(size)
                .maxIdleTime(Duration.ofMinutes(10))
                .maxAcquireTime(longest.dividedBy(3).multipliedBy(2))
                // A server that is reached and says nothing must not keep a place in the pool for ever.
                .maxCreateConnectionTime(longest.dividedBy(3))
                // After a break of the network every idle connection may be dead: none of them is an answer.
                .acquireRetry(size)
                .build());
    }

    private Mono<Void> applySchema() {
        return Mono.usingWhen(
                factory.create().timeout(longest),
                connection -> Flux.from(connection.createStatement(schema).execute())
                        .flatMap(result -> result.getRowsUpdated())
                        .then(),
                PostgresqlConnection::close);
    }

    private static String text(String resource) {
        try (InputStream in = Database.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("Missing from the jar: " + resource);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
