package io.forgewatch.command.identity;

import io.forgewatch.command.identity.TokenSigning.Signer;
import io.forgewatch.event.identity.Role;
import io.forgewatch.event.personal.PersonalText;
import io.forgewatch.web.TokenVerifier;
import io.jsonwebtoken.Jwts;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.UUID;

/**
 * Signs access tokens with Ed25519. They last 15 minutes and cannot be taken back. The same account, refresh token and moment make
 * the same access token: an answer that was lost is given again by whoever is asked.
 */
final class TokenIssuer {

    static final Duration LIFETIME = Duration.ofMinutes(15);

    private final TokenSigning signing;

    /**
     * A signed token and when it ends.
     *
     * @param refreshToken good once, for the next of both
     */
    @Schema(name = "Token")
    record Token(String accessToken, Instant expiresAt, String refreshToken) {

        /** Without the tokens: whoever has them is the account. */
        @Override
        public String toString() {
            return "Token[until " + expiresAt + "]";
        }
    }

    TokenIssuer(TokenSigning signing) {
        this.signing = signing;
        issueOne();
    }

    /** What the builder loads when it first signs is loaded here and not by the first sign-in, on an event loop. */
    private void issueOne() {
        Holder nobody = new Holder("nobody", Role.AUDITOR, "nation", PersonalText.plain(""), Holder.FIRST, null);
        Token token = issue(nobody, new RefreshToken(new UUID(0, 0), 1, ""), Instant.EPOCH);
        if (token.accessToken().isEmpty()) {
            throw new IllegalStateException("A token was not signed");
        }
    }

    /** @param moment when its refresh token was first given out */
    Token issue(Holder account, RefreshToken refreshing, Instant moment) {
        Signer signer = signing.signer();
        Instant now = moment.truncatedTo(ChronoUnit.SECONDS);
        Instant expiresAt = now.plus(LIFETIME);
        String token = Jwts.builder()
                .header()
                .keyId(signer.key().kid())
                .and()
                .issuer(TokenVerifier.ISSUER)
                .subject(account.username())
                .id(refreshing.session() + "." + refreshing.generation())
                .issuedAt(Date.from(now))
                .expiration(Date.from(expiresAt))
                .claim(TokenVerifier.ROLE, account.role().name())
                .claim(TokenVerifier.JURISDICTION, account.jurisdiction())
                .claim(TokenVerifier.SESSION, refreshing.session().toString())
                .claim(TokenVerifier.MUST_CHANGE_PASSWORD, account.mustChangePassword() ? true : null)
                .signWith(signer.privateKey(), Jwts.SIG.EdDSA)
                .compact();
        return new Token(token, expiresAt, refreshing.text());
    }
}
