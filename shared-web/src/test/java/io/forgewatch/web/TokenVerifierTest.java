package io.forgewatch.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.forgewatch.standing.StandingStreams;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Date;
import org.junit.jupiter.api.Test;

class TokenVerifierTest {

    private static final Instant NOW = Instant.parse("2026-11-28T03:00:00Z");
    private static final Instant END = NOW.plusSeconds(900);

    private Instant now = NOW;
    private final TokenVerifier verifier =
            new TokenVerifier(
                    new TokenKeys(
                            EdgeServer.pem(EdgeServer.KEYS),
                            new PemFolder(""),
                            new StandingStreams(new SimpleMeterRegistry())),
                    ((InstantSource) () -> now).withZone(ZoneOffset.UTC));
    private final String token = EdgeServer.token().expiration(Date.from(END)).compact();

    @Test
    void givenATokenSeenBefore_whenAskedAgain_thenItsCallerIsTheSame() {
        Caller first = verifier.verify(token);
        assertThat(first.username()).isEqualTo("li.ming");
        assertThat(first.expiresAt()).isEqualTo(END);
        assertThat(verifier.verify(token)).isSameAs(first);
    }

    @Test
    void givenATokenSeenBefore_whenItHasEnded_thenItIsRefused() {
        verifier.verify(token);
        now = END.plusMillis(1);
        refused(token, "token-expired");
    }

    @Test
    void givenATokenSeenBefore_whenAnotherBearsItsClaimsWithoutItsSignature_thenThatIsRefused() {
        verifier.verify(token);
        String claims = token.substring(0, token.lastIndexOf('.') + 1);
        refused(claims + "A".repeat(token.length() - claims.length()), "token-invalid");
    }

    @Test
    void givenATokenThatWasRefused_whenAskedAgain_thenItIsRefusedAgain() {
        String forged =
                EdgeServer.token().issuer("someone").expiration(Date.from(END)).compact();
        refused(forged, "token-invalid");
        refused(forged, "token-invalid");
    }

    private void refused(String refused, String code) {
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> verifier.verify(refused))
                .satisfies(problem -> assertThat(problem.code()).isEqualTo(code));
    }
}
