package io.forgewatch.command.identity;

import io.forgewatch.web.TokenKey;

/**
 * A public key that verifies tokens, as a JSON Web Key (RFC 8037).
 *
 * @param kid its thumbprint (RFC 7638)
 * @param x the 32 bytes of the key, base64url
 */
record SigningKey(String kty, String crv, String use, String alg, String kid, String x) {

    static SigningKey of(TokenKey key) {
        return new SigningKey("OKP", "Ed25519", "sig", "EdDSA", key.kid(), key.x());
    }
}
