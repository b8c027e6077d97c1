package io.forgewatch.stack.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.forgewatch.stack.Await;
import io.forgewatch.stack.FreePort;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresServerTest {

    private static final Path PROGRAMS = Path.of("target", "postgres");

    @TempDir
    Path folder;

    @Test
    void given_a_stopped_server_when_it_starts_again_on_another_port_then_its_data_is_there() throws Exception {
        PostgresBinaries binaries = PostgresBinaries.in(PROGRAMS);
        try (PostgresServer server = PostgresServer.start(binaries, folder, FreePort.any())) {
            run(server, "create table kept (n int)", "insert into kept values (7)");
            assertThat(one(server, "show fsync")).isEqualTo("on");
        }
        try (PostgresServer server = PostgresServer.start(binaries, folder, FreePort.any())) {
            assertThat(one(server, "select n::text from kept")).isEqualTo("7");
            assertThat(server.orphanEnded()).isFalse();
        }
    }

    @Test
    void given_a_server_when_somebody_comes_without_its_password_then_it_refuses() throws Exception {
        try (PostgresServer server = PostgresServer.start(PostgresBinaries.in(PROGRAMS), folder, FreePort.any())) {
            URI url = URI.create(server.url());
            String jdbc = "jdbc:postgresql://127.0.0.1:" + url.getPort() + "/forgewatch";
            assertThatThrownBy(() -> DriverManager.getConnection(jdbc, "forgewatch", "wrong"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("password authentication failed");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("password"))))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void
            given_a_server_that_nobody_stopped_when_another_starts_on_its_data_then_the_first_is_ended_and_nothing_is_lost()
                    throws Exception {
        PostgresBinaries binaries = PostgresBinaries.in(PROGRAMS);
        PostgresServer orphan = PostgresServer.start(binaries, folder, FreePort.any());
        run(orphan, "create table kept (n int)", "insert into kept values (7)");
        ProcessHandle postmaster = postmaster();
        try (PostgresServer server = PostgresServer.start(binaries, folder, FreePort.any())) {
            assertThat(server.orphanEnded()).isTrue();
            Await.until("it is gone", Duration.ofSeconds(30), () -> !postmaster.isAlive());
            assertThat(one(server, "select n::text from kept")).isEqualTo("7");
        }
    }

    @Test
    void given_a_postmaster_that_was_killed_when_another_starts_on_its_data_then_nothing_acknowledged_is_lost()
            throws Exception {
        PostgresBinaries binaries = PostgresBinaries.in(PROGRAMS);
        PostgresServer killed = PostgresServer.start(binaries, folder, FreePort.any());
        run(killed, "create table kept (n int)", "insert into kept values (7)");
        ProcessHandle postmaster = postmaster();
        postmaster.destroyForcibly();
        postmaster.onExit().get(30, TimeUnit.SECONDS);
        try (PostgresServer server = PostgresServer.start(binaries, folder, FreePort.any())) {
            assertThat(one(server, "select n::text from kept")).isEqualTo("7");
        }
    }

    @Test
    void given_a_pid_file_that_names_a_stranger_when_it_starts_then_the_stranger_lives_on() throws Exception {
        PostgresBinaries binaries = PostgresBinaries.in(PROGRAMS);
        PostgresServer.start(binaries, folder, FreePort.any()).close();
        Process stranger = new ProcessBuilder("sleep", "600").start();
        try {
            Files.writeString(folder.resolve("data/postmaster.pid"), stranger.pid() + "\n/nowhere\n");
            PostgresServer.start(binaries, folder, FreePort.any()).close();
            assertThat(stranger.isAlive()).isTrue();
        } finally {
            stranger.destroyForcibly();
        }
    }

    private ProcessHandle postmaster() throws Exception {
        List<String> lines = Files.readAllLines(folder.resolve("data/postmaster.pid"));
        return ProcessHandle.of(Long.parseLong(lines.getFirst())).orElseThrow();
    }

    private static void run(PostgresServer server, String... statements) throws SQLException {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static String one(PostgresServer server, String query) throws SQLException {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            assertThat(result.next()).isTrue();
            return result.getString(1);
        }
    }
}
