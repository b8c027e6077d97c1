package io.forgewatch.stack.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.forgewatch.stack.FreePort;
import io.forgewatch.stack.Progress;
import io.forgewatch.stack.StackException;
import io.forgewatch.stack.StackHome;
import io.forgewatch.stack.StackOptions;
import io.forgewatch.stack.postgres.PostgresBinaries;
import io.forgewatch.stack.postgres.PostgresServer;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Tag("trial")
@Timeout(900)
class StartBehindTest {

    private static final BehindSize SMALL = new BehindSize(20_000, 20, 1_000, 20, 600, 100, 5, 1);

    @TempDir
    Path home;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final Progress progress = new Progress(new PrintStream(out, true, StandardCharsets.UTF_8));

    @BeforeEach
    void unpackOnce() throws Exception {
        Path programs = Path.of("target", "postgres").toAbsolutePath();
        Files.createDirectories(programs);
        Files.createSymbolicLink(
                StackOptions.parse(List.of("--home", home.toString()), Map.of()).programs(), programs);
    }

    @Test
    void given_a_small_history_when_killed_and_started_then_it_is_ready_and_knows_old_numbers_and_the_folder_is_kept()
            throws Exception {
        PreparedFolder folder = PreparedFolder.at(home);
        List<Figure> figures = StartBehind.measure(SMALL, folder, progress);
        assertThat(figures)
                .filteredOn(figure -> List.of("main.start-behind-10m-wrong", "main.start-behind-10m-events")
                        .contains(figure.name()))
                .hasSize(2)
                .allMatch(Figure::met);
        assertThat(figures.getFirst().value()).isPositive();
        assertThat(folder.mark(PreparedFolder.FRAMES).orElseThrow()).isGreaterThanOrEqualTo(600);
        out.reset();
        // Nothing is started for it.
        new BehindPreparation(folder, SMALL, progress).complete();
        assertThat(out.toString(StandardCharsets.UTF_8)).doesNotContain("ready after");
    }

    @Test
    void given_a_fill_that_ended_early_when_filled_then_it_goes_on_where_it_was_and_the_automations_are_past_it()
            throws Exception {
        History whole = new History(new BehindSize(4_000, 20, 1_000, 20, 600, 100, 5, 1));
        History begun = new History(new BehindSize(2_000, 20, 1_000, 20, 600, 100, 5, 1));
        long half = HistoryFill.fill(home, begun, 0, progress);
        assertThat(stored("select max(position) from events")).isEqualTo(half);
        run("insert into tokens (processor, segment, mask, position, owner) values ('any', 0, 0, 0, 'somebody')");
        long all = HistoryFill.fill(home, whole, 0, progress);
        assertThat(all).isEqualTo(whole.before(whole.chapters())).isGreaterThan(half);
        assertThat(stored("select count(*) from events")).isEqualTo(all);
        assertThat(stored("select count(distinct tags) from events where name = 'DeviceRegistered'"))
                .isEqualTo(1_000);
        assertThat(stored("select count(*) from events where leaf is null")).isZero();
        assertThat(stored("select position from tokens where owner is null")).isEqualTo(all);
        assertThatThrownBy(() -> HistoryFill.fill(home, begun, 0, progress)).isInstanceOf(StackException.class);
    }

    private long stored(String query) throws Exception {
        try (Store store = new Store(home);
                ResultSet row = store.statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }

    private void run(String command) throws Exception {
        try (Store store = new Store(home)) {
            store.statement.execute(command);
        }
    }

    /** The store of a stack that is down. */
    private static final class Store implements AutoCloseable {

        private final StackHome held;
        private final PostgresServer server;
        private final Connection connection;
        private final Statement statement;

        private Store(Path home) throws Exception {
            held = StackHome.take(home);
            server = PostgresServer.start(
                    PostgresBinaries.in(StackOptions.parse(List.of("--home", home.toString()), Map.of())
                            .programs()),
                    held.data().resolve("postgres"),
                    FreePort.any());
            connection = server.connect();
            statement = connection.createStatement();
        }

        @Override
        public void close() throws Exception {
            connection.close();
            server.close();
            held.close();
        }
    }
}
