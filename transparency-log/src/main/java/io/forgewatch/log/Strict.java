package io.forgewatch.log;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;

/** Reads encodings of which only one form is right: what is read, written again, gives the same text. */
final class Strict {

    private static final int LONGEST_DECIMAL = 19;

    private Strict() {}

    static byte[] base64(String text, String what) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new LogFormatException(what + " is not base64", e);
        }
        if (!base64(bytes).equals(text)) {
            throw new LogFormatException(what + " is not base64 in its one padded form");
        }
        return bytes;
    }

    static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** A number from 0 up, in ASCII digits without leading zeroes. */
    static long decimal(String text, String what) {
        boolean digits = !text.isEmpty()
                && text.length() <= LONGEST_DECIMAL
                && text.chars().allMatch(c -> c >= '0' && c <= '9')
                && (text.length() == 1 || text.charAt(0) != '0');
        if (!digits) {
            throw new LogFormatException(what + " is not a decimal number without leading zeroes");
        }
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new LogFormatException(what + " is larger than 2^63-1", e);
        }
    }

    static Hash hex(String text, String what) {
        if (text.length() != 2 * Hash.LENGTH
                || !text.chars().allMatch(c -> c >= '0' && c <= '9' || c >= 'a' && c <= 'f')) {
            throw new LogFormatException(what + " is not 64 lower-case hexadecimal digits");
        }
        return Hash.of(HexFormat.of().parseHex(text));
    }

    static Hash hash(String base64, String what) {
        byte[] bytes = base64(base64, what);
        if (bytes.length != Hash.LENGTH) {
            throw new LogFormatException(what + " is not a hash of 32 bytes");
        }
        return Hash.of(bytes);
    }

    static String utf8(byte[] bytes, String what) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new LogFormatException(what + " is not valid UTF-8", e);
        }
    }

    /** The text's UTF-8, where it has one: half of a surrogate pair has none. */
    static byte[] utf8(String text, String what) {
        try {
            ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            byte[] exact = new byte[bytes.remaining()];
            bytes.get(exact);
            return exact;
        } catch (CharacterCodingException e) {
            throw new LogFormatException(what + " is not valid Unicode", e);
        }
    }

    static boolean hasControls(String text) {
        return text.chars().anyMatch(c -> c < ' ' || c == 0x7f);
    }
}
