package io.forgewatch.log;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Names of keys and what identifies a key in a signature. */
final class KeyName {

    private KeyName() {}

    /** @throws LogFormatException when it is empty or holds spaces, plus signs or control characters */
    static String checked(String name) {
        boolean spaces = name.codePoints()
                .anyMatch(c -> Character.isWhitespace(c) || Character.isSpaceChar(c) || c == 0x85 || c == '+');
        if (name.isEmpty() || spaces || Strict.hasControls(name)) {
            throw new LogFormatException("A key's name is empty or holds spaces, '+' or control characters");
        }
        Strict.utf8(name, "A key's name");
        return name;
    }

    /** The first four bytes of SHA-256 of the name, a newline, and the typed public key. */
    static int id(String name, byte[] typedKey) {
        byte[] text = (name + "\n").getBytes(StandardCharsets.UTF_8);
        byte[] all = ByteBuffer.allocate(text.length + typedKey.length)
                .put(text)
                .put(typedKey)
                .array();
        return ByteBuffer.wrap(Hash.sha256(all).bytes()).getInt();
    }
}
