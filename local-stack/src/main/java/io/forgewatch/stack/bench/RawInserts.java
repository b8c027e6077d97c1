package io.forgewatch.stack.bench;

import io.forgewatch.stack.bare.StoredRow;
import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.pool.ConnectionPoolConfiguration;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.Statement;
import java.util.StringJoiner;
import java.util.function.Function;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * What a plain insert of the same bytes takes: the same columns and keys as the events' table, no checks, no tags' table, no
 * idempotency, each statement a transaction of its own.
 */
final class RawInserts implements AutoCloseable {

    private static final String TABLE = "raw_events";

    private final ConnectionPool pool;

    private RawInserts(ConnectionPool pool) {
        this.pool = pool;
    }

    static RawInserts into(StoreUnderTest store, int connections) throws Exception {
        store.execute(StoredRow.table(TABLE));
        return new RawInserts(
                new ConnectionPool(ConnectionPoolConfiguration.builder(ConnectionFactories.get("r2dbc:" + store.url()))
                        .initialSize(0)
                        .maxSize(connections)
                        .build()));
    }

    Mono<Void> insert(StoredRow row) {
        return insert(row, 1);
    }

    /** So many rows with one statement, each parameter bound once a row. */
    Mono<Void> insert(StoredRow row, int rows) {
        StringJoiner values =
                new StringJoiner(", ", "insert into " + TABLE + " (" + StoredRow.COLUMNS + ") values ", "");
        for (int i = 0; i < rows; i++) {
            int at = i * StoredRow.BOUND;
            values.add("($%d, $%d, '1', $%d, $%d, $%d, $%d, $%d, $%d, $%d)"
                    .formatted(at + 1, at + 2, at + 3, at + 4, at + 5, at + 6, at + 7, at + 8, at + 9));
        }
        return run(values.toString(), statement -> {
            for (int i = 0; i < rows; i++) {
                row.bind(statement, i * StoredRow.BOUND);
            }
            return statement;
        });
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
