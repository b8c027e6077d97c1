package io.forgewatch.command.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.forgewatch.command.eventstore.Press.PressButton;
import io.forgewatch.event.Actor;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.Disposable;

/** An instance learns of what another one appended by being told, and by looking: each is enough without the other. */
@Timeout(120)
class NotificationsTest {

    private static final Duration NEVER = Duration.ofDays(1);
    private static final int EVENTS = 5;

    private final String address = EmbeddedStore.newDatabase();

    @Test
    void given_an_instance_that_never_looks_when_another_appends_then_it_is_told_of_each_event() {
        try (Instance told = new Instance(address, NEVER);
                StoreBed other = new StoreBed(address)) {
            await("listening").atMost(Duration.ofSeconds(60)).until(told::listens);

            assertEachIsSeen(told, other);
        }
    }

    @Test
    void given_a_database_that_tells_nobody_when_another_appends_then_each_event_is_found_by_looking() {
        String name = EmbeddedStore.nameOf(address);
        EmbeddedStore.execute(name, "create function public.pg_notify(text, text) returns void language sql as ''");
        EmbeddedStore.execute("postgres", "alter database " + name + " set search_path = public, pg_catalog");
        try (Instance looking = new Instance(address, Duration.ofMillis(50));
                StoreBed other = new StoreBed(address)) {
            assertEachIsSeen(looking, other);
        }
    }

    @Test
    void given_the_connection_that_listens_is_cut_when_another_appends_then_it_listens_again() {
        try (Instance told = new Instance(address, NEVER);
                StoreBed other = new StoreBed(address)) {
            await("listening").atMost(Duration.ofSeconds(60)).until(told::listens);
            told.cut();
            await("listening again").atMost(Duration.ofSeconds(60)).until(told::listens);

            assertEachIsSeen(told, other);
        }
    }

    /** One after the other: the first look, at the start, may find the first of them and no more. */
    private static void assertEachIsSeen(Instance instance, StoreBed other) {
        List<Long> seen = new CopyOnWriteArrayList<>();
        Disposable following = instance.recent.follow(0).subscribe(event -> seen.add(event.position()));
        for (int event = 1; event <= EVENTS; event++) {
            press(other, event);
            List<Long> all = LongStream.rangeClosed(1, event).boxed().toList();
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(seen).isEqualTo(all));
        }
        following.dispose();
    }

    private static void press(StoreBed bed, int number) {
        bed.commands
                .send(
                        new PressButton(StoreBed.newButton(), "p" + number, 10, Instant.EPOCH),
                        Actor.account("alice"),
                        null)
                .block(Duration.ofSeconds(20));
    }

    /** What an instance needs to follow the store; it appends nothing. */
    private static final class Instance implements AutoCloseable {

        /** Those of the bed, which listens too, are other backends. */
        private static final String LISTENING = "from pg_stat_activity where datname = current_database()"
                + " and state = 'idle' and query = 'listen forgewatch_events'";

        final Database database;
        final RecentEvents recent;
        private final StoreNotifications notifications;
        private final String name;

        Instance(String address, Duration lookEvery) {
            name = EmbeddedStore.nameOf(address);
            database = new Database(PostgresAddress.parse(address), 2, 1);
            EventRows rows = new EventRows(database);
            recent = new RecentEvents(rows, 64, back -> {});
            notifications = new StoreNotifications(
                    database,
                    rows,
                    recent,
                    new IdempotencyKeys(database),
                    new Snapshots(database),
                    new GroupCommit(database, recent, AppendGate.standingOpen()),
                    lookEvery);
            notifications.start();
        }

        boolean listens() {
            return number("select count(*) " + LISTENING) == 2;
        }

        void cut() {
            assertThat(number("select count(*) filter (where pg_terminate_backend(pid)) " + LISTENING))
                    .isEqualTo(2);
        }

        private long number(String sql) {
            try (Connection connection = EmbeddedStore.connection(name);
                    Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(sql)) {
                rows.next();
                return rows.getLong(1);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close() {
            notifications.stop();
            database.close();
        }
    }
}
