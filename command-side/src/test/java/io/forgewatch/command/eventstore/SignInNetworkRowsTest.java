package io.forgewatch.command.eventstore;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** On a real server, by two instances. */
class SignInNetworkRowsTest {

    private static final Instant NOW = Instant.parse("2026-11-24T22:35:00Z");
    private static final Instant OLDEST = NOW.minus(Duration.ofDays(30));

    private final String address = EmbeddedStore.newDatabase();
    private final Database one = new Database(PostgresAddress.parse(address), 2, 2);
    private final Database other = new Database(PostgresAddress.parse(address), 2, 2);
    private final SignInNetworkRows rows = new SignInNetworkRows(one);
    private final SignInNetworkRows others = new SignInNetworkRows(other);

    @AfterEach
    void close() {
        one.close();
        other.close();
    }

    @Test
    void givenNothing_whenAsked_thenNobodyIsKnown() {
        assertThat(known("n", OLDEST)).isEmpty();
    }

    @Test
    void givenASignInOnOneInstance_whenTheOtherIsAsked_thenItKnows() {
        run(rows.seen("n", "li", NOW, OLDEST));
        run(rows.seen("n", "wang", NOW, OLDEST));
        run(rows.seen("m", "zhao", NOW, OLDEST));
        assertThat(known("n", OLDEST)).containsExactlyInAnyOrder("li", "wang");
    }

    @Test
    void givenTheSameOnBothAtOnce_whenAskedLater_thenTheLatestCounts() {
        Instant earlier = NOW.minusSeconds(60);
        run(Flux.range(0, 32)
                .flatMap(n -> (n % 2 == 0 ? rows : others).seen("n", "li", n == 0 ? NOW : earlier, OLDEST), 32)
                .then());
        assertThat(known("n", NOW)).containsExactly("li");
        assertThat(known("n", NOW.plusMillis(1))).isEmpty();
    }

    @Test
    void givenOldSignIns_whenAnotherIsNoted_thenTheyAreForgotten() {
        run(rows.seen("n", "gone", OLDEST.minusSeconds(1), OLDEST.minusSeconds(9)));
        assertThat(known("n", Instant.EPOCH)).containsExactly("gone");
        run(others.seen("elsewhere", "li", NOW, OLDEST));
        assertThat(known("n", Instant.EPOCH)).isEmpty();
    }

    @Test
    void givenAnAccountOfManyNetworks_whenAnotherIsNoted_thenTheOldestIsForgotten() {
        run(Flux.range(0, 51)
                .concatMap(n -> rows.seen("n" + n, "li", NOW.plusSeconds(n), OLDEST))
                .then());
        assertThat(known("n0", OLDEST)).isEmpty();
        assertThat(known("n1", OLDEST)).containsExactly("li");
        assertThat(known("n50", OLDEST)).containsExactly("li");
    }

    @Test
    void givenAllConnectionsOfPeopleAndOfWhatGoesOnAreTaken_whenAsked_thenItIsAnswered() {
        run(rows.seen("n", "li", NOW, OLDEST));
        Disposable.Composite taken = Disposables.composite();
        for (Work work : List.of(Work.PEOPLE, Work.PRESENT, Work.PRESENT, Work.LOOKING_BACK)) {
            Sinks.Empty<Void> got = Sinks.empty();
            taken.add(other.of(work)
                    .read(connection -> Mono.fromRunnable(got::tryEmitEmpty).then(Mono.never()))
                    .subscribe());
            run(got.asMono());
        }
        try {
            assertThat(known("n", OLDEST)).containsExactly("li");
        } finally {
            taken.dispose();
        }
    }

    private Set<String> known(String network, Instant since) {
        return Objects.requireNonNull(others.accountsSeen(network, since).block(Duration.ofSeconds(60)));
    }

    private static void run(Mono<Void> work) {
        work.block(Duration.ofSeconds(60));
    }
}
