package io.forgewatch.command.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.forgewatch.command.decision.InMemoryCommands;
import io.forgewatch.command.eventstore.EmbeddedStore;
import io.forgewatch.command.fixture.HouseClock;
import io.forgewatch.event.identity.IdentityEvent.AccountOpened;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Strangers try passwords as fast as they can; who has an account signs in. Over HTTP, on two instances behind one proxy. */
class SignInFloodTest {

    private static final String PASSWORD = IdentityServer.PASSWORD;
    private static final String OFFICE = "203.0.113.1";
    private static final String STRANGERS = "198.51.100.7";
    private static final String TRUSTED = "forgewatch.web.trusted-proxies";

    private final HouseClock clock = new HouseClock(Instant.now().truncatedTo(ChronoUnit.SECONDS));
    private final InMemoryCommands store = new InMemoryCommands(clock, List.of(new Account()));
    private final String credentials = EmbeddedStore.newDatabase();
    private final InMemoryNetworks networks = new InMemoryNetworks();
    private final List<IdentityServer> instances = new ArrayList<>();

    private IdentityServer one;
    private IdentityServer other;

    private IdentityServer instance(Map<String, Object> properties) {
        IdentityServer instance = new IdentityServer(store, credentials, networks, clock, properties);
        instances.add(instance);
        return instance;
    }

    @BeforeEach
    void start() {
        one = instance(Map.of(TRUSTED, "127.0.0.1"));
        other = instance(Map.of(TRUSTED, "127.0.0.1"));
    }

    @AfterEach
    void stop() {
        instances.forEach(IdentityServer::close);
    }

    @Test
    void givenAFloodAtOneAccount_whenItSignsInFromWhereItIsKnown_thenItIsInAtOnceOnBothInstances() {
        assertThat(status(one, "ministry", OFFICE)).isEqualTo(200);
        flood(one, "ministry", STRANGERS, 60);
        flood(other, "ministry", STRANGERS, 60);
        assertThat(status(one, "ministry", OFFICE)).isEqualTo(200);
        assertThat(status(other, "ministry", OFFICE)).isEqualTo(200);
        assertThat(status(one, "ministry", STRANGERS)).isEqualTo(429);
    }

    /** One address for all, as of a proxy that nobody has named: whoever signed in through it before is not held up by the others. */
    @Test
    void givenAFloodFromTheVeryAddress_whenAKnownAccountSignsIn_thenItIsInAtOnce() {
        opened("qingdao.steel");
        assertThat(status(one, "ministry", OFFICE)).isEqualTo(200);
        flood(one, "ministry", OFFICE, 30);
        for (int name = 0; name < 100; name++) {
            flood(one, "nobody" + name, OFFICE, 2);
        }
        assertThat(status(one, "ministry", OFFICE)).isEqualTo(200);
        HttpResponse<String> unknown = signIn(one, "qingdao.steel", OFFICE);
        if (unknown.statusCode() == 429) {
            clock.move(Duration.ofSeconds(retryAfter(unknown)));
            unknown = signIn(one, "qingdao.steel", OFFICE);
        }
        assertThat(unknown.statusCode()).isEqualTo(200);
    }

    @Test
    void givenGuessesFromManyNetworks_whenTheAccountSignsInFromAnother_thenItWaitsNoLongerThanItWasTold() {
        for (int network = 1; network <= 40; network++) {
            flood(one, "ministry", "198.51.100." + network, 1);
        }
        assertThat(signIn(one, "ministry", OFFICE, "mistyped").statusCode()).isEqualTo(401);
        HttpResponse<String> told = signIn(one, "ministry", OFFICE);
        assertThat(told.statusCode()).isEqualTo(429);
        assertThat(IdentityServer.json(told).path("code").asString()).isEqualTo("too-many-attempts");
        assertThat(retryAfter(told)).isBetween(1L, 30L);
        for (int network = 1; network <= 40; network++) {
            flood(one, "ministry", "198.51.100." + network, 1);
        }
        clock.move(Duration.ofSeconds(retryAfter(told)));
        assertThat(status(one, "ministry", OFFICE)).isEqualTo(200);
    }

    @Test
    void givenManyAtOnce_whenAKnownAccountSignsIn_thenStrangersDoNotKeepItsPlace() {
        assertThat(status(one, "ministry", OFFICE)).isEqualTo(200);
        List<CompletableFuture<HttpResponse<String>>> flood = new ArrayList<>();
        for (int network = 1; network <= 200; network++) {
            flood.add(one.signIn("ministry", "wrong", "198.51.100." + network));
        }
        assertThat(status(one, "ministry", OFFICE)).isEqualTo(200);
        assertThat(flood.stream().map(answer -> answer.join().statusCode())).allMatch(List.of(401, 429, 503)::contains);
    }

    @Test
    void givenNoTrustedProxy_whenTheHeaderChanges_thenItIsOneNetworkStill() {
        IdentityServer direct = instance(Map.of("spring.main.cloud-platform", "kubernetes"));
        opened("guessed.at");
        for (int attempt = 0; attempt < 10; attempt++) {
            assertThat(signIn(direct, "guessed.at", "198.51.100." + attempt, "wrong")
                            .statusCode())
                    .isEqualTo(401);
        }
        assertThat(signIn(direct, "guessed.at", "198.51.100.99", "wrong").statusCode())
                .isEqualTo(429);
    }

    @Test
    void givenATrustedProxy_whenTheClientForgesTheStart_thenItsOwnAddressCounts() {
        opened("guessed.at");
        for (int attempt = 0; attempt < 10; attempt++) {
            signIn(one, "guessed.at", "10.9.9." + attempt + ", " + STRANGERS, "wrong");
        }
        assertThat(signIn(one, "guessed.at", "10.9.9.99, " + STRANGERS, "wrong").statusCode())
                .isEqualTo(429);
        assertThat(signIn(one, "guessed.at", STRANGERS + ", " + OFFICE, "wrong").statusCode())
                .isEqualTo(401);
    }

    @Test
    void givenARestart_whenAKnownAccountIsGuessedAt_thenItIsKnownStill() {
        assertThat(status(one, "ministry", OFFICE)).isEqualTo(200);
        IdentityServer later = instance(Map.of(TRUSTED, "127.0.0.1"));
        flood(later, "ministry", OFFICE, 20);
        assertThat(status(later, "ministry", OFFICE)).isEqualTo(200);
    }

    private void opened(String username) {
        AccountOpened like = (AccountOpened) store.events().stream()
                .filter(event -> event instanceof AccountOpened)
                .findFirst()
                .orElseThrow();
        store.given(new AccountOpened(
                username, like.role(), like.jurisdiction(), like.displayName(), like.credential(), like.at()));
        EmbeddedStore.execute(
                EmbeddedStore.nameOf(credentials),
                "insert into account_passwords select '" + username + "', credential, hash, set_at from account_passwords"
                        + " where credential = '" + like.credential() + "'");
    }

    private static void flood(IdentityServer server, String username, String from, int times) {
        for (int time = 0; time < times; time++) {
            assertThat(signIn(server, username, from, "wrong " + time).statusCode())
                    .isIn(401, 429);
        }
    }

    private static int status(IdentityServer server, String username, String from) {
        return signIn(server, username, from).statusCode();
    }

    private static HttpResponse<String> signIn(IdentityServer server, String username, String from) {
        return signIn(server, username, from, PASSWORD);
    }

    private static HttpResponse<String> signIn(IdentityServer server, String username, String from, String password) {
        return server.signIn(username, password, from).join();
    }

    private static long retryAfter(HttpResponse<String> answer) {
        return Long.parseLong(answer.headers().firstValue("Retry-After").orElseThrow());
    }
}
