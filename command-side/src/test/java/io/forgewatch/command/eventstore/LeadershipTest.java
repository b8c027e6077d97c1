package io.forgewatch.command.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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

        private final Database database = new Database(PostgresAddress.parse(address), 1, 1);
        private final AtomicInteger working = new AtomicInteger();
        private final AtomicInteger begun = new AtomicInteger();
        private Disposable waiting;

        void start() {
            waiting = new Leadership(database)
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
