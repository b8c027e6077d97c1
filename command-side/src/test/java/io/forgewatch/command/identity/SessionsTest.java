package io.forgewatch.command.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.forgewatch.command.decision.InMemoryCommands;
import io.forgewatch.command.eventstore.EmbeddedStore;
import io.forgewatch.command.fixture.HouseClock;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Sessions of two instances on one database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SessionsTest {

    private final HouseClock clock = new HouseClock(Instant.parse("2026-11-24T22:35:00.500Z"));
    private final InMemoryCommands store = new InMemoryCommands(clock, List.of(new Account()));
    private final String credentials = EmbeddedStore.newDatabase();
    private IdentityServer one;
    private IdentityServer other;

    @BeforeAll
    void start() {
        InMemoryNetworks networks = new InMemoryNetworks();
        one = new IdentityServer(store, credentials, networks, clock, Map.of());
        other = new IdentityServer(store, credentials, networks, clock, Map.of());
    }

    @AfterAll
    void stop() {
        one.close();
        other.close();
    }

    @Test
    void givenASignIn_whenRenewedOnTheOtherInstance_thenBothTokensAreNew() {
        JsonNode first = signedIn();
        clock.move(Duration.ofMinutes(14));
        JsonNode next = ok(other.renew(refresh(first)));
        assertThat(refresh(next)).isNotEqualTo(refresh(first));
        assertThat(access(next)).isNotEqualTo(access(first));
        assertThat(Instant.parse(next.path("expiresAt").asString()))
                .isEqualTo(Instant.parse(first.path("expiresAt").asString()).plus(Duration.ofMinutes(14)));
        assertThat(one.get("/auth/me", access(next)).statusCode()).isEqualTo(200);
        assertThat(refresh(ok(one.renew(refresh(next))))).isNotEqualTo(refresh(next));
    }

    @Test
    void givenAnAnswerThatWasLost_whenAskedAgainWithinTenSeconds_thenItIsTheSameWhoeverIsAsked() {
        JsonNode first = signedIn();
        JsonNode next = ok(one.renew(refresh(first)));
        clock.move(Sessions.GRACE);
        assertThat(ok(other.renew(refresh(first)))).isEqualTo(next);
        assertThat(ok(one.renew(refresh(first)))).isEqualTo(next);
        assertThat(one.renew(refresh(next)).statusCode()).isEqualTo(200);
    }

    @Test
    void givenATokenThatWasUsed_whenItComesAgainLater_thenTheWholeSessionEnds() {
        JsonNode first = signedIn();
        JsonNode next = ok(one.renew(refresh(first)));
        clock.move(Sessions.GRACE.plusMillis(1));
        refused(other.renew(refresh(first)), "refresh-token-repeated");
        refused(one.renew(refresh(next)), "refresh-token-invalid");
        refused(one.renew(refresh(first)), "refresh-token-invalid");
    }

    @Test
    void givenATokenOfLongAgo_whenItComesAgainAtOnceAfterARenewal_thenTheWholeSessionEnds() {
        JsonNode first = signedIn();
        JsonNode second = ok(one.renew(refresh(first)));
        JsonNode third = ok(one.renew(refresh(second)));
        refused(other.renew(refresh(first)), "refresh-token-repeated");
        refused(one.renew(refresh(third)), "refresh-token-invalid");
    }

    @Test
    void givenOneTokenInManyHandsAtOnce_whenRenewedOnBoth_thenAllGetTheOneAnswer() {
        String token = refresh(signedIn());
        List<CompletableFuture<HttpResponse<String>>> all = IntStream.range(0, 16)
                .mapToObj(n -> CompletableFuture.supplyAsync(() -> (n % 2 == 0 ? one : other).renew(token)))
                .toList();
        assertThat(all)
                .extracting(answer -> ok(answer.join()))
                .containsOnly(ok(all.getFirst().join()));
    }

    @Test
    void givenTwoSessions_whenOneSignsOut_thenTheOtherGoesOn() {
        JsonNode here = signedIn();
        JsonNode there = signedIn();
        assertThat(ended(other.postAs(access(here), "/auth/sign-out", ""))).isOne();
        assertThat(ended(one.postAs(access(here), "/auth/sign-out", ""))).isZero();
        refused(one.renew(refresh(here)), "refresh-token-invalid");
        assertThat(one.renew(refresh(there)).statusCode()).isEqualTo(200);
    }

    @Test
    void givenSessions_whenSignedOutEverywhere_thenNoneGoesOn() {
        one.postAs(access(signedIn()), "/auth/sign-out/everywhere", "");
        JsonNode here = signedIn();
        JsonNode there = signedIn();
        assertThat(ended(other.postAs(access(here), "/auth/sign-out/everywhere", ""))).isEqualTo(2);
        refused(one.renew(refresh(here)), "refresh-token-invalid");
        refused(one.renew(refresh(there)), "refresh-token-invalid");
    }

    @Test
    void givenASession_whenItRestsTooLongOrGoesOnTooLong_thenItEnds() {
        JsonNode resting = signedIn();
        JsonNode last = signedIn();
        Duration little = Duration.ofSeconds(1);
        for (int day = 6; day <= 24; day += 6) {
            clock.move(Duration.ofDays(6));
            last = ok(one.renew(refresh(last)));
        }
        refused(one.renew(refresh(resting)), "refresh-token-invalid");
        clock.move(Duration.ofDays(6).minus(little));
        last = ok(other.renew(refresh(last)));
        clock.move(little);
        refused(one.renew(refresh(last)), "refresh-token-invalid");
    }

    @Test
    void givenMoreSessionsThanAnAccountHas_whenSignedInAgain_thenTheOneThatRestedLongestEnds() {
        one.postAs(access(signedIn()), "/auth/sign-out/everywhere", "");
        JsonNode oldest = signedIn();
        clock.move(Duration.ofSeconds(1));
        JsonNode second = signedIn();
        for (int more = 0; more < 49; more++) {
            clock.move(Duration.ofSeconds(1));
            signedIn();
        }
        refused(one.renew(refresh(oldest)), "refresh-token-invalid");
        assertThat(one.renew(refresh(second)).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "{\"refreshToken\": null}",
                "{\"refreshToken\": 1}",
                "{\"refreshToken\": \"x\", \"scope\": \"all\"}"
            })
    void givenAWrongBody_whenRenewed_then400(String body) {
        assertThat(one.post("/auth/tokens/renewal", body).statusCode()).isEqualTo(400);
    }

    @Test
    void givenWhatIsNoToken_whenRenewed_then401() {
        refused(one.renew(""), "refresh-token-invalid");
        refused(one.renew("x".repeat(60_000)), "refresh-token-invalid");
        refused(one.renew(RefreshTokenExample.TEXT), "refresh-token-invalid");
    }

    @Test
    void givenAnUnknownParameter_whenSignedOut_then400() {
        assertThat(one.postAs(access(signedIn()), "/auth/sign-out?everywhere=true", "").statusCode())
                .isEqualTo(400);
        assertThat(one.post("/auth/sign-out", "").statusCode()).isEqualTo(401);
    }

    @Test
    void givenTokens_whenTheTableIsRead_thenThereAreOnlyHashes() throws SQLException {
        JsonNode tokens = ok(one.renew(refresh(signedIn())));
        StringBuilder rows = new StringBuilder();
        try (Connection connection = EmbeddedStore.connection(EmbeddedStore.nameOf(credentials));
                ResultSet row = connection
                        .createStatement()
                        .executeQuery("select s::text || ' ' || encode(token, 'escape') from sign_in_sessions s")) {
            while (row.next()) {
                rows.append(row.getString(1)).append('\n');
            }
        }
        String secret = refresh(tokens).split("\\.")[2];
        assertThat(rows.toString())
                .contains("ministry")
                .doesNotContain(secret)
                .doesNotContain(Base64.getEncoder().encodeToString(secret.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    }

    private JsonNode signedIn() {
        return ok(one.signIn("ministry", IdentityServer.PASSWORD));
    }

    private static JsonNode ok(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return IdentityServer.json(answer);
    }

    private static long ended(HttpResponse<String> answer) {
        return ok(answer).path("sessions").asLong();
    }

    private static void refused(HttpResponse<String> answer, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(401);
        assertThat(IdentityServer.json(answer).path("code").asString()).isEqualTo(code);
    }

    private static String refresh(JsonNode tokens) {
        return tokens.path("refreshToken").asString();
    }

    private static String access(JsonNode tokens) {
        return tokens.path("accessToken").asString();
    }
}
