package io.forgewatch.command.enterprise;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;

/** Makes up secrets for gateways: 32 random bytes. Reads the system's randomness once, when it is made, and no file afterwards. */
final class GatewaySecrets {

    private static final int BYTES = 32;

    private final SecureRandom random;

    GatewaySecrets() {
        try {
            random = SecureRandom.getInstance("DRBG");
            random.nextBytes(new byte[BYTES]);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("DRBG is part of every JDK", impossible);
        }
    }

    byte[] next() {
        byte[] secret = new byte[BYTES];
        random.nextBytes(secret);
        return secret;
    }
}
