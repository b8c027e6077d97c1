package io.forgewatch.command.security;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;

/** Secure random numbers without a wait: the system's randomness is read once, when one is made. */
public final class SeededRandom {

    private SeededRandom() {}

    public static SecureRandom make() {
        try {
            SecureRandom random = SecureRandom.getInstance("DRBG");
            random.nextBytes(new byte[1]);
            return random;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("DRBG is part of every JDK", impossible);
        }
    }
}
