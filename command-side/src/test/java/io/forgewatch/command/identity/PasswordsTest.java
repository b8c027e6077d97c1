package io.forgewatch.command.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.forgewatch.command.decision.InMemoryCommands;
import io.forgewatch.command.eventstore.EmbeddedStore;
import io.forgewatch.command.fixture.HouseClock;
import io.forgewatch.command.security.PasswordHashes;
import io.forgewatch.event.identity.IdentityEvent.AccountOpened;
import io.forgewatch.event.identity.Role;
import io.forgewatch.event.personal.PersonalText;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Passwords are changed by their owners and given for once by others, over HTTP; none is an event. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PasswordsTest {

    private static final String OLD = IdentityServer.PASSWORD;
    private static final String NEW = "Slag-Ladle-Crane-7";
    private static final String OTHER = "Cold-Rolling-Mill-9";

    private final HouseClock clock = new HouseClock(Instant.parse("2026-11-24T22:35:00Z"));
    private final InMemoryCommands store = new InMemoryCommands(clock, List.of(new Account()));
    private final String credentials = EmbeddedStore.newDatabase();
    private IdentityServer server;
    private String ministry;

    @BeforeAll
    void start() {
        server = new IdentityServer(store, credentials, new InMemoryNetworks(), clock, Map.of());
        ministry = server.token("ministry", OLD);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void givenTheRightPassword_whenChanged_thenOnlyTheNewOneIsGoodAndAllSessionsEnd() {
        create("changes");
        JsonNode elsewhere = signedIn("changes", OLD);
        HttpResponse<String> answer = change(access(signedIn("changes", OLD)), OLD, NEW);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Forgewatch-Position")).isPresent();
        assertThat(server.signIn("changes", OLD).statusCode()).isEqualTo(401);
        assertThat(server.signIn("changes", NEW).statusCode()).isEqualTo(200);
        assertThat(server.renew(refresh(elsewhere)).statusCode()).isEqualTo(401);
        JsonNode tokens = IdentityServer.json(answer);
        assertThat(server.get("/auth/me", access(tokens)).statusCode()).isEqualTo(200);
        assertThat(server.renew(refresh(tokens)).statusCode()).isEqualTo(200);
        assertThat(kept("changes")).hasSize(1);
    }

    @Test
    void givenAWrongPassword_whenChanged_thenNothingIs() {
        create("guesses");
        String token = access(signedIn("guesses", OLD));
        refused(change(token, OTHER, NEW), 422, "wrong-password", "#/currentPassword");
        refused(change(token, OLD, "short"), 422, "weak-password", "#/newPassword");
        refused(change(token, OLD, OLD), 422, "password-unchanged", "#/newPassword");
        assertThat(server.signIn("guesses", OLD).statusCode()).isEqualTo(200);
        assertThat(kept("guesses")).hasSize(1);
        assertThat(server.putAs(token, "/auth/password?force=true", "{}").statusCode())
                .isEqualTo(400);
        assertThat(server.putAs(token, "/auth/password", "{}").statusCode()).isEqualTo(400);
    }

    @Test
    void givenAnAnswerThatWasLost_whenTheChangeIsRepeatedUnderItsKey_thenItIsDoneOnce() {
        create("repeats");
        String token = access(signedIn("repeats", OLD));
        HttpResponse<String> first = change(token, OLD, NEW, "Idempotency-Key", "c-1");
        HttpResponse<String> again = change(token, OLD, NEW, "Idempotency-Key", "c-1");
        assertThat(again.statusCode()).as(again.body()).isEqualTo(200);
        assertThat(again.headers().firstValue("Forgewatch-Position"))
                .isEqualTo(first.headers().firstValue("Forgewatch-Position"));
        assertThat(server.signIn("repeats", NEW).statusCode()).isEqualTo(200);
        assertThat(kept("repeats")).hasSize(1);
        refused(change(token, OLD, OTHER, "Idempotency-Key", "c-2"), 422, "wrong-password", "#/currentPassword");
    }

    @Test
    void givenAForgottenPassword_whenReset_thenTheOneForOnceOpensNothingButItsChange() {
        create("forgets");
        JsonNode before = signedIn("forgets", OLD);
        JsonNode reset = reset(ministry, "forgets");
        String once = reset.path("oneTimePassword").asString();
        assertThat(reset.path("validUntil").asString())
                .isEqualTo(clock.instant().plus(PasswordController.ONE_TIME).toString().replace("Z", ".000Z"));
        assertThat(server.signIn("forgets", OLD).statusCode()).isEqualTo(401);
        assertThat(server.renew(refresh(before)).statusCode()).isEqualTo(401);

        JsonNode tokens = signedIn("forgets", once);
        assertThat(server.get("/auth/me", access(tokens)).statusCode()).isEqualTo(200);
        refused(server.get("/accounts/forgets", access(tokens)), 403, "password-change-required", null);
        JsonNode renewed = IdentityServer.json(server.renew(refresh(tokens)));
        refused(server.get("/accounts/forgets", access(renewed)), 403, "password-change-required", null);

        JsonNode own = IdentityServer.json(change(access(renewed), once, NEW));
        assertThat(server.get("/auth/me", access(own)).statusCode()).isEqualTo(200);
        assertThat(server.get("/accounts", access(own)).statusCode()).isEqualTo(200);
        assertThat(server.signIn("forgets", once).statusCode()).isEqualTo(401);
        assertThat(server.signIn("forgets", NEW).statusCode()).isEqualTo(200);
        assertThat(kept("forgets")).hasSize(1);
    }

    @Test
    void givenAPasswordForOnce_whenItIsNotUsedInTime_thenItIsGoodForNothing() {
        create("too.late");
        String once = reset(ministry, "too.late").path("oneTimePassword").asString();
        clock.move(PasswordController.ONE_TIME.minus(Duration.ofSeconds(1)));
        assertThat(server.signIn("too.late", once).statusCode()).isEqualTo(200);
        clock.move(Duration.ofSeconds(1));
        assertThat(server.signIn("too.late", once).statusCode()).isEqualTo(401);
        ministry = server.token("ministry", OLD);
    }

    @Test
    void givenAResetThatIsRepeatedUnderItsKey_thenItTellsTheSamePassword() {
        create("twice");
        String[] key = {"Authorization", "Bearer " + ministry, "Idempotency-Key", "r-1"};
        HttpResponse<String> first = server.post("/accounts/twice/password-reset", "", key);
        clock.move(Duration.ofSeconds(5));
        HttpResponse<String> again = server.post("/accounts/twice/password-reset", "", key);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(server.signIn("twice", IdentityServer.json(again).path("oneTimePassword").asString())
                        .statusCode())
                .isEqualTo(200);
        assertThat(kept("twice")).hasSize(1);
    }

    @Test
    void givenWhoMayNotReset_whenAsked_thenNothingIsKeptForIt() {
        create("not.yours");
        List<String> before = kept("not.yours");
        String shandong = opened("shandong.pw", "PROVINCE", "region:37");
        String works = opened("works.pw", "ENTERPRISE", "enterprise:GT3702110001");
        refused(server.postAs(shandong, "/accounts/not.yours/password-reset", ""), 404, "not-found", null);
        refused(server.postAs(works, "/accounts/not.yours/password-reset", ""), 403, "forbidden", null);
        refused(server.postAs(shandong, "/accounts/nobody/password-reset", ""), 404, "not-found", null);
        refused(server.postAs(shandong, "/accounts/shandong.pw/password-reset", ""), 409, "own-account", null);
        assertThat(kept("not.yours")).isEqualTo(before);
        assertThat(kept("shandong.pw")).hasSize(1);
    }

    @Test
    void givenANameThatIsTaken_whenOpened_thenNoPasswordIsLeftOfIt() {
        create("taken.pw");
        HttpResponse<String> again = server.open(ministry, account("taken.pw", "AUDITOR", "nation"));
        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(kept("taken.pw")).hasSize(1);
        HttpResponse<String> unfit = server.open(ministry, account("unfit.pw", "PROVINCE", "nation"));
        assertThat(unfit.statusCode()).isEqualTo(422);
        assertThat(kept("unfit.pw")).isEmpty();
    }

    @Test
    void givenAnAccountOfTheFirstRelease_whenItSignsIn_thenItsPasswordMovesOutOfItsEvent() {
        String hash;
        try (PasswordHashes hashes = new PasswordHashes(new byte[32])) {
            hash = Objects.requireNonNull(hashes.hash("first.release", OLD).block(Duration.ofSeconds(30)));
        }
        // What the first release stored, beside the event as today's code reads it.
        EmbeddedStore.execute(
                EmbeddedStore.nameOf(credentials),
                "insert into events (position, id, name, version, at, actor, tags, metadata, payload) values (1,"
                        + " '00000000-0000-0000-0000-000000000001', 'AccountOpened', '1', now(), 'account/ministry',"
                        + " array['account=first.release'], '{}', convert_to('{\"username\":\"first.release\","
                        + "\"passwordHash\":\"" + hash + "\"}', 'UTF8'))");
        EmbeddedStore.execute(
                EmbeddedStore.nameOf(credentials),
                "insert into event_tags (tag, position, name) values ('account=first.release', 1, 'AccountOpened')"
                        + " on conflict do nothing");
        store.given(new AccountOpened(
                "first.release", Role.AUDITOR, "nation", PersonalText.plain("某人"), null, clock.instant()));

        assertThat(server.signIn("first.release", OTHER).statusCode()).isEqualTo(401);
        assertThat(kept("first.release")).isEmpty();
        JsonNode tokens = signedIn("first.release", OLD);
        assertThat(kept("first.release")).containsExactly(Holder.FIRST);
        assertThat(server.signIn("first.release", OLD).statusCode()).isEqualTo(200);

        assertThat(change(access(tokens), OLD, NEW).statusCode()).isEqualTo(200);
        assertThat(server.signIn("first.release", OLD).statusCode()).isEqualTo(401);
        assertThat(server.signIn("first.release", NEW).statusCode()).isEqualTo(200);
        assertThat(kept("first.release")).doesNotContain(Holder.FIRST).hasSize(1);
    }

    @Test
    void givenAllThatHappened_thenNoEventHasAPasswordOrAHash() {
        create("no.secret");
        change(access(signedIn("no.secret", OLD)), OLD, NEW);
        String once = reset(ministry, "no.secret").path("oneTimePassword").asString();
        assertThat(store.events().toString())
                .contains("no.secret")
                .doesNotContain(OLD, NEW, once)
                .doesNotContainIgnoringCase("argon2");
    }

    private HttpResponse<String> change(String token, String from, String to, String... headers) {
        return server.putAs(
                token,
                "/auth/password",
                JsonMapper.shared().writeValueAsString(Map.of("currentPassword", from, "newPassword", to)),
                headers);
    }

    private JsonNode reset(String token, String username) {
        HttpResponse<String> answer = server.postAs(token, "/accounts/" + username + "/password-reset", "");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return IdentityServer.json(answer);
    }

    private JsonNode signedIn(String username, String password) {
        HttpResponse<String> answer = server.signIn(username, password);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return IdentityServer.json(answer);
    }

    private static void refused(HttpResponse<String> answer, int status, String code, @Nullable String pointer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(IdentityServer.json(answer).path("code").asString()).isEqualTo(code);
        if (pointer != null) {
            assertThat(IdentityServer.json(answer).at("/errors/0/pointer").asString())
                    .isEqualTo(pointer);
        }
    }

    /** The credentials that are kept of an account. */
    private List<String> kept(String username) {
        try (Connection connection = EmbeddedStore.connection(EmbeddedStore.nameOf(credentials));
                ResultSet row = connection
                        .createStatement()
                        .executeQuery("select credential from account_passwords where account = '" + username + "'")) {
            List<String> found = new ArrayList<>();
            while (row.next()) {
                found.add(row.getString(1));
            }
            return found;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private String opened(String username, String role, String jurisdiction) {
        HttpResponse<String> answer = server.open(ministry, account(username, role, jurisdiction));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return server.token(username, OLD);
    }

    private void create(String username) {
        assertThat(server.open(ministry, account(username, "AUDITOR", "nation")).statusCode())
                .isEqualTo(201);
    }

    private static Map<String, String> account(String username, String role, String jurisdiction) {
        return Map.of(
                "username", username,
                "role", role,
                "jurisdiction", jurisdiction,
                "displayName", "某单位",
                "password", OLD);
    }

    private static String refresh(JsonNode tokens) {
        return tokens.path("refreshToken").asString();
    }

    private static String access(JsonNode tokens) {
        return tokens.path("accessToken").asString();
    }
}
