package io.forgewatch.command.transparency;

import java.util.Arrays;
import java.util.Base64;

/** Keys for tests. */
public final class SampleKeys {

    /** Of both kinds: 32 bytes in Base64. */
    public static final String SECRET = secret(7);

    private SampleKeys() {}

    static LogKeys keys() {
        return new LogKeys("forgewatch.test", SECRET, SECRET);
    }

    static LogKeys otherKeys() {
        return new LogKeys("forgewatch.test", SECRET, secret(8));
    }

    private static String secret(int value) {
        byte[] secret = new byte[32];
        Arrays.fill(secret, (byte) value);
        return Base64.getEncoder().encodeToString(secret);
    }
}
