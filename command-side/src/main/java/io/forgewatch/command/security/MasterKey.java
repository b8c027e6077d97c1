package io.forgewatch.command.security;

import java.util.Base64;

/** Reads the master key of {@code forgewatch.security.master-key}. */
final class MasterKey {

    private static final int BYTES = 32;

    private MasterKey() {}

    /** @throws IllegalArgumentException when it is not Base64 of 32 bytes; the text itself is not repeated */
    static byte[] read(String base64) {
        byte[] key;
        try {
            key = Base64.getDecoder().decode(base64.strip());
        } catch (IllegalArgumentException bad) {
            throw new IllegalArgumentException("forgewatch.security.master-key is not Base64");
        }
        if (key.length != BYTES) {
            throw new IllegalArgumentException("forgewatch.security.master-key has not 32 bytes");
        }
        return key;
    }
}
