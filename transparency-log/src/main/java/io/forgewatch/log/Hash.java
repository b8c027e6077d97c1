package io.forgewatch.log;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** A SHA-256 hash: 32 bytes that never change. */
public final class Hash {

    /** Bytes a hash. */
    public static final int LENGTH = 32;

    private final byte[] bytes;

    private Hash(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * @param bytes 32 of them, copied
     * @throws LogFormatException when they are more or fewer
     */
    public static Hash of(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new LogFormatException("A hash has 32 bytes, not " + bytes.length);
        }
        return new Hash(bytes.clone());
    }

    /** The SHA-256 of some bytes, as {@code sha256sum} gives it. */
    public static Hash sha256(byte[] content) {
        return new Hash(digest().digest(content));
    }

    /** A leaf of the tree (RFC 9162, 2.1.1): SHA-256 of 0x00 and the entry. */
    public static Hash leaf(byte[] entry) {
        MessageDigest digest = digest();
        digest.update((byte) 0);
        return new Hash(digest.digest(entry));
    }

    /** An inner node of the tree (RFC 9162, 2.1.1): SHA-256 of 0x01 and both children. */
    public static Hash node(Hash left, Hash right) {
        MessageDigest digest = digest();
        digest.update((byte) 1);
        digest.update(left.bytes);
        return new Hash(digest.digest(right.bytes));
    }

    /** The root of a tree without leaves: SHA-256 of nothing. */
    public static Hash ofEmptyTree() {
        return sha256(new byte[0]);
    }

    static Hash at(byte[] hashes, int index) {
        return new Hash(Arrays.copyOfRange(hashes, index * LENGTH, (index + 1) * LENGTH));
    }

    void copyTo(byte[] target, int index) {
        System.arraycopy(bytes, 0, target, index * LENGTH, LENGTH);
    }

    /** A copy of the 32 bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    public boolean matches(byte[] other) {
        return Arrays.equals(bytes, other);
    }

    /** 44 characters, as checkpoints and proofs have it. */
    public String base64() {
        return Strict.base64(bytes);
    }

    /** 64 lower-case hexadecimal digits. */
    public String hex() {
        return HexFormat.of().formatHex(bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Hash that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return hex();
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
