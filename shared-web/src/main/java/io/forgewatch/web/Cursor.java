package io.forgewatch.web;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * Where in a list a page ends: the sort keys of its last item, in their order. Opaque to clients: base64url of a version byte, the
 * mark of the list that it is of, and the parts, each with a two-byte length before its UTF-8. It carries no rights: whatever it
 * says, only what the caller may see is found.
 *
 * @param parts 1 to 8, at most 512 bytes together
 */
public record Cursor(List<String> parts) {

    /** Without the mark of its list: of the release before; nobody gives them out any more. */
    private static final byte UNMARKED = 1;

    private static final byte MARKED = 2;
    private static final int MOST_PARTS = 8;
    private static final int MOST_BYTES = 512;
    private static final int MOST_CHARACTERS = (MOST_BYTES * 4 + 2) / 3;

    public Cursor {
        parts = List.copyOf(parts);
        if (parts.isEmpty() || parts.size() > MOST_PARTS) {
            throw new IllegalArgumentException("A cursor has 1 to " + MOST_PARTS + " parts");
        }
    }

    public static Cursor of(String... parts) {
        return new Cursor(List.of(parts));
    }

    /** @throws IllegalArgumentException when the parts are too long or no Unicode text */
    public String encode(ListMark list) {
        return encoded(MARKED, list.bytes());
    }

    private String encoded(byte version, byte[] mark) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(version);
        bytes.writeBytes(mark);
        for (String part : parts) {
            byte[] text = utf8(part);
            bytes.write(text.length >>> 8);
            bytes.write(text.length);
            bytes.writeBytes(text);
        }
        if (bytes.size() > MOST_BYTES) {
            throw new IllegalArgumentException("A cursor has at most " + MOST_BYTES + " bytes");
        }
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toByteArray());
    }

    /**
     * @throws Problem 400 {@code invalid-parameter} when it is not one that {@link #encode} made of this list: where another ends
     *     this one would begin, and skip what lies before without a word
     */
    public static Cursor decode(String text, ListMark list) {
        if (text.length() > MOST_CHARACTERS) {
            throw invalid();
        }
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
            byte version = bytes.hasRemaining() ? bytes.get() : 0;
            byte[] mark = mark(version, bytes);
            if (version == MARKED && !Arrays.equals(mark, list.bytes())) {
                throw invalid();
            }
            List<String> parts = new ArrayList<>();
            while (bytes.hasRemaining()) {
                parts.add(part(bytes));
            }
            Cursor cursor = new Cursor(parts);
            if (!cursor.encoded(version, mark).equals(text)) {
                throw invalid();
            }
            return cursor;
        } catch (IllegalArgumentException | CharacterCodingException bad) {
            throw invalid();
        }
    }

    private static byte[] mark(byte version, ByteBuffer bytes) {
        byte[] mark = switch (version) {
            case UNMARKED -> new byte[0];
            case MARKED -> new byte[ListMark.BYTES];
            default -> throw invalid();
        };
        if (bytes.remaining() < mark.length) {
            throw invalid();
        }
        bytes.get(mark);
        return mark;
    }

    /** @throws Problem 400 {@code invalid-parameter} when there is no such part: the cursor is of another list */
    public String text(int part) {
        if (part >= parts.size()) {
            throw invalid();
        }
        return parts.get(part);
    }

    /** @throws Problem 400 {@code invalid-parameter} when the part is no whole number */
    public long number(int part) {
        try {
            return Long.parseLong(text(part));
        } catch (NumberFormatException bad) {
            throw invalid();
        }
    }

    /** @throws Problem 400 {@code invalid-parameter} when the part is no ISO-8601 instant */
    public Instant instant(int part) {
        try {
            return Instant.parse(text(part));
        } catch (DateTimeException bad) {
            throw invalid();
        }
    }

    private static String part(ByteBuffer bytes) throws CharacterCodingException {
        if (bytes.remaining() < 2) {
            throw invalid();
        }
        int length = Short.toUnsignedInt(bytes.getShort());
        if (length > bytes.remaining()) {
            throw invalid();
        }
        ByteBuffer text = bytes.slice(bytes.position(), length);
        bytes.position(bytes.position() + length);
        return StandardCharsets.UTF_8.newDecoder().decode(text).toString();
    }

    private static byte[] utf8(String part) {
        try {
            ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(java.nio.CharBuffer.wrap(part));
            byte[] bytes = new byte[encoded.remaining()];
            encoded.get(bytes);
            return bytes;
        } catch (CharacterCodingException bad) {
            throw new IllegalArgumentException("A cursor's part is no Unicode text", bad);
        }
    }

    private static Problem invalid() {
        return Problem.invalidParameter(
                "cursor", "The cursor is not one that this list gave out: leave it out to begin anew. 游标无效，请从头查询。");
    }
}
