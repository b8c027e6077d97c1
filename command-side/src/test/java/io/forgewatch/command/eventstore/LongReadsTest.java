package io.forgewatch.command.eventstore;

import static org.assertj.core.api.Assertions.assertThat;

import io.forgewatch.command.eventstore.Press.PressButton;
import io.forgewatch.event.Actor;
import io.r2dbc.spi.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.reactivestreams.Publisher;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** What takes long is not what is broken, and whoever looks back takes nobody's connection. */
@Timeout(120)
class LongReadsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration LONGEST = Duration.ofMillis(1_500);

    @Test
    void given_a_read_that_goes_on_for_longer_than_a_connection_may_be_silent_when_it_ends_then_all_is_there() {
        try (Database database = database()) {
            int pid = pid(database);

            // Each of them well within the time of a statement, all of them far beyond that of a silence.
            List<Integer> rows = database.of(Work.LOOKING_BACK)
                    .read(connection ->
                            Flux.range(0, 12).concatMap(n -> asked(connection, "select pg_sleep(0.3), " + n)))
                    .collectList()
                    .block(PATIENCE);

            assertThat(rows).hasSize(12);
            assertThat(pid(database)).as("the same connection").isEqualTo(pid);
        }
    }

    @Test
    void given_a_statement_that_takes_too_long_when_the_server_ends_it_then_that_is_trouble_and_the_pool_stays() {
        try (Database database = database()) {
            int pid = pid(database);

            StepVerifier.create(database.of(Work.LOOKING_BACK)
                            .read(connection -> asked(connection, "select pg_sleep(60), 1")))
                    .expectErrorSatisfies(tooLong -> {
                        assertThat(tooLong).hasMessageContaining("statement timeout");
                        assertThat(StoreTrouble.isTrouble(tooLong)).isTrue();
                    })
                    .verify(PATIENCE);

            assertThat(pid(database)).as("the same connection").isEqualTo(pid);
        }
    }

    @Test
    void given_all_connections_of_those_who_look_back_taken_when_commands_come_then_they_are_done() {
        try (StoreBed bed = new StoreBed()) {
            bed.commands.send(press(), Actor.account("alice"), null).block(PATIENCE);
            List<Disposable> lookers = new ArrayList<>();
            for (int looker = 0; looker < 8; looker++) {
                lookers.add(bed.database
                        .of(Work.LOOKING_BACK)
                        .read(connection -> asked(connection, "select pg_sleep(9), 1"))
                        .subscribe(row -> {}, failure -> {}));
            }

            for (Actor actor : List.of(Actor.account("alice"), Actor.automation("WhenPressed"))) {
                for (int n = 0; n < 20; n++) {
                    assertThat(bed.commands.send(press(), actor, null).block(Duration.ofSeconds(5)))
                            .isNotNull();
                }
            }

            assertThat(lookers).noneMatch(Disposable::isDisposed);
            lookers.forEach(Disposable::dispose);
        }
    }

    @Test
    void given_a_row_now_and_then_when_silence_is_watched_for_then_the_stream_goes_on() {
        StepVerifier.withVirtualTime(() ->
                        Silence.limited(Flux.interval(Duration.ofSeconds(10)).take(100), Duration.ofSeconds(15)))
                .thenAwait(Duration.ofSeconds(1_000))
                .expectNextCount(100)
                .verifyComplete();
    }

    @Test
    void given_a_reader_who_asks_for_nothing_when_that_lasts_then_it_is_no_silence() {
        StepVerifier.withVirtualTime(() -> Silence.limited(Flux.range(0, 2), Duration.ofSeconds(15)), 1)
                .expectNextCount(1)
                .thenAwait(Duration.ofHours(1))
                .thenRequest(1)
                .expectNextCount(1)
                .verifyComplete();
    }

    @Test
    void given_something_asked_for_when_nothing_comes_then_it_is_broken() {
        StepVerifier.withVirtualTime(
                        () -> Silence.limited(Flux.concat(Flux.just(1), Mono.<Integer>never()), Duration.ofSeconds(15)))
                .expectNext(1)
                .thenAwait(Duration.ofSeconds(20))
                .expectError(Silence.Broken.class)
                .verify(PATIENCE);
    }

    private static Database database() {
        return new Database(PostgresAddress.parse(EmbeddedStore.newDatabase()), 1, 1, LONGEST);
    }

    private static Publisher<Integer> asked(Connection connection, String sql) {
        return Flux.from(connection.createStatement(sql).execute())
                .concatMap(result -> result.map((row, meta) -> row.get(1, Integer.class)));
    }

    private static int pid(Database database) {
        return database.of(Work.LOOKING_BACK)
                .read(connection -> asked(connection, "select 0, pg_backend_pid()"))
                .blockFirst(PATIENCE);
    }

    private static PressButton press() {
        return new PressButton(StoreBed.newButton(), "p", 10, Instant.EPOCH);
    }
}
