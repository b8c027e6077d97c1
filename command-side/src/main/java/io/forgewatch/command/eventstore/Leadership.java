package io.forgewatch.command.eventstore;

import io.r2dbc.postgresql.api.PostgresqlConnection;
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

    private final Database database;

    public Leadership(Database database) {
        this.database = database;
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
                        PostgresqlConnection::close)
                .retryWhen(Retry.backoff(Long.MAX_VALUE, Duration.ofMillis(200))
                        .maxBackoff(Duration.ofSeconds(5))
                        .transientErrors(true)
                        .doBeforeRetry(retry -> LOG.warn(
                                "{} starts again: {}", name, retry.failure().toString())));
    }

    private static Mono<Void> acquired(PostgresqlConnection connection, String name) {
        return Flux.from(connection
                        .createStatement("select pg_advisory_lock(4642892, hashtext($1))::text")
                        .bind("$1", name)
                        .execute())
                .flatMap(result -> result.map((row, meta) -> name))
                .doOnNext(unused -> LOG.info("This instance leads: {}", name))
                .then();
    }

    /** The lock lives as long as its connection: a look every few seconds finds a dead one that nobody closed. */
    private Mono<Void> lost(PostgresqlConnection connection, String name) {
        return Flux.interval(LOOK)
                .onBackpressureDrop()
                .concatMap(
                        tick -> Flux.from(connection.createStatement("select 1").execute())
                                .flatMap(result -> result.getRowsUpdated())
                                .then(),
                        1)
                .then()
                .mergeWith(connection.getNotifications().then())
                .mergeWith(database.abandonment())
                .next()
                .onErrorComplete()
                .doOnTerminate(() -> LOG.warn("The lock is lost: {}", name))
                .then();
    }
}
