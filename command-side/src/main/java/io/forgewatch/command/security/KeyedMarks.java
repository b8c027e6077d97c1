package io.forgewatch.command.security;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Marks that stand for texts which need not be known: 128 bits of HMAC-SHA-256 under a key of their own purpose, derived from the
 * master key. The same on all instances; without the master key nobody can try which text it was.
 */
public final class KeyedMarks {

    private static final String HMAC = "HmacSHA256";
    private static final int MARK_BYTES = 16;

    private final SecretKeySpec key;

    /** @param purpose of these marks alone: with another one the same text has another mark */
    public KeyedMarks(byte[] masterKey, String purpose) {
        this.key = new SecretKeySpec(hmac(new SecretKeySpec(masterKey, HMAC), "marks v1\n" + purpose), HMAC);
    }

    /** 22 characters of base64url. */
    public String mark(String kind, String text) {
        byte[] whole = hmac(key, kind + "\n" + text);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(whole, MARK_BYTES));
    }

    private static byte[] hmac(SecretKeySpec key, String text) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(key);
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("HmacSHA256 is part of every JDK", impossible);
        }
    }
}
