package io.forgewatch.command.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.axonframework.eventsourcing.eventstore.SourcingCondition;
import org.axonframework.messaging.core.MessageStream;
import org.axonframework.messaging.eventhandling.EventMessage;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.axonframework.messaging.eventstreaming.Tag;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;

/**
 * Whoever reads a long history slowly makes the store hold a page or two of it, not all, and keeps no connection from others. The
 * pool has one connection, so that PostgreSQL's own counts of what was asked on it are complete when it answers the next question.
 */
@Timeout(120)
class SlowReadersTest {

    private static final int PAGES = 10;
    private static final int CHANCES = 2 * PAGES;
    private static final int MOST_AHEAD = 3;
    private static final Tag LONG = new Tag("thing", "of-many-events");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final String ADDRESS = EmbeddedStore.newDatabase();
    private static final Database DATABASE = new Database(PostgresAddress.parse(ADDRESS), 1, 1);
    private static final EventRows ROWS = new EventRows(DATABASE);

    @BeforeAll
    static void a_long_history() {
        RecentEvents recent = new RecentEvents(ROWS, 64, back -> {});
        GroupCommit commits = new GroupCommit(DATABASE, recent, AppendGate.standingOpen());
        for (int page = 0; page < PAGES; page++) {
            CompletableFuture<Append.Outcome> done = new CompletableFuture<>();
            commits.submit(new Append(
                    IntStream.range(0, EventRows.PAGE).mapToObj(n -> event()).toList(), null, 0, null, done));
            assertThat(done.orTimeout(60, TimeUnit.SECONDS).join()).isInstanceOf(Append.Outcome.Appended.class);
        }
    }

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @Test
    void given_an_entity_of_many_pages_when_it_is_sourced_slowly_then_only_a_few_pages_are_read_ahead() {
        RecentEvents recent = new RecentEvents(ROWS, 64, back -> {});
        R2dbcEventStorageEngine engine =
                new R2dbcEventStorageEngine(ROWS, recent, new GroupCommit(DATABASE, recent, AppendGate.standingOpen()));
        long before = scans("event_tags");

        MessageStream<EventMessage> stream =
                engine.source(SourcingCondition.conditionFor(EventCriteria.havingTags(LONG)), null);
        take(stream, 10);

        assertThat(scans("event_tags") - before).isBetween(1L, (long) MOST_AHEAD);
        take(stream, PAGES * EventRows.PAGE - 10);
        assertThat(scans("event_tags") - before).isGreaterThanOrEqualTo(PAGES);
        await().atMost(PATIENCE).until(() -> stream.next().isPresent());
        assertThat(stream.isCompleted()).isTrue();
    }

    @Test
    void given_a_follower_far_behind_the_newest_events_when_it_is_slow_then_only_a_few_pages_are_read_ahead() {
        long before = scans("events");
        long ofTheRing = 1;
        RecentEvents recent = new RecentEvents(ROWS, 4, back -> {});
        List<Long> seen = new CopyOnWriteArrayList<>();
        Asking follower = new Asking(seen);

        recent.follow(0).subscribe(follower);
        follower.request(10);
        await().atMost(PATIENCE).until(() -> seen.size() == 10);

        long asked = CHANCES + 1L + ofTheRing;
        assertThat(scans("events") - before - asked).isBetween(1L, (long) MOST_AHEAD);
        follower.request(PAGES * EventRows.PAGE - 10L);
        await().atMost(PATIENCE).until(() -> seen.size() == PAGES * EventRows.PAGE);
        assertThat(seen).isSorted().doesNotHaveDuplicates();
        follower.cancel();
    }

    private static void take(MessageStream<EventMessage> stream, int many) {
        int taken = 0;
        while (taken < many) {
            if (stream.next().isPresent()) {
                taken++;
            } else {
                await().atMost(PATIENCE).until(stream::hasNextAvailable);
            }
        }
    }

    /** How often a table was looked at by this connection; before, whoever wants to read ahead gets many chances to. */
    private static long scans(String table) {
        for (int chance = 0; chance < CHANCES; chance++) {
            askForTheHead();
        }
        DATABASE.read(connection -> Flux.from(connection
                                .createStatement("select pg_stat_force_next_flush()")
                                .execute())
                        .flatMap(result -> result.getRowsUpdated()))
                .blockLast(PATIENCE);
        askForTheHead();
        try (Connection connection = EmbeddedStore.connection(EmbeddedStore.nameOf(ADDRESS));
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select coalesce(seq_scan, 0) + coalesce(idx_scan, 0)"
                        + " from pg_stat_user_tables where relname = '" + table + "'")) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void askForTheHead() {
        assertThat(ROWS.head().block(PATIENCE)).isEqualTo(PAGES * EventRows.PAGE);
    }

    private static StoredEvent event() {
        return new StoredEvent(0, MessageIds.next(), "A", "1", Instant.EPOCH, Map.of(), Set.of(LONG), new byte[] {1});
    }

    /** Takes as many as it is told to. */
    private static final class Asking extends BaseSubscriber<StoredEvent> {

        private final List<Long> seen;

        Asking(List<Long> seen) {
            this.seen = seen;
        }

        @Override
        protected void hookOnSubscribe(Subscription subscription) {
            // Asks for nothing by itself.
        }

        @Override
        protected void hookOnNext(StoredEvent event) {
            seen.add(event.position());
        }
    }
}
