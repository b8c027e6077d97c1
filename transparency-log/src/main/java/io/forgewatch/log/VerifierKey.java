package io.forgewatch.log;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A public key that notes are verified with, and its name (C2SP signed-note's "vkey"). Keys of notes' logs bear the log's origin. */
public final class VerifierKey {

    private final String name;
    private final SignatureAlgorithm algorithm;
    private final byte[] publicKey;
    private final int id;

    private VerifierKey(String name, SignatureAlgorithm algorithm, byte[] publicKey) {
        this.name = KeyName.checked(name);
        this.algorithm = algorithm;
        this.publicKey = publicKey;
        this.id = KeyName.id(name, algorithm.typed(publicKey));
        if (publicKey.length != algorithm.publicKeyLength()) {
            throw new LogFormatException(
                    "The public key has " + publicKey.length + " bytes, not " + algorithm.publicKeyLength());
        }
        algorithm.checkPublicKey(publicKey);
    }

    /**
     * @param name not empty, no spaces, no plus sign
     * @param publicKey 32 bytes for Ed25519; 65 bytes, uncompressed, for SM2
     * @throws LogFormatException when name or key are not so
     */
    public static VerifierKey of(String name, SignatureAlgorithm algorithm, byte[] publicKey) {
        return new VerifierKey(name, algorithm, publicKey.clone());
    }

    /**
     * Reads {@code <name>+<id in 8 hexadecimal digits>+<base64 of type and public key>}.
     *
     * @throws LogFormatException when it is not of that form, the id is not the key's, or the type is none of {@link
     *     SignatureAlgorithm}
     */
    public static VerifierKey parse(String vkey) {
        return parseKnown(vkey).orElseThrow(() -> new LogFormatException("A verifier key of an unknown type"));
    }

    /**
     * Reads verifier keys, one a line; empty lines, and keys of types that are not known here, are passed over.
     *
     * @throws LogFormatException when a line is no verifier key
     */
    public static List<VerifierKey> parseLines(String lines) {
        return lines.lines()
                .filter(line -> !line.isBlank())
                .map(VerifierKey::parseKnown)
                .flatMap(Optional::stream)
                .toList();
    }

    /** Keys as {@link #parseLines} reads them. */
    public static String lines(List<VerifierKey> keys) {
        return keys.stream().map(key -> key.encode() + "\n").collect(Collectors.joining());
    }

    /** What {@link #parse} reads. */
    public String encode() {
        return name + "+" + idText() + "+" + Strict.base64(algorithm.typed(publicKey));
    }

    public String name() {
        return name;
    }

    public SignatureAlgorithm algorithm() {
        return algorithm;
    }

    /** What signatures by this key begin with. */
    public int id() {
        return id;
    }

    public byte[] publicKey() {
        return publicKey.clone();
    }

    boolean verifies(byte[] text, byte[] signature) {
        return algorithm.verifies(publicKey, text, signature);
    }

    private String idText() {
        return HexFormat.of().toHexDigits(id);
    }

    private static Optional<VerifierKey> parseKnown(String vkey) {
        // A name has no plus sign, base64 may: three parts at most.
        String[] parts = vkey.split("\\+", 3);
        if (parts.length != 3) {
            throw new LogFormatException("A verifier key has three parts, joined by '+'");
        }
        KeyName.checked(parts[0]);
        byte[] typed = Strict.base64(parts[2], "A verifier key's key");
        return SignatureAlgorithm.of(typed).map(algorithm -> {
            VerifierKey key = new VerifierKey(parts[0], algorithm, algorithm.untyped(typed));
            if (!key.idText().equals(parts[1])) {
                throw new LogFormatException("A verifier key's id is not that of its name and key");
            }
            return key;
        });
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VerifierKey that
                && name.equals(that.name)
                && algorithm == that.algorithm
                && Arrays.equals(publicKey, that.publicKey);
    }

    @Override
    public int hashCode() {
        return id;
    }

    @Override
    public String toString() {
        return encode();
    }
}
