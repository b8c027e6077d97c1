package io.forgewatch.command.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;

/** One of two instances does the work, whatever happens to the one that does. */
@Timeout(120)
class LeadershipTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    private final String address = EmbeddedStore.newDatabase();
    private final Worker one = new Worker();
    private final Worker other = new Worker();

    private final class Worker {

        private final Database database;
        private final AtomicInteger working = new AtomicInteger();
        private final AtomicInteger begun = new AtomicInteger();
        private Disposable waiting;

        Worker() {
            this(new Database(PostgresAddress.parse(address), 1, 1));
        }

        Worker(Database database) {
            this.database = database;
        }

        void stop() {
            waiting.dispose();
            database.close();
        }

        void start() {
            waiting = new Leadership(database, Duration.ofSeconds(2))
                    .whileLeading(
                            "work",
                            Flux.never()
                                    .doOnSubscribe(now -> {
                                        begun.incrementAndGet();
                                        working.incrementAndGet();
                                    })
                                    .doFinally(end -> working.decrementAndGet()))
                    .subscribe();
        }

        boolean leads() {
            return working.get() == 1;
        }
    }

    @AfterEach
    void stopped() {
        for (Worker worker : new Worker[] {one, other}) {
            if (worker.waiting != null) {
                worker.waiting.dispose();
            }
            worker.database.close();
        }
    }

    @Test
    void given_two_instances_when_the_leader_stops_then_the_other_leads() {
        one.start();
        await().atMost(LONG).until(one::leads);
        other.start();
        await().during(Duration.ofSeconds(1)).until(() -> one.leads() && !other.leads());

        one.waiting.dispose();

        await().atMost(LONG).until(other::leads);
        assertThat(one.leads()).isFalse();
    }

    @Test
    void given_a_leader_whose_connection_breaks_when_it_notices_then_the_work_is_ended_and_led_by_one_again() {
        one.start();
        await().atMost(LONG).until(one::leads);
        other.start();

        EmbeddedStore.execute(
                EmbeddedStore.nameOf(address),
                "select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and granted and classid ="
                        + " 4642892 and database = (select oid from pg_database where datname = current_database())");

        await().atMost(LONG).until(() -> one.begun.get() + other.begun.get() == 2);
        await().atMost(LONG).until(() -> one.working.get() + other.working.get() == 1);
    }

    @Test
    void given_a_leader_whose_connection_falls_silent_when_it_looks_then_its_work_is_ended() {
        try (Line line = Line.to(address)) {
            Worker far = new Worker(new Database(line.address(), 1, 1, Duration.ofSeconds(1)));
            far.start();
            await().atMost(LONG).until(far::leads);

            line.forgetConnections();

            await().atMost(LONG).until(() -> far.working.get() == 0);
            far.stop();
        }
    }

    @Test
    void given_one_that_waits_on_a_connection_that_is_gone_when_the_leader_stops_then_it_leads_all_the_same() {
        one.start();
        await().atMost(LONG).until(one::leads);
        try (Line line = Line.to(address)) {
            Worker far = new Worker(new Database(line.address(), 1, 1, Duration.ofSeconds(1)));
            far.start();
            await().atMost(LONG).until(LeadershipTest.this::somebodyWaits);

            line.forgetConnections();
            one.waiting.dispose();

            await().atMost(Duration.ofSeconds(60)).until(far::leads);
            far.stop();
        }
    }

    private boolean somebodyWaits() throws SQLException {
        try (Connection connection = EmbeddedStore.connection(EmbeddedStore.nameOf(address));
                Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("select count(*) from pg_locks where locktype = 'advisory' and not"
                                + " granted and classid = 4642892 and database = (select oid from pg_database where datname ="
                                + " current_database())")) {
            rows.next();
            return rows.getInt(1) == 1;
        }
    }

    @Test
    void
            given_a_leader_that_may_vanish_when_the_server_is_asked_then_it_gives_a_silent_client_up_within_half_a_minute() {
        String seconds =
                "(current_setting('tcp_keepalives_idle')::int + current_setting('tcp_keepalives_interval')::int"
                        + " * current_setting('tcp_keepalives_count')::int)";
        Integer silent = one.database
                .read(connection -> Flux.from(
                                connection.createStatement("select " + seconds).execute())
                        .flatMap(result -> result.map((row, meta) -> row.get(0, Integer.class))))
                .blockFirst(LONG);

        assertThat(silent).isBetween(1, 30);
    }
}
