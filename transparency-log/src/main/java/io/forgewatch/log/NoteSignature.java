package io.forgewatch.log;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * One signature line of a note.
 *
 * @param name the key's
 * @param keyId the key's, see {@link VerifierKey#id()}
 */
public record NoteSignature(String name, int keyId, byte[] signature) {

    static final String DASH = "\u2014 ";

    /** @throws LogFormatException when the name is none, or the signature is empty */
    public NoteSignature {
        KeyName.checked(name);
        if (signature.length == 0) {
            throw new LogFormatException("A signature is empty");
        }
        signature = signature.clone();
    }

    static NoteSignature parse(String line) {
        String[] parts = line.startsWith(DASH) ? line.substring(DASH.length()).split(" ", -1) : new String[0];
        if (parts.length != 2) {
            throw new LogFormatException("Not a note's signature line");
        }
        byte[] bytes = Strict.base64(parts[1], "A note's signature");
        if (bytes.length <= Integer.BYTES) {
            throw new LogFormatException("A note's signature is too short");
        }
        return new NoteSignature(
                parts[0], ByteBuffer.wrap(bytes).getInt(), Arrays.copyOfRange(bytes, Integer.BYTES, bytes.length));
    }

    String line() {
        byte[] bytes = ByteBuffer.allocate(Integer.BYTES + signature.length)
                .putInt(keyId)
                .put(signature)
                .array();
        return DASH + name + " " + Strict.base64(bytes) + "\n";
    }

    boolean isBy(VerifierKey key) {
        return keyId == key.id() && name.equals(key.name());
    }

    @Override
    public byte[] signature() {
        return signature.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NoteSignature that
                && name.equals(that.name)
                && keyId == that.keyId
                && Arrays.equals(signature, that.signature);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(signature);
    }
}
