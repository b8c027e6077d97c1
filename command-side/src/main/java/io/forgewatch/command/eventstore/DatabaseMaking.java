package io.forgewatch.command.eventstore;

import io.r2dbc.postgresql.PostgresqlConnectionConfiguration;
import io.r2dbc.postgresql.PostgresqlConnectionFactory;
import io.r2dbc.postgresql.api.PostgresqlConnection;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Makes a database where it is missing, as far as this user may; else an operator has to. */
final class DatabaseMaking {

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseMaking.class);

    private DatabaseMaking() {}

    /**
     * Completes in any case: whoever needs the database finds out whether it is there.
     *
     * @param beside a database on the same server that is there
     */
    static Mono<Void> madeWhereMissing(PostgresAddress wanted, PostgresAddress beside) {
        PostgresqlConnectionFactory factory =
                new PostgresqlConnectionFactory(PostgresqlConnectionConfiguration.builder()
                        .host(wanted.host())
                        .port(wanted.port())
                        .database(beside.database())
                        .username(wanted.user())
                        .password(wanted.password())
                        .connectTimeout(Duration.ofSeconds(5))
                        .build());
        return Mono.usingWhen(
                        factory.create(),
                        connection -> isThere(connection, wanted.database())
                                .flatMap(there -> there ? Mono.<Void>empty() : made(connection, wanted.database())),
                        PostgresqlConnection::close)
                .onErrorResume(refused -> {
                    LOG.info("{} was not made here: {}", wanted, String.valueOf(refused.getMessage()));
                    return Mono.empty();
                });
    }

    private static Mono<Boolean> isThere(PostgresqlConnection connection, String name) {
        return Flux.from(connection
                        .createStatement("select count(*) > 0 from pg_database where datname = $1")
                        .bind(0, name)
                        .execute())
                .concatMap(result -> result.map((row, meta) -> Boolean.TRUE.equals(row.get(0, Boolean.class))))
                .next();
    }

    private static Mono<Void> made(PostgresqlConnection connection, String name) {
        String quoted = '"' + name.replace("\"", "\"\"") + '"';
        return Flux.from(connection.createStatement("create database " + quoted).execute())
                .concatMap(result -> result.getRowsUpdated())
                .then()
                .doOnSuccess(made -> LOG.info("Made database {}", name));
    }
}
