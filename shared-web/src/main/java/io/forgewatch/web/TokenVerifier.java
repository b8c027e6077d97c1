package io.forgewatch.web;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.forgewatch.event.identity.Jurisdiction;
import io.forgewatch.event.identity.Role;
import io.forgewatch.event.telemetry.FrameSignature;
import io.jsonwebtoken.Claims;
import io.jsonwebtoken.Header;
import io.jsonwebtoken.Jws;
import io.jsonwebtoken.ExpiredJwtException;
import io.jsonwebtoken.JwtException;
import io.jsonwebtoken.JwtParser;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.ProtectedHeader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Date;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads access tokens: JWTs signed with EdDSA (RFC 8037) by the command side, bearing {@code iss}, {@code sub}, {@code exp},
 * {@code role} and {@code jurisdiction}. Nothing else is believed, whatever a token's own header says but which of our keys it was.
 *
 * <p>A signature is checked once: that takes longer than all else that a read costs. What was believed is kept under the token's
 * SHA-256 until the token ends, or until others need the place.
 */
public final class TokenVerifier {

    /** The {@code iss} of every token. */
    public static final String ISSUER = "forgewatch";

    public static final String ROLE = "role";
    public static final String JURISDICTION = "jurisdiction";

    /** A UUID; missing in tokens that earlier releases made. */
    public static final String SESSION = "sid";

    /** True in a token that is good for nothing but to change the password; else missing. */
    public static final String MUST_CHANGE_PASSWORD = "pwd_due";

    /** Longer than any token that is issued here; what is longer is not even looked at. */
    private static final int LONGEST = 2_048;

    /** Tokens that are kept, at a few hundred bytes each. */
    private static final int MOST_BELIEVED = 50_000;

    private static final Logger LOG = LoggerFactory.getLogger(TokenVerifier.class);

    private final Clock clock;
    private final JwtParser parser;
    private final TokenKeys keys;
    private final Cache<ByteBuffer, Believed> believed =
            Caffeine.newBuilder().maximumSize(MOST_BELIEVED).build();

    /** @param key without which it would not be */
    private record Believed(Caller caller, TokenKey key) {}

    public TokenVerifier(TokenKeys keys, Clock clock) {
        this.keys = keys;
        this.clock = clock;
        this.parser = Jwts.parser()
                .sig()
                .clear()
                .add(Jwts.SIG.EdDSA)
                .and()
                .keyLocator(header -> key(header).map(TokenKey::key).orElse(null))
                .requireIssuer(ISSUER)
                .clock(() -> Date.from(clock.instant()))
                .build();
        readOne();
    }

    /**
     * Reads a token that is none, so that what the parser loads when it first reads (services, Jackson's caches, under locks) is
     * loaded here and not by the first callers, on an event loop.
     */
    private void readOne() {
        try {
            parser.parseSignedClaims("eyJhbGciOiJFZERTQSJ9.e30.AA");
            throw new IllegalStateException("A token without a signature was believed");
        } catch (JwtException expected) {
            LOG.debug("The token parser is ready: {}", expected.getMessage());
        }
    }

    /** @throws Problem 401 {@code token-expired} or {@code token-invalid} */
    public Caller verify(String token) {
        if (token.length() > LONGEST) {
            throw invalid();
        }
        ByteBuffer hash = hash(token);
        Believed known = believed.getIfPresent(hash);
        if (known != null && clock.instant().isBefore(known.caller().expiresAt()) && keys.holds(known.key())) {
            return known.caller();
        }
        Believed read = read(token);
        believed.put(hash, read);
        return read.caller();
    }

    private Believed read(String token) {
        try {
            Jws<Claims> signed = parser.parseSignedClaims(token);
            return new Believed(
                    caller(signed.getPayload()), key(signed.getHeader()).orElseThrow(TokenVerifier::invalid));
        } catch (ExpiredJwtException expired) {
            throw Problem.unauthorized("token-expired", "The token has ended: sign in again. 令牌已过期，请重新登录。");
        } catch (JwtException | IllegalArgumentException bad) {
            throw invalid();
        }
    }

    private Optional<TokenKey> key(Header header) {
        String kid = header instanceof ProtectedHeader named ? named.getKeyId() : null;
        return kid == null ? Optional.of(keys.first()) : keys.named(kid);
    }

    private static Caller caller(Claims claims) {
        String subject = claims.getSubject();
        Date expiry = claims.getExpiration();
        String role = claims.get(ROLE, String.class);
        String jurisdiction = claims.get(JURISDICTION, String.class);
        if (subject == null || subject.isBlank() || expiry == null || role == null || jurisdiction == null) {
            throw invalid();
        }
        return new Caller(
                subject,
                Role.valueOf(role),
                Jurisdiction.fromWire(jurisdiction),
                expiry.toInstant(),
                claims.get(SESSION, String.class),
                Boolean.TRUE.equals(claims.get(MUST_CHANGE_PASSWORD, Boolean.class)));
    }

    private static ByteBuffer hash(String token) {
        return ByteBuffer.wrap(FrameSignature.sha256(token.getBytes(StandardCharsets.UTF_8)));
    }

    private static Problem invalid() {
        return Problem.unauthorized("token-invalid", "The token is not one of ours. 令牌无效。");
    }
}
