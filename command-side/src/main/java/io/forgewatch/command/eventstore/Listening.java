package io.forgewatch.command.eventstore;

import io.r2dbc.postgresql.api.PostgresqlConnection;
import java.time.Duration;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Hears at once of events that other instances appended, by LISTEN on a connection of its own. The server has nothing to say on it
 * for hours, and a firewall may drop it meanwhile: so LISTEN is said again now and then, which keeps the way open and finds out
 * when it is not.
 */
final class Listening {

    /** So often LISTEN is said again. */
    static final Duration AGAIN = Duration.ofSeconds(30);

    private final Database database;
    private final RecentEvents recent;
    private final Duration again;

    Listening(Database database, RecentEvents recent, Duration again) {
        this.database = database;
        this.recent = recent;
        this.again = again;
    }

    /** Goes on until the connection breaks or falls silent, and fails then. */
    Flux<?> heard() {
        return Flux.usingWhen(
                database.connect(),
                connection -> Flux.merge(
                        connection
                                .getNotifications()
                                .doOnNext(notification ->
                                        recent.heardOf(Long.parseLong(String.valueOf(notification.getParameter()))))
                                .concatWith(Mono.error(
                                        () -> new IllegalStateException("The connection for listening was closed"))),
                        StoreNotifications.every(again, Mono.defer(() -> listen(connection)))),
                PostgresqlConnection::close,
                // Not waited for: a connection that says nothing may not say either that it is closed.
                (connection, failure) ->
                        Mono.fromRunnable(() -> connection.close().subscribe()),
                PostgresqlConnection::close);
    }

    private Mono<Void> listen(PostgresqlConnection connection) {
        return Flux.from(connection.createStatement("listen forgewatch_events").execute())
                .flatMap(result -> result.getRowsUpdated())
                .then()
                .timeout(database.longest());
    }
}
