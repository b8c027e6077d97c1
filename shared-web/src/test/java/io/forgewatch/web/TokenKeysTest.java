package io.forgewatch.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.forgewatch.event.identity.Role;
import io.forgewatch.standing.StandingStreams;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.Jwks;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenKeysTest {

    private static final KeyPair FIRST = pair();
    private static final KeyPair SECOND = pair();
    private static final KeyPair STRANGERS = pair();

    @TempDir
    Path folder;

    @Test
    void givenAKeyThatIsPutThere_whenLookedAt_thenTokensOfBothAreBelieved() throws IOException {
        put("2026-11.pem", FIRST);
        TokenKeys keys = keys("");
        TokenVerifier verifier = new TokenVerifier(keys, Clock.systemUTC());
        believes(verifier, FIRST);
        refuses(verifier, SECOND);

        put("2026-12.pem", SECOND);
        keys.look();
        believes(verifier, FIRST);
        believes(verifier, SECOND);
        refuses(verifier, STRANGERS);
        assertThat(keys.all()).containsExactly(TokenKey.of(SECOND.getPublic()), TokenKey.of(FIRST.getPublic()));
    }

    @Test
    void givenATokenThatWasBelieved_whenItsKeyIsTakenAway_thenItIsNotAnyMore() throws IOException {
        put("2026-11.pem", FIRST);
        put("2026-12.pem", SECOND);
        TokenKeys keys = keys("");
        TokenVerifier verifier = new TokenVerifier(keys, Clock.systemUTC());
        String token = token(FIRST, TokenKey.of(FIRST.getPublic()).kid());
        assertThat(verifier.verify(token).username()).isEqualTo("li.ming");

        Files.delete(folder.resolve("2026-11.pem"));
        keys.look();
        refuses(verifier, token);
        believes(verifier, SECOND);
    }

    @Test
    void givenWhatIsNoKey_whenLookedAt_thenAllStaysAsItWas() throws IOException {
        put("2026-11.pem", FIRST);
        Files.writeString(folder.resolve("README"), "no key");
        TokenKeys keys = keys("");
        for (String broken : new String[] {"", "half of a k", "x".repeat(20_000)}) {
            Files.writeString(folder.resolve("2026-12.pem"), broken);
            assertThat(keys.look()).isOne();
        }
        Files.delete(folder.resolve("2026-11.pem"));
        Files.delete(folder.resolve("2026-12.pem"));
        assertThat(keys.look()).isOne();
        assertThat(keys.all()).containsExactly(TokenKey.of(FIRST.getPublic()));
    }

    @Test
    void givenATokenThatNamesNoKey_whenVerified_thenTheSettingsKeyIsMeant() throws IOException {
        put("2026-12.pem", SECOND);
        TokenVerifier verifier = new TokenVerifier(keys(EdgeServer.pem(FIRST)), Clock.systemUTC());
        assertThat(verifier.verify(token(FIRST, null)).username()).isEqualTo("li.ming");
        refuses(verifier, token(SECOND, null));
        // Under the name of another.
        refuses(verifier, token(FIRST, TokenKey.of(SECOND.getPublic()).kid()));
    }

    @Test
    void givenNoKeyAtAll_whenBegun_thenItIsSaid() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> keys(""))
                .withMessageContaining("token-public-keys");
    }

    private TokenKeys keys(String setting) {
        return new TokenKeys(
                setting, new PemFolder(folder.toString()), new StandingStreams(new SimpleMeterRegistry()));
    }

    private void put(String name, KeyPair pair) throws IOException {
        Files.writeString(folder.resolve(name), EdgeServer.pem(pair));
    }

    private static void believes(TokenVerifier verifier, KeyPair pair) {
        assertThat(verifier.verify(token(pair, TokenKey.of(pair.getPublic()).kid())).username())
                .isEqualTo("li.ming");
    }

    private static void refuses(TokenVerifier verifier, KeyPair pair) {
        refuses(verifier, token(pair, TokenKey.of(pair.getPublic()).kid()));
    }

    private static void refuses(TokenVerifier verifier, String token) {
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> verifier.verify(token))
                .satisfies(problem -> assertThat(problem.code()).isEqualTo("token-invalid"));
    }

    private static String token(KeyPair pair, String kid) {
        return Jwts.builder()
                .header()
                .keyId(kid)
                .and()
                .issuer(TokenVerifier.ISSUER)
                .subject("li.ming")
                .claim(TokenVerifier.ROLE, Role.MINISTRY.name())
                .claim(TokenVerifier.JURISDICTION, "nation")
                .expiration(Date.from(Instant.now().plusSeconds(900)))
                .signWith(pair.getPrivate(), Jwts.SIG.EdDSA)
                .compact();
    }

    private static KeyPair pair() {
        return Jwks.CRV.Ed25519.keyPair().build();
    }
}
