package io.forgewatch.command.identity;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.Base64;

/**
 * The public key that verifies tokens, as a JSON Web Key (RFC 8037).
 *
 * @param kid its thumbprint (RFC 7638)
 * @param x the 32 bytes of the key, base64url
 */
record SigningKey(String kty, String crv, String use, String alg, String kid, String x) {

    private static final int KEY_BYTES = 32;

    static SigningKey of(PublicKey publicKey) {
        byte[] encoded = publicKey.getEncoded();
        // An Ed25519 SubjectPublicKeyInfo ends with the 32 bytes of the key (RFC 8410).
        byte[] key = Arrays.copyOfRange(encoded, encoded.length - KEY_BYTES, encoded.length);
        String x = Base64.getUrlEncoder().withoutPadding().encodeToString(key);
        return new SigningKey("OKP", "Ed25519", "sig", "EdDSA", thumbprint(x), x);
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
