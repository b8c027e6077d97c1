package io.forgewatch.command.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.forgewatch.command.eventstore.Append.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.axonframework.messaging.eventstreaming.Tag;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;

/** A store on a line that forgets its idle connections without a word, and another that appends meanwhile. */
@Timeout(120)
class SilenceTest {

    private static final Duration LONGEST = Duration.ofSeconds(3);
    private static final int READERS = 2;

    private final StoreBed other = new StoreBed();
    private final Line line = Line.to(other.address());
    private final Database database = new Database(line.address(), READERS, 2, LONGEST);
    private final EventRows rows = new EventRows(database);
    private final RecentEvents recent = new RecentEvents(rows, 64, back -> {});
    private final GroupCommit commits = new GroupCommit(database, recent, AppendGate.standingOpen());

    @AfterEach
    void close() {
        database.close();
        line.close();
        other.close();
    }

    @Test
    void given_a_reader_whose_connections_are_all_forgotten_when_another_instance_appends_then_it_goes_on() {
        StoreNotifications notifications = new StoreNotifications(
                database,
                rows,
                recent,
                new IdempotencyKeys(database),
                new Snapshots(database),
                commits,
                StoreNotifications.LOOK_EVERY);
        notifications.start();
        List<Long> seen = new CopyOnWriteArrayList<>();
        Disposable reader = recent.follow(0).subscribe(event -> seen.add(event.position()));
        append(other.commits);
        await().atMost(Duration.ofSeconds(30)).until(() -> seen.equals(List.of(1L)));
        Flux.range(0, READERS).flatMap(n -> rows.head(), READERS).blockLast(Duration.ofSeconds(20));

        line.forgetConnections();
        append(other.commits);

        await().atMost(Duration.ofSeconds(30)).until(() -> seen.equals(List.of(1L, 2L)));
        reader.dispose();
        notifications.stop();
    }

    @Test
    void given_only_a_listener_whose_connection_is_forgotten_when_another_instance_appends_then_it_hears_again() {
        recent.started().block(Duration.ofSeconds(20));
        Disposable listening = new Listening(database, recent, Duration.ofMillis(200))
                .heard()
                .retry()
                .subscribe();
        await().atMost(Duration.ofSeconds(30)).until(() -> append(other.commits) > 0 && recent.head() > 0);

        line.forgetConnections();
        long before = append(other.commits);

        // What is appended while nobody listens nobody hears of; no poll runs here.
        await().atMost(Duration.ofSeconds(30)).until(() -> append(other.commits) > 0 && recent.head() > before);
        listening.dispose();
    }

    @Test
    void given_a_writer_whose_connections_are_forgotten_when_it_appends_then_that_is_stored_once() {
        append(commits);

        line.forgetConnections();

        assertThat(append(commits)).isEqualTo(2);
        assertThat(other.rows.head().block(Duration.ofSeconds(20))).isEqualTo(2);
    }

    @Test
    void given_a_server_that_takes_connections_and_says_nothing_when_it_speaks_again_then_it_can_be_read() {
        append(commits);
        line.forgetConnections();
        line.mute(true);
        for (int n = 0; n <= READERS; n++) {
            assertThatThrownBy(() -> rows.head().block(Duration.ofSeconds(20)))
                    .hasMessageNotContaining("Timeout on blocking read");
        }

        line.mute(false);

        await().atMost(Duration.ofSeconds(30))
                .ignoreExceptions()
                .until(() -> rows.head().block() == 1);
    }

    private static long append(GroupCommit commits) {
        CompletableFuture<Outcome> done = new CompletableFuture<>();
        commits.submit(new Append(
                List.of(new StoredEvent(
                        0,
                        MessageIds.next(),
                        "K",
                        "1",
                        Instant.EPOCH,
                        Map.of(),
                        Set.of(new Tag("thing", "one")),
                        new byte[0])),
                null,
                0,
                null,
                done));
        return ((Outcome.Appended) done.orTimeout(60, TimeUnit.SECONDS).join()).last();
    }
}
