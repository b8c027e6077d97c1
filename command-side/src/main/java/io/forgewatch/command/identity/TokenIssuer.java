package io.forgewatch.command.identity;

import io.forgewatch.web.TokenVerifier;
import io.jsonwebtoken.Jwts;
import io.swagger.v3.oas.annotations.media.Schema;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;

/**
 * Signs access tokens with Ed25519. They last 15 minutes and cannot be taken back. The same account, refresh token and moment make
 * the same access token: an answer that was lost is given again by whoever is asked.
 */
final class TokenIssuer {

    static final Duration LIFETIME = Duration.ofMinutes(15);

    private final PrivateKey privateKey;
    private final SigningKey signingKey;

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

    /** @throws IllegalArgumentException when the keys do not belong together */
    TokenIssuer(PrivateKey privateKey, PublicKey publicKey) {
        if (!isPair(privateKey, publicKey)) {
            throw new IllegalArgumentException(
                    "forgewatch.security.token-private-key and token-public-key do not belong together");
        }
        this.privateKey = privateKey;
        this.signingKey = SigningKey.of(publicKey);
    }

    /** @param moment when its refresh token was first given out */
    Token issue(Holder account, RefreshToken refreshing, Instant moment) {
        Instant now = moment.truncatedTo(ChronoUnit.SECONDS);
        Instant expiresAt = now.plus(LIFETIME);
        String token = Jwts.builder()
                .header()
                .keyId(signingKey.kid())
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
                .signWith(privateKey, Jwts.SIG.EdDSA)
                .compact();
        return new Token(token, expiresAt, refreshing.text());
    }

    SigningKey signingKey() {
        return signingKey;
    }

    private static boolean isPair(PrivateKey privateKey, PublicKey publicKey) {
        try {
            byte[] probe = {1, 2, 3};
            Signature signing = Signature.getInstance("Ed25519");
            signing.initSign(privateKey);
            signing.update(probe);
            byte[] signature = signing.sign();
            Signature verifying = Signature.getInstance("Ed25519");
            verifying.initVerify(publicKey);
            verifying.update(probe);
            return verifying.verify(signature);
        } catch (GeneralSecurityException bad) {
            return false;
        }
    }
}
