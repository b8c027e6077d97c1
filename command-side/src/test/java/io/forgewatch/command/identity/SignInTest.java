package io.forgewatch.command.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.forgewatch.event.identity.IdentityEvent.AccountOpened;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SignInTest {

    private static final String PASSWORD = IdentityServer.PASSWORD;

    private IdentityServer server;
    private String ministry;

    @BeforeAll
    void start() {
        server = new IdentityServer();
        ministry = server.token("ministry", PASSWORD);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void givenTheFirstAccount_whenSignedIn_thenItIsTheMinistry() {
        JsonNode me = IdentityServer.json(server.get("/auth/me", ministry));
        assertThat(me.path("username").asString()).isEqualTo("ministry");
        assertThat(me.path("role").asString()).isEqualTo("MINISTRY");
        assertThat(me.path("jurisdiction").asString()).isEqualTo("nation");
        assertThat(me.path("tier").asString()).isEqualTo("MINISTRY");
        assertThat(me.path("expiresAt").asString()).endsWith("Z");
    }

    @Test
    void givenARestart_whenStartedAgain_thenThereIsNoSecondFirstAccount() {
        try (IdentityServer again = server.again()) {
            again.token("ministry", PASSWORD);
            assertThat(server.store.events())
                    .filteredOn(event -> event instanceof AccountOpened opened
                            && opened.username().equals("ministry"))
                    .hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ministry,wrong",
        "nobody,Blast-Furnace-No.3",
        "MINISTRY,Blast-Furnace-No.3",
        "ministry,''",
        "'',''",
        "a/../b,x"
    })
    void givenAWrongPair_whenSignedIn_thenItIsTheSame401(String username, String password) {
        HttpResponse<String> answer = server.signIn(username, password);
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(IdentityServer.json(answer).path("code").asString()).isEqualTo("invalid-credentials");
        assertThat(IdentityServer.json(answer).path("detail").asString())
                .isEqualTo("Wrong username or password. 用户名或密码错误。");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"username\":\"a\"}",
                "{\"username\":1,\"password\":2}",
                "{\"username\":null,\"password\":\"x\"}",
                "[]",
                "x",
                "{\"username\":\"a\",\"password\":\"b\",\"role\":\"MINISTRY\"}"
            })
    void givenAWrongBody_whenSignedIn_then400(String body) {
        HttpResponse<String> answer = server.post("/auth/tokens", body);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    }

    @Test
    void givenAHugeUsername_whenSignedIn_then401() {
        assertThat(server.signIn("x".repeat(60_000), "y").statusCode()).isEqualTo(401);
    }

    @Test
    void givenManyWrongPasswords_whenSignedInAgain_then429ForThatNameOnly() {
        opened("guessed.at", "AUDITOR", "nation");
        List<Integer> statuses = IntStream.range(0, 11)
                .map(attempt -> server.signIn("guessed.at", "wrong " + attempt).statusCode())
                .boxed()
                .toList();
        assertThat(statuses).startsWith(401).endsWith(429);
        HttpResponse<String> right = server.signIn("guessed.at", PASSWORD);
        assertThat(right.statusCode()).isEqualTo(429);
        assertThat(right.headers()
                        .firstValue("Retry-After")
                        .map(Integer::valueOf)
                        .orElse(0))
                .isBetween(1, 31);
        assertThat(server.signIn("ministry", PASSWORD).statusCode()).isEqualTo(200);
    }

    @Test
    void givenManyRightSignIns_whenSignedIn_thenNobodyIsHeldUp() {
        assertThat(IntStream.range(0, 11)
                        .map(attempt -> server.signIn("ministry", PASSWORD).statusCode()))
                .containsOnly(200);
    }

    @Test
    void givenAnAccountThatNeverFailed_whenItSignsInManyTimesAtOnce_thenAllWaitForEachOther() {
        opened("many.at.once", "AUDITOR", "nation");
        server.signIn("nobody.knows", "wrong");
        List<CompletableFuture<HttpResponse<String>>> all = IntStream.range(0, 16)
                .mapToObj(n -> server.signIn("many.at.once", PASSWORD, ""))
                .toList();
        assertThat(all).extracting(one -> one.join().statusCode()).containsOnly(200);
    }

    @Test
    void givenManyGuessesAtOnce_whenTheyFail_thenNoMoreAreLookedAtThanOneAfterTheOther() {
        opened("many.guesses", "AUDITOR", "nation");
        List<CompletableFuture<HttpResponse<String>>> all = IntStream.range(0, 60)
                .mapToObj(n -> server.signIn("many.guesses", "wrong " + n, ""))
                .toList();
        List<HttpResponse<String>> answers =
                all.stream().map(CompletableFuture::join).toList();
        assertThat(answers)
                .extracting(HttpResponse::statusCode)
                .containsOnly(401, 429)
                .filteredOn(status -> status == 401)
                .hasSizeBetween(10, 11);
        assertThat(answers)
                .filteredOn(answer -> answer.statusCode() == 429)
                .allSatisfy(answer -> assertThat(
                                IdentityServer.json(answer).path("detail").asString())
                        .contains("at once", "network", "网络"));
    }

    @Test
    void givenTheKeys_whenAsked_thenTheyNameTheTokensKey() {
        JsonNode key =
                IdentityServer.json(server.send(server.request("/auth/keys"))).at("/keys/0");
        assertThat(key.path("kty").asString()).isEqualTo("OKP");
        assertThat(Base64.getUrlDecoder().decode(key.path("x").asString())).hasSize(32);
        String header = new String(
                Base64.getUrlDecoder().decode(ministry.split("\\.")[0]), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(header).contains(key.path("kid").asString(), "EdDSA");
    }

    @Test
    void givenAnAccountJustOpened_whenSignedIn_thenItCan() {
        opened("read.your.write", "PROVINCE", "region:37");
        assertThat(server.signIn("read.your.write", PASSWORD).statusCode()).isEqualTo(200);
    }

    @Test
    void givenAnAccount_whenOpened_thenTheEventHoldsNoPasswordNorItsHash() {
        opened("no.password", "AUDITOR", "region:3702");
        assertThat(server.store.events().toString())
                .contains("no.password")
                .doesNotContain(PASSWORD)
                .doesNotContainIgnoringCase("argon2");
    }

    @Test
    void givenTheSameRequestAgain_whenOpened_thenNothingHappensTwice() {
        Map<String, String> account = account("again", "AUDITOR", "nation");
        HttpResponse<String> first = server.open(ministry, account, "Idempotency-Key", "k-1");
        HttpResponse<String> second = server.open(ministry, account, "Idempotency-Key", "k-1");
        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(second.headers().firstValue("Forgewatch-Position"))
                .isEqualTo(first.headers().firstValue("Forgewatch-Position"));
        assertThat(server.open(ministry, account("other", "AUDITOR", "nation"), "Idempotency-Key", "k-1")
                        .statusCode())
                .isEqualTo(422);
        assertThat(server.open(ministry, account, "Idempotency-Key", "k".repeat(201))
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void givenAUsernameTaken_whenOpenedOtherwise_then409() {
        opened("taken", "AUDITOR", "nation");
        HttpResponse<String> answer = server.open(ministry, account("taken", "AUDITOR", "region:37"));
        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(IdentityServer.json(answer).path("code").asString()).isEqualTo("username-taken");
    }

    @Test
    void givenAUsernameTaken_whenOpenedWithAnyPassword_thenNothingTellsWhichIsRight() {
        Map<String, String> account = account("not.to.guess", "AUDITOR", "nation");
        assertThat(server.open(ministry, account, "Idempotency-Key", "g-1").statusCode())
                .isEqualTo(201);

        assertThat(List.of(PASSWORD, "Slag-Ladle-Crane-7", "Slag-Ladle-Crane-8"))
                .allSatisfy(guess -> {
                    Map<String, String> guessed = new HashMap<>(account);
                    guessed.put("password", guess);
                    for (String key : List.of("", "g-2")) {
                        HttpResponse<String> answer = key.isEmpty()
                                ? server.open(ministry, guessed)
                                : server.open(ministry, guessed, "Idempotency-Key", key);
                        assertThat(answer.statusCode()).isEqualTo(409);
                        assertThat(IdentityServer.json(answer).path("code").asString())
                                .isEqualTo("username-taken");
                    }
                });
        assertThat(server.signIn("not.to.guess", PASSWORD).statusCode()).isEqualTo(200);
        assertThat(server.signIn("not.to.guess", "Slag-Ladle-Crane-7").statusCode())
                .isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource({
        "p37,PROVINCE,region:3702,201",
        "p37,PROVINCE,region:37,201",
        "p37,ENTERPRISE,enterprise:GT3702110001,201",
        "p37,AUDITOR,region:37,201",
        "p37,PROVINCE,region:13,403",
        "p37,PROVINCE,region:3,422",
        "p37,MINISTRY,nation,403",
        "p37,ENTERPRISE,enterprise:GT1302110001,403",
        "p37,AUDITOR,nation,403",
        "p37,MINISTRY,region:37,403",
        "ent.1,ENTERPRISE,enterprise:GT3702110001,403",
        "aud.1,AUDITOR,nation,403",
        "ministry,MINISTRY,nation,201",
        "ministry,MINISTRY,region:37,422",
        "ministry,ENTERPRISE,region:37,422",
        "ministry,PROVINCE,enterprise:GT3702110001,422",
        "ministry,ENTERPRISE,enterprise:GT37021100,422",
        "ministry,PROVINCE,moon,422",
    })
    void givenACaller_whenOpeningAnAccount_thenOnlyWithinItsOwn(
            String caller, String role, String jurisdiction, int status) {
        Map<String, List<String>> callers = Map.of(
                "p37", List.of("PROVINCE", "region:37"),
                "ent.1", List.of("ENTERPRISE", "enterprise:GT3702110001"),
                "aud.1", List.of("AUDITOR", "nation"));
        String token = ministry;
        if (callers.containsKey(caller)) {
            opened(caller, callers.get(caller).getFirst(), callers.get(caller).getLast());
            token = server.token(caller, PASSWORD);
        }
        String username = "u" + (caller + role + jurisdiction).hashCode();
        HttpResponse<String> answer = server.open(token, account(username.replace("-", "m"), role, jurisdiction));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({"Ab", "'a b'", "x", "-abc", "Übung", "aaaaaaaaaabbbbbbbbbbccccccccccddd", "''"})
    void givenAUsernameThatIsNone_whenOpened_then422(String username) {
        HttpResponse<String> answer = server.open(ministry, account(username, "AUDITOR", "nation"));
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(IdentityServer.json(answer).path("code").asString()).isEqualTo("invalid-account");
        assertThat(IdentityServer.json(answer).at("/errors/0/pointer").asString())
                .isEqualTo("#/username");
    }

    @ParameterizedTest
    @CsvSource({
        "'  ', AUDITOR, nation, displayName",
        "'a\nb', AUDITOR, nation, displayName",
        "long, AUDITOR, nation, displayName",
        "someone, PROVINCE, nation, jurisdiction",
    })
    void givenANameOrAJurisdictionThatIsNone_whenOpened_then422SaysWhich(
            String displayName, String role, String jurisdiction, String wrong) {
        HttpResponse<String> answer = server.open(
                ministry,
                Map.of(
                        "username",
                        "misnamed",
                        "role",
                        role,
                        "jurisdiction",
                        jurisdiction,
                        "displayName",
                        displayName.equals("long") ? "x".repeat(65) : displayName,
                        "password",
                        PASSWORD));
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(IdentityServer.json(answer).path("code").asString()).isEqualTo("invalid-account");
        assertThat(IdentityServer.json(answer).at("/errors/0/pointer").asString())
                .isEqualTo("#/" + wrong);
    }

    @ParameterizedTest
    @ValueSource(strings = {"username", "password"})
    void givenHalfASurrogatePair_whenSigningIn_then400SaysWhere(String field) {
        HttpResponse<String> answer = server.post(
                "/auth/tokens",
                "{\"username\":\"ministry\",\"password\":\"x\"}"
                        .replace("\"" + field + "\":\"", "\"" + field + "\":\"\\ud840"));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(IdentityServer.json(answer).at("/errors/0/pointer").asString())
                .isEqualTo("#/" + field);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"short-1A", "onlylowercase", "Password-12345", "weak.user-Ab1", "aaaaaaaaaaaaaaaaaaaaaaaaaa", ""
            })
    void givenAWeakPassword_whenOpened_then422(String password) {
        HttpResponse<String> answer = server.open(
                ministry,
                Map.of(
                        "username",
                        "weak.user",
                        "role",
                        "AUDITOR",
                        "jurisdiction",
                        "nation",
                        "displayName",
                        "w",
                        "password",
                        password));
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(IdentityServer.json(answer).path("code").asString()).isEqualTo("weak-password");
        assertThat(IdentityServer.json(answer).at("/errors/0/pointer").asString())
                .isEqualTo("#/password");
    }

    @Test
    void givenARoleThereIsNot_whenOpened_then400() {
        assertThat(server.open(ministry, account("someone", "KING", "nation")).statusCode())
                .isEqualTo(400);
    }

    /** Also when it is already. */
    private void opened(String username, String role, String jurisdiction) {
        assertThat(server.open(ministry, account(username, role, jurisdiction), "Idempotency-Key", username)
                        .statusCode())
                .isEqualTo(201);
    }

    private static Map<String, String> account(String username, String role, String jurisdiction) {
        return Map.of(
                "username", username,
                "role", role,
                "jurisdiction", jurisdiction,
                "displayName", "某单位",
                "password", PASSWORD);
    }
}
