package io.forgewatch.stack.bench;

import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.pool.ConnectionPoolConfiguration;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.Statement;
import java.time.Instant;
import java.util.StringJoiner;
import java.util.UUID;
import java.util.function.Function;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * What a plain insert of the same bytes takes: the same columns and keys as the events' table, no checks, no tags' table, no
 * idempotency, each statement a transaction of its own.
 */
final class RawInserts implements AutoCloseable {

    private static final int BOUND = 9;
    private static final String COLUMNS = "id, name, version, at, actor, tags, metadata, payload, entry, leaf";
    private static final String TABLE = """
            create table if not exists raw_events (
                position bigint generated always as identity primary key,
                id uuid not null unique,
                name text not null,
                version text not null,
                at timestamptz not null,
                actor text not null,
                tags text[] not null,
                metadata text not null,
                payload bytea not null,
                entry bytea not null,
                leaf bytea not null
            )""";

    /** One row's values, as the store has them for the same event. */
    record Row(String name, String actor, String[] tags, String metadata, byte[] payload, byte[] entry, byte[] leaf) {}

    private final ConnectionPool pool;

    private RawInserts(ConnectionPool pool) {
        this.pool = pool;
    }

    static RawInserts into(StoreUnderTest store, int connections) throws Exception {
        store.execute(TABLE);
        return new RawInserts(
                new ConnectionPool(ConnectionPoolConfiguration.builder(ConnectionFactories.get("r2dbc:" + store.url()))
                        .initialSize(0)
                        .maxSize(connections)
                        .build()));
    }

    Mono<Void> insert(Row row) {
        return insert(row, 1);
    }

    /** So many rows with one statement, each parameter bound once a row. */
    Mono<Void> insert(Row row, int rows) {
        StringJoiner values = new StringJoiner(", ", "insert into raw_events (" + COLUMNS + ") values ", "");
        for (int i = 0; i < rows; i++) {
            int at = i * BOUND;
            values.add("($%d, $%d, '1', $%d, $%d, $%d, $%d, $%d, $%d, $%d)"
                    .formatted(at + 1, at + 2, at + 3, at + 4, at + 5, at + 6, at + 7, at + 8, at + 9));
        }
        return run(values.toString(), statement -> {
            for (int i = 0; i < rows; i++) {
                bind(statement, i * BOUND, row);
            }
            return statement;
        });
    }

    private static void bind(Statement statement, int at, Row row) {
        statement
                .bind(at, UUID.randomUUID())
                .bind(at + 1, row.name())
                .bind(at + 2, Instant.now())
                .bind(at + 3, row.actor())
                .bind(at + 4, row.tags())
                .bind(at + 5, row.metadata())
                .bind(at + 6, row.payload())
                .bind(at + 7, row.entry())
                .bind(at + 8, row.leaf());
    }

    private Mono<Void> run(String sql, Function<Statement, Statement> bound) {
        return Mono.usingWhen(
                pool.create(),
                connection -> Flux.from(
                                bound.apply(connection.createStatement(sql)).execute())
                        .flatMap(result -> result.getRowsUpdated())
                        .then(),
                Connection::close);
    }

    @Override
    public void close() {
        pool.dispose();
    }
}
