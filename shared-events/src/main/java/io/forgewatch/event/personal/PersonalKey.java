package io.forgewatch.event.personal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** A key of one subject's personal data. Nothing here waits for anything. */
public final class PersonalKey {

    /** As AES-256 wants it. */
    public static final int BYTES = 32;

    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final KeyName name;
    private final SecretKeySpec key;

    /** @throws IllegalArgumentException when it has not {@value #BYTES} bytes */
    public PersonalKey(KeyName name, byte[] key) {
        if (key.length != BYTES) {
            throw new IllegalArgumentException("A key of personal data has " + BYTES + " bytes");
        }
        this.name = name;
        this.key = new SecretKeySpec(key, "AES");
    }

    public KeyName name() {
        return name;
    }

    /**
     * The text under this key; the same text again is another one.
     *
     * @param random gives the nonce
     */
    public PersonalText seal(String text, SecureRandom random) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        String header = PersonalText.PREFIX + name.wire() + ":";
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, header).doFinal(text.getBytes(StandardCharsets.UTF_8));
            byte[] both = ByteBuffer.allocate(NONCE_BYTES + sealed.length)
                    .put(nonce)
                    .put(sealed)
                    .array();
            return new PersonalText(
                    header + Base64.getUrlEncoder().withoutPadding().encodeToString(both));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("AES-GCM is part of every JDK", impossible);
        }
    }

    /** @throws IllegalArgumentException when it was not sealed under this key, or was changed since */
    public String open(PersonalText sealed) {
        String header = sealed.header();
        if (!header.equals(PersonalText.PREFIX + name.wire() + ":")) {
            throw new IllegalArgumentException("Sealed under another key than " + name.wire());
        }
        byte[] both = Base64.getUrlDecoder().decode(sealed.content());
        if (both.length < NONCE_BYTES + TAG_BITS / 8) {
            throw new IllegalArgumentException("Too short for a sealed text");
        }
        try {
            byte[] text = cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(both, NONCE_BYTES), header)
                    .doFinal(both, NONCE_BYTES, both.length - NONCE_BYTES);
            return new String(text, StandardCharsets.UTF_8);
        } catch (GeneralSecurityException bad) {
            throw new IllegalArgumentException("Changed since it was sealed under " + name.wire(), bad);
        }
    }

    /** The same for the same text, and nothing to whoever has not the key: HMAC-SHA-256 in hex. */
    public String fingerprint(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("HmacSHA256 is part of every JDK", impossible);
        }
    }

    private Cipher cipher(int mode, byte[] nonce, String header) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(header.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "PersonalKey[" + name.wire() + "]";
    }
}
