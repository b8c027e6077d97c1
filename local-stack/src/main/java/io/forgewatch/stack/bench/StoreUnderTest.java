package io.forgewatch.stack.bench;

import io.forgewatch.command.eventstore.AppendGate;
import io.forgewatch.command.eventstore.StoreInstance;
import io.forgewatch.stack.FreePort;
import io.forgewatch.stack.StackOptions;
import io.forgewatch.stack.postgres.PostgresBinaries;
import io.forgewatch.stack.postgres.PostgresServer;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;

/** An empty PostgreSQL as {@code ./forgewatch run} starts it, fsync on, and instances of the store on it in this process. */
final class StoreUnderTest implements AutoCloseable {

    private static final int CACHED = 100_000;
    private static final int RECENT = 8_192;

    private final PostgresServer server;

    private StoreUnderTest(PostgresServer server) {
        this.server = server;
    }

    static StoreUnderTest start(String name) throws IOException, InterruptedException {
        Path home = StackUnderTest.emptyHome(name);
        PostgresBinaries binaries = PostgresBinaries.in(
                StackOptions.parse(List.of(), System.getenv()).programs());
        return new StoreUnderTest(PostgresServer.start(binaries, home, FreePort.any()));
    }

    /** An instance that keeps states between commands. */
    StoreInstance instance() {
        return instance(CACHED);
    }

    /** An instance that takes events once the gate is opened. */
    StoreInstance behind(AppendGate gate) {
        return new StoreInstance(
                server.url(), List.of(new Acknowledging.Tally()), Clock.systemUTC(), 8, 4, RECENT, CACHED, gate);
    }

    /** An instance that sources every entity for every command. */
    StoreInstance forgetful() {
        return instance(0);
    }

    private StoreInstance instance(int cached) {
        return new StoreInstance(
                server.url(), List.of(new Acknowledging.Tally()), Clock.systemUTC(), 8, 4, RECENT, cached);
    }

    String url() {
        return server.url();
    }

    void execute(String sql) throws SQLException {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    long number(String query) throws SQLException {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        server.close();
    }
}
