package io.forgewatch.command.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Accounts are listed, closed, reopened and given to others, over HTTP. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccountKeepingTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    private IdentityServer server;
    private String ministry;
    private String shandong;
    private String qingdao;
    private String auditor;
    private String works;

    @BeforeAll
    void start() {
        server = new IdentityServer();
        ministry = server.token("ministry", IdentityServer.PASSWORD);
        shandong = opened("shandong", "PROVINCE", "region:37");
        qingdao = opened("qingdao", "PROVINCE", "region:3702");
        opened("hebei", "PROVINCE", "region:13");
        auditor = opened("auditor.37", "AUDITOR", "region:37");
        works = opened("qingdao.steel", "ENTERPRISE", "enterprise:GT3702110001");
        opened("jinan.steel", "ENTERPRISE", "enterprise:GT3701110001");
        await().atMost(LONG).until(() -> names(ministry, "").contains("jinan.steel"));
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void givenAccounts_whenListed_thenEachSeesThoseOfItsOwnNewestFirst() {
        assertThat(names(ministry, "")).contains("ministry", "shandong", "hebei", "jinan.steel");
        assertThat(names(shandong, ""))
                .containsSubsequence("jinan.steel", "qingdao.steel", "auditor.37", "qingdao", "shandong")
                .doesNotContain("hebei", "ministry");
        assertThat(names(qingdao, "")).contains("qingdao.steel", "qingdao").doesNotContain("shandong", "jinan.steel");
        assertThat(names(auditor, "")).contains("qingdao.steel", "auditor.37").doesNotContain("hebei", "ministry");
        assertThat(server.get("/accounts", works).statusCode()).isEqualTo(403);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "?role=ENTERPRISE | qingdao.steel | qingdao",
                "?region=3702 | qingdao.steel | jinan.steel",
                "?enterpriseId=GT3701110001 | jinan.steel | qingdao.steel",
                "?status=OPEN&role=PROVINCE | hebei | qingdao.steel"
            })
    void givenAFilter_whenListed_thenOnlyThose(String filter, String found, String other) {
        assertThat(names(ministry, filter)).contains(found).doesNotContain(other);
    }

    @ParameterizedTest
    @ValueSource(strings = {"?rolle=ENTERPRISE", "?role=KING", "?status=open", "?limit=501", "?region=3", "?cursor=x"})
    void givenWhatAListDoesNotKnow_whenListed_then400(String query) {
        assertThat(server.get("/accounts" + query, ministry).statusCode()).isEqualTo(400);
    }

    @Test
    void givenPages_whenFollowed_thenTheyAreTheWhole() {
        List<String> all = names(ministry, "?role=PROVINCE");
        List<String> paged = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = IdentityServer.json(server.get("/accounts?role=PROVINCE&limit=1" + cursor, ministry));
            paged.add(page.at("/items/0/username").asString());
            cursor = page.path("next").isNull() ? "" : "&cursor=" + page.path("next").asString();
        } while (!cursor.isEmpty());
        assertThat(paged).isEqualTo(all);
    }

    @Test
    void givenAnAccount_whenLookedAt_thenItIsWholeAndForeignOnesAreNotThere() {
        JsonNode one = IdentityServer.json(server.get("/accounts/qingdao.steel", shandong));
        assertThat(one.path("role").asString()).isEqualTo("ENTERPRISE");
        assertThat(one.path("tier").asString()).isEqualTo("ENTERPRISE");
        assertThat(one.path("jurisdiction").asString()).isEqualTo("enterprise:GT3702110001");
        assertThat(one.path("displayName").asString()).isEqualTo("某单位");
        assertThat(one.path("status").asString()).isEqualTo("OPEN");
        assertThat(one.path("openedAt").asString()).endsWith("Z");
        assertThat(one.has("closedAt")).isTrue();
        assertThat(one.toString()).doesNotContain("argon2");
        assertThat(server.get("/accounts/qingdao.steel", works).statusCode()).isEqualTo(200);
        assertThat(server.get("/accounts/jinan.steel", works).statusCode()).isEqualTo(404);
        assertThat(server.get("/accounts/hebei", shandong).statusCode()).isEqualTo(404);
        assertThat(server.get("/accounts/nobody", ministry).statusCode()).isEqualTo(404);
    }

    @Test
    void givenSignIns_whenLookedAt_thenTheLastTwoAreTold() {
        create("signs.in", "AUDITOR", "region:37");
        await().atMost(LONG).until(() -> names(ministry, "").contains("signs.in"));
        JsonNode never = IdentityServer.json(server.get("/accounts/signs.in", ministry));
        assertThat(never.path("lastSignInAt").isNull()).isTrue();
        String token = server.token("signs.in", IdentityServer.PASSWORD);
        String first = IdentityServer.json(server.get("/accounts/signs.in", token))
                .path("lastSignInAt")
                .asString();
        server.token("signs.in", IdentityServer.PASSWORD);
        JsonNode twice = IdentityServer.json(server.get("/accounts/signs.in", token));
        assertThat(twice.path("previousSignInAt").asString()).isEqualTo(first).endsWith("Z");
        assertThat(twice.path("lastSignInAt").asString()).isNotEqualTo(first);
    }

    @Test
    void givenAnAccount_whenClosedAndReopened_thenNobodySignsInMeanwhile() {
        create("closes", "ENTERPRISE", "enterprise:GT3702110001");
        JsonNode tokens = IdentityServer.json(server.signIn("closes", IdentityServer.PASSWORD));
        HttpResponse<String> closing = server.postAs(qingdao, "/accounts/closes/closure", "");
        assertThat(closing.statusCode()).as(closing.body()).isEqualTo(200);
        assertThat(closing.headers().firstValue("Forgewatch-Position")).isPresent();
        assertThat(server.signIn("closes", IdentityServer.PASSWORD).statusCode()).isEqualTo(401);
        assertThat(server.renew(tokens.path("refreshToken").asString()).statusCode())
                .isEqualTo(401);
        await().atMost(LONG).until(() -> names(qingdao, "?status=CLOSED").contains("closes"));
        assertThat(server.postAs(qingdao, "/accounts/closes/closure", "").statusCode())
                .isEqualTo(200);

        assertThat(server.postAs(shandong, "/accounts/closes/reopening", "").statusCode())
                .isEqualTo(200);
        assertThat(server.signIn("closes", IdentityServer.PASSWORD).statusCode()).isEqualTo(200);
        assertThat(server.renew(tokens.path("refreshToken").asString()).statusCode())
                .isEqualTo(401);
    }

    @Test
    void givenAnAccount_whenAssigned_thenItsNextTokenSaysSo() {
        create("moves", "PROVINCE", "region:3702");
        JsonNode tokens = IdentityServer.json(server.signIn("moves", IdentityServer.PASSWORD));
        assertThat(assign(shandong, "moves", "PROVINCE", "region:370211").statusCode())
                .isEqualTo(200);
        String next = IdentityServer.json(
                        server.renew(tokens.path("refreshToken").asString()))
                .path("accessToken")
                .asString();
        JsonNode me = IdentityServer.json(server.get("/auth/me", next));
        assertThat(me.path("jurisdiction").asString()).isEqualTo("region:370211");
        assertThat(me.path("tier").asString()).isEqualTo("COUNTY");
        assertThat(assign(shandong, "moves", "PROVINCE", "region:13").statusCode()).isEqualTo(403);
        assertThat(assign(shandong, "moves", "PROVINCE", "nation").statusCode()).isEqualTo(422);
        assertThat(assign(shandong, "moves", "KING", "nation").statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"closure", "reopening", "assignment"})
    void givenWhoMayNot_whenAnAccountIsChanged_thenRefused(String change) {
        String body = change.equals("assignment") ? "{\"role\":\"PROVINCE\",\"jurisdiction\":\"region:3702\"}" : "";
        assertThat(status(works, "qingdao.steel", change, body)).isEqualTo(403);
        assertThat(status(auditor, "qingdao.steel", change, body)).isEqualTo(403);
        assertThat(status(shandong, "hebei", change, body)).isEqualTo(404);
        assertThat(status(shandong, "ministry", change, body)).isEqualTo(404);
        assertThat(status(qingdao, "shandong", change, body)).isEqualTo(404);
        assertThat(status(ministry, "nobody", change, body)).isEqualTo(404);
        assertThat(status(ministry, "NOBODY", change, body)).isEqualTo(404);
        assertThat(status(qingdao, "qingdao", change, body)).isEqualTo(409);
    }

    private int status(String token, String username, String change, String body) {
        return server.postAs(token, "/accounts/" + username + "/" + change, body).statusCode();
    }

    private HttpResponse<String> assign(String token, String username, String role, String jurisdiction) {
        return server.postAs(
                token,
                "/accounts/" + username + "/assignment",
                "{\"role\":\"" + role + "\",\"jurisdiction\":\"" + jurisdiction + "\"}");
    }

    private List<String> names(String token, String query) {
        HttpResponse<String> answer = server.get("/accounts" + query, token);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return IdentityServer.json(answer).path("items").values().stream()
                .map(item -> item.path("username").asString())
                .toList();
    }

    private String opened(String username, String role, String jurisdiction) {
        create(username, role, jurisdiction);
        return server.token(username, IdentityServer.PASSWORD);
    }

    private void create(String username, String role, String jurisdiction) {
        assertThat(server.open(
                                ministry,
                                Map.of(
                                        "username", username,
                                        "role", role,
                                        "jurisdiction", jurisdiction,
                                        "displayName", "某单位",
                                        "password", IdentityServer.PASSWORD))
                        .statusCode())
                .isEqualTo(201);
    }
}
