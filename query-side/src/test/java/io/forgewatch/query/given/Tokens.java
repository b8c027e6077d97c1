package io.forgewatch.query.given;

import io.forgewatch.event.identity.Role;
import io.forgewatch.web.TokenVerifier;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.Jwks;
import java.security.KeyPair;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;

/** Signs tokens as the command side does. */
public final class Tokens {

    private static final KeyPair KEYS = Jwks.CRV.Ed25519.keyPair().build();

    private Tokens() {}

    public static String publicKey() {
        return "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(KEYS.getPublic().getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
    }

    public static String of(Role role, String jurisdiction, Instant until) {
        return Jwts.builder()
                .issuer(TokenVerifier.ISSUER)
                .subject(role.name().toLowerCase())
                .claim(TokenVerifier.ROLE, role.name())
                .claim(TokenVerifier.JURISDICTION, jurisdiction)
                .expiration(Date.from(until))
                .signWith(KEYS.getPrivate(), Jwts.SIG.EdDSA)
                .compact();
    }

    public static String of(Role role, String jurisdiction) {
        return of(role, jurisdiction, Instant.now().plusSeconds(900));
    }
}
