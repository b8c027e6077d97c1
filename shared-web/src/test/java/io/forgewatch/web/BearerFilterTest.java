package io.forgewatch.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.Keys;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BearerFilterTest {

    private EdgeServer server;

    @BeforeAll
    void start() {
        server = new EdgeServer(Map.of());
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void givenAGoodToken_whenAsked_thenTheCallerIsKnown() {
        JsonNode me = EdgeServer.json(server.send(server.signedIn("/me")));
        assertThat(me.path("username").asString()).isEqualTo("li.ming");
        assertThat(me.path("role").asString()).isEqualTo("PROVINCE");
    }

    @Test
    void givenNoToken_whenAsked_then401Challenges() {
        HttpResponse<String> answer = server.send(server.request("/me"));
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(EdgeServer.json(answer).path("code").asString()).isEqualTo("token-missing");
        assertThat(answer.headers().firstValue("WWW-Authenticate").orElse("")).startsWith("Bearer");
    }

    static Stream<Arguments> hostile() {
        String good = EdgeServer.token().compact();
        String[] parts = good.split("\\.");
        String none = encoded("{\"alg\":\"none\"}");
        byte[] publicKey = EdgeServer.KEYS.getPublic().getEncoded();
        return Stream.of(
                Arguments.of("token-invalid", "no algorithm", none + "." + parts[1] + "."),
                Arguments.of("token-invalid", "no algorithm, old signature", none + "." + parts[1] + "." + parts[2]),
                Arguments.of(
                        "token-invalid",
                        "the public key as an HMAC secret",
                        claims().signWith(Keys.hmacShaKeyFor(publicKey), Jwts.SIG.HS256)
                                .compact()),
                Arguments.of(
                        "token-invalid",
                        "another key",
                        claims().signWith(EdgeServer.keys().getPrivate(), Jwts.SIG.EdDSA)
                                .compact()),
                Arguments.of(
                        "token-invalid",
                        "claims exchanged",
                        parts[0] + "."
                                + encoded(new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8)
                                        .replace("PROVINCE", "MINISTRY"))
                                + "." + parts[2]),
                Arguments.of("token-invalid", "signature cut", good.substring(0, good.length() - 4)),
                Arguments.of(
                        "token-expired",
                        "ended",
                        EdgeServer.token()
                                .expiration(Date.from(Instant.now().minusSeconds(1)))
                                .compact()),
                Arguments.of(
                        "token-invalid",
                        "no end",
                        EdgeServer.token().expiration(null).compact()),
                Arguments.of(
                        "token-invalid",
                        "another issuer",
                        EdgeServer.token().issuer("someone").compact()),
                Arguments.of(
                        "token-invalid",
                        "no issuer",
                        EdgeServer.token().issuer(null).compact()),
                Arguments.of(
                        "token-invalid",
                        "no subject",
                        EdgeServer.token().subject(null).compact()),
                Arguments.of(
                        "token-invalid",
                        "no role",
                        EdgeServer.token().claim("role", null).compact()),
                Arguments.of(
                        "token-invalid",
                        "a role there is not",
                        EdgeServer.token().claim("role", "KING").compact()),
                Arguments.of(
                        "token-invalid",
                        "a role that is no text",
                        EdgeServer.token().claim("role", 7).compact()),
                Arguments.of(
                        "token-invalid",
                        "no jurisdiction",
                        EdgeServer.token().claim("jurisdiction", null).compact()),
                Arguments.of(
                        "token-invalid",
                        "a jurisdiction there is not",
                        EdgeServer.token().claim("jurisdiction", "region:3").compact()),
                Arguments.of(
                        "token-invalid",
                        "too long",
                        EdgeServer.token().claim("x", "y".repeat(3_000)).compact()),
                Arguments.of("token-invalid", "not signed", claims().compact()),
                Arguments.of("token-invalid", "not a token", "abc"),
                Arguments.of("token-invalid", "empty", ""),
                Arguments.of("token-invalid", "dots", "...."));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("hostile")
    void givenAHostileToken_whenAsked_then401(String code, String why, String token) {
        HttpResponse<String> answer = server.send(server.request("/me").header("Authorization", "Bearer " + token));
        assertThat(answer.statusCode()).as(why).isEqualTo(401);
        assertThat(EdgeServer.json(answer).path("code").asString()).isEqualTo(code);
        assertThat(answer.body()).doesNotContain("jjwt", "JWT");
    }

    @Test
    void givenAnotherScheme_whenAsked_then401() {
        assertThat(server.send(server.request("/me").header("Authorization", "Basic YTpi"))
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void givenTwoTokens_whenAsked_then401() {
        assertThat(server.send(server.signedIn("/me").header("Authorization", "Bearer x"))
                        .statusCode())
                .isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/actuator/health",
                "/actuator/health/liveness",
                "/actuator/health/readiness",
                "/v3/api-docs",
                "/problems/not-found"
            })
    void givenAnOpenDoor_whenAskedWithoutToken_thenItAnswers(String path) {
        assertThat(server.send(server.request(path)).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/me",
                "/me/",
                "//me",
                "/actuator",
                "/actuator/env",
                "/actuator/prometheus",
                "/auth/me",
                "/auth/tokens/x",
                "/telemetry/frames/x",
                "/v3/api-docs/../../me",
                "/problems/..;/me",
                "/actuator/health/..%2f..%2fme"
            })
    void givenAnyOtherDoor_whenAskedWithoutToken_thenNothingIsToldButThat(String path) {
        assertThat(server.send(server.request(path)).statusCode()).isIn(401, 404);
    }

    private static io.jsonwebtoken.JwtBuilder claims() {
        return Jwts.builder()
                .issuer(TokenVerifier.ISSUER)
                .subject("li.ming")
                .claim(TokenVerifier.ROLE, "MINISTRY")
                .claim(TokenVerifier.JURISDICTION, "nation")
                .expiration(Date.from(Instant.now().plusSeconds(900)));
    }

    private static String encoded(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }
}
