package io.forgewatch.command.eventstore;

import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.pool.ConnectionPoolConfiguration;
import io.r2dbc.postgresql.PostgresqlConnectionConfiguration;
import io.r2dbc.postgresql.PostgresqlConnectionFactory;
import io.r2dbc.postgresql.api.PostgresqlConnection;
import io.r2dbc.spi.Connection;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.util.retry.Retry;

/**
 * The connections to PostgreSQL: a pool for reading for each class of work, another for writing (waiting writers must not starve
 * the readers), and single ones for those who keep theirs. The first use applies the schema; that is tried until the server is
 * there.
 */
public final class Database implements Reads, AutoCloseable {

    /**
     * Longer than a statement may take, which is two thirds of it: a connection that says nothing for so long counts as dropped.
     * Bounds how long it may take to get one, too.
     */
    static final Duration LONGEST = Duration.ofSeconds(15);

    private static final Logger LOG = LoggerFactory.getLogger(Database.class);
    private static final List<String> SCRIPTS = List.of(
            "/io/forgewatch/command/eventstore/schema.sql",
            "/io/forgewatch/command/schedule/schema.sql",
            "/io/forgewatch/command/eventstore/sign-in.sql",
            "/io/forgewatch/command/eventstore/open-doors.sql",
            "/io/forgewatch/command/credential/schema.sql",
            "/io/forgewatch/command/parking/schema.sql");
    /**
     * No parallel plans: rows must come in the order of the index, and the two cores have other work. The rest: a client that
     * vanished without a word holds its locks no longer than half a minute.
     */
    private static final Map<String, String> OPTIONS = Map.of(
            "max_parallel_workers_per_gather", "0",
            "jit", "off",
            "tcp_keepalives_idle", "10",
            "tcp_keepalives_interval", "5",
            "tcp_keepalives_count", "3",
            "tcp_user_timeout", "25000");

    private static final String PERSONAL_KEYS = "/io/forgewatch/command/eventstore/personal-keys.sql";

    private final Schema schema;
    private final PostgresqlConnectionFactory factory;
    private final Duration longest;
    private final Map<Work, Connections> readers = new EnumMap<>(Work.class);
    private final Connections writers;
    private final Mono<Void> prepared;
    private final Sinks.Empty<Void> abandonment = Sinks.empty();
    private final Disposable.Swap completing = Disposables.swap();

    private volatile boolean applied;

    @Nullable
    private volatile StoreWentBackException abandoned;

    public Database(PostgresAddress address, int readers, int writers) {
        this(address, PoolSizes.of(readers, writers));
    }

    Database(PostgresAddress address, PoolSizes sizes) {
        this(address, sizes, LONGEST, SCRIPTS, Mono.empty());
    }

    /** @param longest in place of {@link #LONGEST} */
    Database(PostgresAddress address, int readers, int writers, Duration longest) {
        this(address, PoolSizes.of(readers, writers), longest, SCRIPTS, Mono.empty());
    }

    /**
     * The database of the keys of personal data; made where it is missing.
     *
     * @param events a database on the same server that is there
     */
    static Database ofPersonalKeys(PostgresAddress address, PostgresAddress events) {
        return new Database(
                address,
                PoolSizes.of(2, 2),
                LONGEST,
                List.of(PERSONAL_KEYS),
                DatabaseMaking.madeWhereMissing(address, events));
    }

    private Database(
            PostgresAddress address, PoolSizes sizes, Duration longest, List<String> scripts, Mono<Void> before) {
        this.longest = longest;
        this.schema = Schema.of(scripts);
        this.factory = new PostgresqlConnectionFactory(
                configuration(address).options(OPTIONS).build());
        // Whoever only asks is answered in time, or told that it takes too long: so silence means that nobody is there.
        PostgresqlConnectionFactory prompt = new PostgresqlConnectionFactory(
                configuration(address).options(prompt(longest)).build());
        for (Work work : Work.values()) {
            readers.put(work, new Connections(() -> pool(prompt, work.name(), sizes.of(work)), longest));
        }
        this.writers = new Connections(() -> pool(prompt, "writers", sizes.writers()), longest);
        this.prepared = before.then(Mono.defer(this::applySchema))
                .retryWhen(Retry.backoff(Long.MAX_VALUE, Duration.ofMillis(100))
                        .maxBackoff(Duration.ofSeconds(5))
                        .doBeforeRetry(retry -> LOG.warn(
                                "PostgreSQL at {} cannot be used yet: {}",
                                address,
                                String.valueOf(retry.failure().getMessage()))))
                .doOnSuccess(done -> {
                    applied = true;
                    completing.update(completed().subscribe());
                })
                .cache();
    }

    /** Reads for what goes on by itself. */
    @Override
    public <T> Flux<T> read(Function<Connection, Publisher<T>> work) {
        return reading(Work.PRESENT, work);
    }

    /** Reads for somebody who looks back, on connections that nobody else waits for. */
    public <T> Flux<T> lookBack(Function<Connection, Publisher<T>> work) {
        return reading(Work.LOOKING_BACK, work);
    }

    /** Where a class of work reads. */
    Reads of(Work work) {
        return new Reads() {
            @Override
            public <T> Flux<T> read(Function<Connection, Publisher<T>> asked) {
                return reading(work, asked);
            }
        };
    }

    private <T> Flux<T> reading(Work work, Function<Connection, Publisher<T>> asked) {
        return usable(work).thenMany(Objects.requireNonNull(readers.get(work)).read(asked));
    }

    /** What goes on by itself waits for the server as long as it takes; people do not. */
    private Mono<Void> usable(Work work) {
        return work == Work.PRESENT || applied
                ? usable()
                : usable().timeout(longest).onErrorMap(TimeoutException.class, StoreAwayException::new);
    }

    /**
     * Runs something on a connection for writing. Fails with {@link StoreAwayException} when nothing was done; when it fails for
     * the connection's silence, nobody knows whether it was done.
     */
    public <T> Flux<T> write(Function<Connection, Publisher<T>> work) {
        return usable().thenMany(writers.read(work));
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
        completing.dispose();
        readers.values().forEach(Connections::close);
        writers.close();
    }

    private Mono<Void> usable() {
        return Mono.defer(() -> {
            StoreWentBackException why = abandoned;
            return why == null ? prepared : Mono.error(why);
        });
    }

    private static PostgresqlConnectionConfiguration.Builder configuration(PostgresAddress address) {
        return PostgresqlConnectionConfiguration.builder()
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
                .forceBinary(true);
    }

    private static Map<String, String> prompt(Duration longest) {
        Map<String, String> options = new HashMap<>(OPTIONS);
        options.put("statement_timeout", Long.toString(twoThirds(longest).toMillis()));
        return options;
    }

    private static Duration twoThirds(Duration longest) {
        return longest.dividedBy(3).multipliedBy(2);
    }

    private ConnectionPool pool(PostgresqlConnectionFactory prompt, String name, int size) {
        // An initial size that equals the maximum has been seen to put all connections on one thread.
        return new ConnectionPool(ConnectionPoolConfiguration.builder(prompt)
                .name(name)
                .initialSize(0)
                .minIdle(0)
                .maxSize(size)
                .maxIdleTime(Duration.ofMinutes(10))
                .maxAcquireTime(twoThirds(longest))
                // A server that is reached and says nothing must not keep a place in the pool for ever.
                .maxCreateConnectionTime(longest.dividedBy(3))
                // After a break of the network every idle connection may be dead: none of them is an answer.
                .acquireRetry(size)
                .build());
    }

    private Mono<Void> applySchema() {
        return Mono.usingWhen(factory.create().timeout(longest), schema::needed, PostgresqlConnection::close);
    }

    /** What the schema is to have besides: nobody waits for it. */
    private Mono<Void> completed() {
        return Mono.usingWhen(factory.create().timeout(longest), schema::afterwards, PostgresqlConnection::close)
                .retryWhen(Retry.backoff(Long.MAX_VALUE, Duration.ofSeconds(1))
                        .maxBackoff(Duration.ofMinutes(1))
                        .jitter(0.5)
                        .doBeforeRetry(retry -> LOG.warn(
                                "The schema is not complete yet: {}",
                                String.valueOf(retry.failure().getMessage()))));
    }
}
