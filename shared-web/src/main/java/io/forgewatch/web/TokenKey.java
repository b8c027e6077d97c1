package io.forgewatch.web;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.Base64;

/**
 * An Ed25519 key that verifies tokens.
 *
 * @param kid its thumbprint (RFC 7638), which tokens name
 * @param x its 32 bytes, base64url
 */
public record TokenKey(String kid, String x, PublicKey key) {

    private static final int KEY_BYTES = 32;

    public static TokenKey of(PublicKey key) {
        byte[] encoded = key.getEncoded();
        // An Ed25519 SubjectPublicKeyInfo ends with the 32 bytes of the key (RFC 8410).
        byte[] bytes = Arrays.copyOfRange(encoded, encoded.length - KEY_BYTES, encoded.length);
        String x = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        return new TokenKey(thumbprint(x), x, key);
    }

    private static String thumbprint(String x) {
        try {
            String members = "{\"crv\":\"Ed25519\",\"kty\":\"OKP\",\"x\":\"" + x + "\"}";
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(members.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("SHA-256 is part of every JDK", impossible);
        }
    }
}
