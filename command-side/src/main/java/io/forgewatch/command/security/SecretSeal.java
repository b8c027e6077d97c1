package io.forgewatch.command.security;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals secrets that events carry (gateways' keys) with AES-256-GCM under the master key. Sealed text is {@code v1.} and base64url
 * of nonce (12 bytes), ciphertext and tag (16 bytes). Neither method waits for anything.
 */
public final class SecretSeal {

    private static final String PREFIX = "v1.";
    private static final byte[] CONTEXT = "forgewatch secret v1".getBytes(StandardCharsets.US_ASCII);
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int KEY_BYTES = 32;

    private final SecretKeySpec key;
    private final SecureRandom random;

    /** @throws IllegalArgumentException when the master key has not 32 bytes */
    public SecretSeal(byte[] masterKey) {
        if (masterKey.length != KEY_BYTES) {
            throw new IllegalArgumentException("The master key has 32 bytes (forgewatch.security.master-key, Base64)");
        }
        this.key = new SecretKeySpec(masterKey, "AES");
        this.random = SeededRandom.make();
    }

    public String seal(byte[] secret) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce).doFinal(secret);
            byte[] both = ByteBuffer.allocate(NONCE_BYTES + sealed.length)
                    .put(nonce)
                    .put(sealed)
                    .array();
            return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(both);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("AES-GCM is part of every JDK", impossible);
        }
    }

    /** @throws IllegalArgumentException when it was not sealed under this master key, or was changed since */
    public byte[] unseal(String sealed) {
        try {
            if (!sealed.startsWith(PREFIX)) {
                throw new IllegalArgumentException("Not a sealed secret");
            }
            byte[] both = Base64.getUrlDecoder().decode(sealed.substring(PREFIX.length()));
            if (both.length < NONCE_BYTES + TAG_BITS / 8) {
                throw new IllegalArgumentException("Not a sealed secret");
            }
            byte[] nonce = java.util.Arrays.copyOf(both, NONCE_BYTES);
            return cipher(Cipher.DECRYPT_MODE, nonce).doFinal(both, NONCE_BYTES, both.length - NONCE_BYTES);
        } catch (GeneralSecurityException bad) {
            throw new IllegalArgumentException("The secret was sealed under another master key, or was changed", bad);
        }
    }

    private Cipher cipher(int mode, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(CONTEXT);
        return cipher;
    }
}
