package io.forgewatch.command.identity;

import com.github.f4b6a3.uuid.UuidCreator;
import io.forgewatch.event.identity.IdentityEvent.AccountOpened;
import io.forgewatch.web.TokenVerifier;
import io.jsonwebtoken.Jwts;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;

/** Signs access tokens with Ed25519. They last 15 minutes and cannot be taken back. */
final class TokenIssuer {

    static final Duration LIFETIME = Duration.ofMinutes(15);

    private final PrivateKey privateKey;
    private final SigningKey signingKey;
    private final Clock clock;

    /** A signed token and when it ends. */
    record Token(String accessToken, Instant expiresAt) {

        /** Without the token: whoever has it is the account. */
        @Override
        public String toString() {
            return "Token[until " + expiresAt + "]";
        }
    }

    /** @throws IllegalArgumentException when the keys do not belong together */
    TokenIssuer(PrivateKey privateKey, PublicKey publicKey, Clock clock) {
        if (!isPair(privateKey, publicKey)) {
            throw new IllegalArgumentException(
                    "forgewatch.security.token-private-key and token-public-key do not belong together");
        }
        this.privateKey = privateKey;
        this.signingKey = SigningKey.of(publicKey);
        this.clock = clock;
    }

    Token issue(AccountOpened account) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        Instant expiresAt = now.plus(LIFETIME);
        String token = Jwts.builder()
                .header()
                .keyId(signingKey.kid())
                .and()
                .issuer(TokenVerifier.ISSUER)
                .subject(account.username())
                .id(UuidCreator.getTimeOrderedEpoch().toString())
                .issuedAt(Date.from(now))
                .expiration(Date.from(expiresAt))
                .claim(TokenVerifier.ROLE, account.role().name())
                .claim(TokenVerifier.JURISDICTION, account.jurisdiction())
                .signWith(privateKey, Jwts.SIG.EdDSA)
                .compact();
        return new Token(token, expiresAt);
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
