package io.forgewatch.stack.postgres;

import io.forgewatch.stack.Folders;
import io.forgewatch.stack.Secrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real PostgreSQL on loopback, with fsync on: what it has acknowledged is on disk. Its password is made once and kept beside
 * the data, readable by the owner alone.
 */
public final class PostgresServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresServer.class);
    private static final String NAME = "forgewatch";

    private final PostgresCommand command;
    private final Path data;
    private final int port;
    private final String password;
    private final boolean orphanEnded;

    private PostgresServer(PostgresCommand command, Path data, int port, String password, boolean orphanEnded) {
        this.command = command;
        this.data = data;
        this.port = port;
        this.password = password;
        this.orphanEnded = orphanEnded;
    }

    /**
     * Starts it; the first time, makes the database. A PostgreSQL that an earlier run left behind on the same data is stopped
     * before. The caller holds the lock of the folder.
     *
     * @param folder gets {@code data/}, {@code password} and {@code postgres.log}
     * @param port on 127.0.0.1, free
     * @throws IOException when it does not start; the message holds the end of its log
     */
    public static PostgresServer start(PostgresBinaries binaries, Path folder, int port)
            throws IOException, InterruptedException {
        PostgresCommand command = new PostgresCommand(binaries);
        Files.createDirectories(folder);
        Path home = folder.toRealPath();
        Path data = home.resolve("data");
        String password = Secrets.keptIn(home.resolve("password"));
        boolean orphanEnded = endOrphan(binaries, folder);
        if (!Files.exists(data.resolve("PG_VERSION")) || Files.exists(unfinished(home))) {
            make(command, home, data);
        }
        Path log = home.resolve("postgres.log");
        try {
            command.mustRun(
                    "pg_ctl",
                    List.of(
                            "-D",
                            data.toString(),
                            "-l",
                            log.toString(),
                            "-w",
                            "-t",
                            "120",
                            "-o",
                            settings(port),
                            "start"));
        } catch (IOException failed) {
            throw new IOException(failed.getMessage() + lastLines(log), failed);
        }
        PostgresServer server = new PostgresServer(command, data, port, password, orphanEnded);
        server.makeDatabase();
        return server;
    }

    /**
     * Stops a PostgreSQL that an earlier run left behind on this folder; to be called before its port is looked at.
     *
     * @return whether there was one
     */
    public static boolean endOrphan(PostgresBinaries binaries, Path folder) throws IOException, InterruptedException {
        Path data = folder.resolve("data");
        return Files.isDirectory(data)
                && new OrphanedPostgres(new PostgresCommand(binaries), data.toRealPath()).endIt();
    }

    /** Whether a PostgreSQL of an earlier run was found alive, or its traces were, and dealt with. */
    public boolean orphanEnded() {
        return orphanEnded;
    }

    /** {@code postgresql://user:password@host:port/db}. */
    public String url() {
        return "postgresql://" + NAME + ":" + password + "@127.0.0.1:" + port + "/" + NAME;
    }

    /** Opens a blocking connection, for tests and for counting rows from outside of the sides. */
    public Connection connect() throws SQLException {
        return connect(NAME);
    }

    /** Stops it: open connections are cut, everything is on disk, the process is gone. */
    @Override
    public void close() throws IOException, InterruptedException {
        OrphanedPostgres processes = new OrphanedPostgres(command, data);
        Optional<ProcessHandle> postmaster = processes.postmaster();
        PostgresCommand.Outcome stopped =
                command.run("pg_ctl", List.of("-D", data.toString(), "-m", "fast", "-w", "-t", "60", "stop"));
        // pg_ctl is content when the pid file is gone, which is a moment before the process is.
        boolean gone = postmaster.isEmpty() || processes.ended(postmaster.get(), 10);
        if (stopped.exitCode() != 0 || !gone) {
            LOG.warn("PostgreSQL did not stop as asked: {}", stopped.output());
            processes.endIt();
        }
    }

    private static Path unfinished(Path home) {
        return home.resolve("unfinished");
    }

    private static void make(PostgresCommand command, Path home, Path data) throws IOException, InterruptedException {
        Files.deleteIfExists(unfinished(home));
        Files.createFile(unfinished(home));
        Folders.delete(data);
        command.mustRun(
                "initdb",
                List.of(
                        "-D",
                        data.toString(),
                        "-U",
                        NAME,
                        "--auth=scram-sha-256",
                        "--pwfile",
                        passwordFile(home),
                        "-E",
                        "UTF8",
                        "--locale=C"));
        Files.delete(unfinished(home));
    }

    private static String passwordFile(Path home) {
        return home.resolve("password").toString();
    }

    private static String settings(int port) {
        return String.join(
                " -c ",
                "-p " + port,
                "listen_addresses=127.0.0.1",
                "unix_socket_directories=''",
                "fsync=on",
                "synchronous_commit=on",
                "full_page_writes=on",
                "max_connections=100",
                "shared_buffers=512MB",
                "max_wal_size=4GB",
                "checkpoint_timeout=15min",
                "log_min_messages=warning",
                "log_timezone=UTC",
                "timezone=UTC");
    }

    private void makeDatabase() throws IOException {
        try (Connection connection = connect("postgres");
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("select 1 from pg_database where datname = '" + NAME + "'")) {
            if (!found.next()) {
                statement.execute("create database " + NAME);
            }
        } catch (SQLException failed) {
            throw new IOException(
                    "PostgreSQL started, but its database cannot be made: " + failed.getMessage(), failed);
        }
    }

    private Connection connect(String database) throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/" + database, NAME, password);
    }

    private static String lastLines(Path log) throws IOException {
        if (!Files.exists(log)) {
            return "";
        }
        List<String> lines = Files.readAllLines(log);
        return "\n" + String.join("\n", lines.subList(Math.max(0, lines.size() - 10), lines.size()));
    }
}
