package io.forgewatch.log;

import java.security.SecureRandom;
import java.util.HexFormat;

/** A secret key that signs notes, and its name. Keep what {@link #encode} gives where nobody else reads. */
public final class SigningKey {

    private static final String PREFIX = "PRIVATE+KEY+";

    private final VerifierKey verifier;
    private final byte[] secret;

    private SigningKey(String name, SignatureAlgorithm algorithm, byte[] secret) {
        if (secret.length != SignatureAlgorithm.SECRET_LENGTH
                || algorithm == SignatureAlgorithm.SM2_SM3 && !Sm2.isSecret(secret)) {
            throw new LogFormatException("Not a secret key of 32 bytes");
        }
        this.verifier = VerifierKey.of(name, algorithm, algorithm.publicKey(secret));
        this.secret = secret;
    }

    /** A new key. A checkpoint's keys bear the log's origin as name. */
    public static SigningKey generate(String name, SignatureAlgorithm algorithm, SecureRandom random) {
        return new SigningKey(name, algorithm, algorithm.newSecret(random));
    }

    /**
     * Reads {@code PRIVATE+KEY+<name>+<id>+<base64 of type and secret>}, the form that Go's {@code note} package has for Ed25519.
     *
     * @throws LogFormatException when it is not of that form
     */
    public static SigningKey parse(String skey) {
        String[] parts =
                skey.startsWith(PREFIX) ? skey.substring(PREFIX.length()).split("\\+", 3) : new String[0];
        if (parts.length != 3) {
            throw new LogFormatException("Not a signing key");
        }
        byte[] typed = Strict.base64(parts[2], "A signing key's key");
        SignatureAlgorithm algorithm = SignatureAlgorithm.of(typed)
                .orElseThrow(() -> new LogFormatException("A signing key of an unknown type"));
        SigningKey key = new SigningKey(parts[0], algorithm, algorithm.untyped(typed));
        if (!HexFormat.of().toHexDigits(key.verifier.id()).equals(parts[1])) {
            throw new LogFormatException("A signing key's id is not that of its name and key");
        }
        return key;
    }

    /** What {@link #parse} reads: holds the secret. */
    public String encode() {
        return PREFIX + verifier.name() + "+" + HexFormat.of().toHexDigits(verifier.id()) + "+"
                + Strict.base64(verifier.algorithm().typed(secret));
    }

    public VerifierKey verifierKey() {
        return verifier;
    }

    byte[] sign(byte[] text) {
        return verifier.algorithm().sign(secret, text);
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "SigningKey[" + verifier + "]";
    }
}
