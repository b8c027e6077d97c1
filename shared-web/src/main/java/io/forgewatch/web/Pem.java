package io.forgewatch.web;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/** Ed25519 keys as PEM text (RFC 7468): {@code PUBLIC KEY} and {@code PRIVATE KEY} (PKCS #8). */
public final class Pem {

    private Pem() {}

    /** @throws IllegalArgumentException when the text is no Ed25519 public key; the text itself is not repeated */
    public static PublicKey publicKey(String text) {
        try {
            return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(der(text, "PUBLIC KEY")));
        } catch (GeneralSecurityException bad) {
            throw new IllegalArgumentException("Not an Ed25519 public key in PEM", bad);
        }
    }

    /** @throws IllegalArgumentException when the text is no Ed25519 private key; the text itself is not repeated */
    public static PrivateKey privateKey(String text) {
        try {
            return KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(der(text, "PRIVATE KEY")));
        } catch (GeneralSecurityException bad) {
            throw new IllegalArgumentException("Not an Ed25519 private key in PEM");
        }
    }

    private static byte[] der(String text, String label) {
        String begin = "-----BEGIN " + label + "-----";
        String end = "-----END " + label + "-----";
        int from = text.indexOf(begin);
        int to = text.indexOf(end);
        if (from < 0 || to < from) {
            throw new IllegalArgumentException("There is no " + label + " in the PEM text");
        }
        return Base64.getMimeDecoder().decode(text.substring(from + begin.length(), to));
    }
}
