package io.forgewatch.command.eventstore;

import io.r2dbc.postgresql.api.PostgresqlConnection;
import io.r2dbc.spi.R2dbcException;
import java.time.Duration;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;

/** Lets one instance among many do a piece of work, by a lock in the database that a dead instance loses with its connection. */
public final class Leadership {

    private static final Logger LOG = LoggerFactory.getLogger(Leadership.class);
    private static final Duration LOOK = Duration.ofSeconds(5);

    /** Of waiting for the lock. */
    private static final Duration TURN = Duration.ofSeconds(10);

    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private final Database database;
    private final Duration turn;

    public Leadership(Database database) {
        this(database, TURN);
    }

    /** @param turn how long it waits for the lock at a time */
    Leadership(Database database, Duration turn) {
        this.database = database;
        this.turn = turn;
    }

    /**
     * Waits until this instance leads, then runs the work; cancels it when the lock is lost, and begins again. Work that fails
     * is begun again after a pause that grows to 5 s. Ends only when cancelled.
     *
     * @param name of the work, the same on all instances
     */
    public Flux<Void> whileLeading(String name, Publisher<?> work) {
        return Flux.usingWhen(
                        database.connect(),
                        connection -> acquired(connection, name)
                                .thenMany(Flux.from(work)
                                        .takeUntilOther(lost(connection, name)
                                                // What is cancelled may have to wait for what is under way.
                                                .publishOn(Schedulers.boundedElastic())))
                                .thenMany(Flux.<Void>error(
                                        () -> new IllegalStateException("ended, or the lock was lost"))),
                        Leadership::closed,
                        (connection, failure) -> closed(connection),
                        Leadership::closed)
                .retryWhen(Retry.backoff(Long.MAX_VALUE, Duration.ofMillis(200))
                        .maxBackoff(Duration.ofSeconds(5))
                        .transientErrors(true)
                        .doBeforeRetry(retry -> LOG.warn(
                                "{} starts again: {}", name, retry.failure().toString())));
    }

    /** Not waited for: a connection that says nothing may not say either that it is closed. */
    private static Mono<Void> closed(PostgresqlConnection connection) {
        return Mono.fromRunnable(() -> connection
                .close()
                .subscribe(unused -> {}, failure -> LOG.debug("A connection of a leader did not close well", failure)));
    }

    /**
     * Waits for the lock as long as it takes, in turns: between two of them the server has to say something, so that who waits on
     * a connection that is gone does not wait for ever.
     */
    private Mono<Void> acquired(PostgresqlConnection connection, String name) {
        return said(connection, "set lock_timeout = " + turn.toMillis())
                .then(Mono.defer(() -> turn(connection, name))
                        .timeout(turn.plus(database.longest()))
                        .retryWhen(Retry.indefinitely().filter(Leadership::isTurnOver)))
                .doOnSuccess(unused -> LOG.info("This instance leads: {}", name));
    }

    private static Mono<Void> turn(PostgresqlConnection connection, String name) {
        return Flux.from(connection
                        .createStatement("select pg_advisory_lock(4642892, hashtext($1))::text")
                        .bind("$1", name)
                        .execute())
                .flatMap(result -> result.map((row, meta) -> name))
                .then();
    }

    private static boolean isTurnOver(Throwable failure) {
        return failure instanceof R2dbcException refused && LOCK_NOT_AVAILABLE.equals(refused.getSqlState());
    }

    private static Mono<Void> said(PostgresqlConnection connection, String sql) {
        return Flux.from(connection.createStatement(sql).execute())
                .flatMap(result -> result.getRowsUpdated())
                .then();
    }

    /**
     * The lock lives as long as its connection: a look every few seconds finds a dead one that nobody closed, and ends the work
     * before the server gives the lock to another.
     */
    private Mono<Void> lost(PostgresqlConnection connection, String name) {
        return Flux.interval(LOOK)
                .onBackpressureDrop()
                .concatMap(tick -> said(connection, "select 1").timeout(database.longest()), 1)
                .then()
                .mergeWith(connection.getNotifications().then())
                .mergeWith(database.abandonment())
                .next()
                .onErrorComplete()
                .doOnTerminate(() -> LOG.warn("The lock is lost: {}", name))
                .then();
    }
}
