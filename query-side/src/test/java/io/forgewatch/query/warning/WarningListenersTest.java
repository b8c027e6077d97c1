package io.forgewatch.query.warning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import io.forgewatch.event.identity.Jurisdiction;
import io.forgewatch.event.identity.Role;
import io.forgewatch.query.given.Store;
import io.forgewatch.query.projection.Progress;
import io.forgewatch.web.Caller;
import io.forgewatch.web.Problem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.Disposables;

/** Who is gone does not listen, whatever he was at. */
class WarningListenersTest {

    private static final int CYCLES = 2_000;
    private static final Caller SHANDONG =
            new Caller("province", Role.PROVINCE, new Jurisdiction.Region("37"), Instant.MAX);

    private final WarningLive live = new WarningLive();

    @Test
    void given_readers_who_hang_up_while_the_past_is_read_when_all_are_gone_then_nobody_listens() {
        try (Store store = new Store()) {
            WarningStream stream = new WarningStream(new WarningPast(store.database()), live, new Progress());

            for (int i = 0; i < CYCLES; i++) {
                Disposable reader =
                        stream.open(SHANDONG, i % 2 == 0 ? "0" : null).block().subscribe();
                assertThat(live.listeners()).isEqualTo(1);
                reader.dispose();
            }

            assertThat(live.listeners()).isZero();
        }
    }

    @Test
    void given_a_store_that_is_away_when_readers_come_and_go_then_nobody_listens_and_the_next_is_heard() {
        try (MongoClient away = MongoClients.create(MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString("mongodb://127.0.0.1:1/none"))
                .applyToClusterSettings(cluster -> cluster.serverSelectionTimeout(20, TimeUnit.MILLISECONDS))
                .build())) {
            WarningStream stream = new WarningStream(new WarningPast(away.getDatabase("none")), live, new Progress());
            AtomicInteger failed = new AtomicInteger();
            Disposable.Composite readers = Disposables.composite();

            for (int i = 0; i < CYCLES; i++) {
                readers.add(
                        stream.open(SHANDONG, "0").block().subscribe(entry -> {}, failure -> failed.incrementAndGet()));
            }
            Awaitility.await().until(() -> failed.get() == CYCLES);

            assertThat(live.listeners()).isZero();
            Disposable next = stream.open(SHANDONG, null).block().subscribe();
            assertThat(live.listeners()).isEqualTo(1);
            next.dispose();
            readers.dispose();
        }
    }

    @Test
    void given_as_many_as_one_instance_is_made_for_when_one_more_comes_then_he_is_told_to_come_again() {
        List<Disposable> readers = new ArrayList<>();
        while (!live.isFull()) {
            readers.add(live.listening(new Jurisdiction.Nation(), present -> present)
                    .subscribe());
        }

        assertThatThrownBy(() -> live.listening(new Jurisdiction.Nation(), present -> present)
                        .blockFirst())
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.status()).isEqualTo(503));

        readers.forEach(Disposable::dispose);
        assertThat(live.listeners()).isZero();
    }

    @Test
    void given_a_stream_that_was_open_before_the_side_was_up_when_the_side_stops_then_it_ends() {
        Disposable open = live.closed().subscribe();

        live.start();
        live.stop();

        assertThat(open.isDisposed()).isTrue();
    }
}
