package io.forgewatch.command.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.forgewatch.command.eventstore.Press.PressButton;
import io.forgewatch.command.eventstore.Schema.Step;
import io.forgewatch.command.kept.KeptStore;
import io.forgewatch.event.Actor;
import io.forgewatch.event.alarm.AlarmId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.Disposable;

/** A release starts on the last one's store while others use its tables. */
@Timeout(120)
class SchemaTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    static List<KeptStore> kept() {
        return KeptStore.all();
    }

    @Test
    void given_a_script_with_marks_when_read_then_each_begins_a_step_of_its_kind() {
        assertThat(Schema.steps("select 1;\n--> afterwards\nselect 2;\n--> needed\nselect 3;\n"))
                .containsExactly(
                        new Step(true, "select 1;\n"), new Step(false, "select 2;\n"), new Step(true, "select 3;\n"));
        assertThat(Schema.steps("select 1;")).containsExactly(new Step(true, "select 1;"));
        assertThatThrownBy(() -> Schema.steps("--> whenever\nselect 1;").toList())
                .hasMessageContaining("whenever");
    }

    @ParameterizedTest
    @MethodSource("kept")
    void given_a_dump_of_the_events_when_this_release_starts_then_it_appends_and_the_limit_comes_after_the_dump(
            KeptStore kept) throws SQLException {
        String address = kept.restored();
        String name = EmbeddedStore.nameOf(address);
        try (Connection dump = EmbeddedStore.connection(name)) {
            reads(dump, "events");
            try (StoreBed bed = new StoreBed(address)) {
                AlarmId button = StoreBed.newButton();
                bed.commands()
                        .send(
                                new PressButton(
                                        button, "a", 1_000, Clock.systemUTC().instant()),
                                Actor.system("t"),
                                null)
                        .block(LONG);
                assertThat(hasLimit(name)).isFalse();

                dump.rollback();

                await().atMost(LONG).until(() -> hasLimit(name));
            }
        }
    }

    /** Nothing can be done without the column, so the start waits; those who are there do not. */
    @ParameterizedTest
    @MethodSource("kept")
    void given_a_dump_of_a_table_that_is_to_be_altered_when_this_release_starts_then_nobody_waits_behind_it(
            KeptStore kept) throws SQLException {
        String address = kept.restored();
        String name = EmbeddedStore.nameOf(address);
        try (Connection dump = EmbeddedStore.connection(name);
                Connection former = EmbeddedStore.connection(name)) {
            reads(dump, "due_dates");
            nobodyWaits(name, dump, former, address);
        }
    }

    private static void nobodyWaits(String name, Connection dump, Connection former, String address)
            throws SQLException {
        try (StoreBed bed = new StoreBed(address)) {
            Disposable starting = bed.database().ready().subscribe();
            await().atMost(LONG)
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> isTrue(
                            name,
                            "select exists (select from pg_locks where not granted and database ="
                                    + " (select oid from pg_database where datname = current_database()))"));

            try (Statement entering = former.createStatement()) {
                entering.execute("set lock_timeout = '20s'");
                entering.execute("insert into due_dates (key, due_at, command_name, command)"
                        + " values ('beside', now(), 'PressButton', '{}')");
            }
            assertThat(starting.isDisposed()).as("it waits for the dump").isFalse();

            dump.rollback();
            bed.database().ready().block(LONG);
        }
    }

    private static void reads(Connection dump, String table) throws SQLException {
        dump.setAutoCommit(false);
        try (Statement lock = dump.createStatement()) {
            lock.execute("lock table " + table + " in access share mode");
        }
    }

    private static boolean hasLimit(String name) throws SQLException {
        return isTrue(name, "select exists (select from pg_constraint where conname = 'events_payload_size')");
    }

    private static boolean isTrue(String name, String sql) throws SQLException {
        try (Connection connection = EmbeddedStore.connection(name);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() && row.getBoolean(1);
        }
    }
}
