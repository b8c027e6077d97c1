package io.forgewatch.log;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;

/** Ed25519 of the JDK, on keys in RFC 8032's form. */
final class Ed25519 {

    /** What stands before the key in a SubjectPublicKeyInfo. */
    private static final byte[] SPKI = HexFormat.of().parseHex("302a300506032b6570032100");

    private Ed25519() {}

    static void check(byte[] publicKey) {
        try {
            key(publicKey);
        } catch (GeneralSecurityException e) {
            throw new LogFormatException("Not an Ed25519 public key", e);
        }
    }

    static byte[] sign(byte[] secret, byte[] text) {
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(KeyFactory.getInstance("Ed25519")
                    .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, secret)));
            signature.update(text);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Ed25519 does not work in this Java", e);
        }
    }

    static boolean verifies(byte[] publicKey, byte[] text, byte[] signature) {
        try {
            Signature verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(key(publicKey));
            verifier.update(text);
            return verifier.verify(signature);
        } catch (GeneralSecurityException e) {
            // A signature that cannot be one, by its length or its numbers, is told by an exception.
            return false;
        }
    }

    private static PublicKey key(byte[] publicKey) throws GeneralSecurityException {
        byte[] spki = Arrays.copyOf(SPKI, SPKI.length + publicKey.length);
        System.arraycopy(publicKey, 0, spki, SPKI.length, publicKey.length);
        return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(spki));
    }
}
