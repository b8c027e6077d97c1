package io.forgewatch.log.verify;

import io.forgewatch.log.LogFormatException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A JSON text (RFC 8259) as a value. A library for it would be one more thing to trust. */
sealed interface Json {

    /** An object; no member is there twice. */
    record Members(Map<String, Json> all) implements Json {}

    /** An array. */
    record Items(List<Json> all) implements Json {}

    /** A string. */
    record Text(String value) implements Json {}

    /** A number, {@code true}, {@code false} or {@code null}, as it is written. */
    record Literal(String written) implements Json {}

    /**
     * Reads one value.
     *
     * @throws LogFormatException when the bytes are no UTF-8, are not one JSON value and nothing else, name a member twice, hold
     *     half of a surrogate pair, or are nested deeper than {@value Reader#DEEPEST}
     */
    static Json parse(byte[] bytes) {
        try {
            return new Reader(StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(bytes))
                            .toString())
                    .whole();
        } catch (CharacterCodingException e) {
            throw new LogFormatException("The JSON is not valid UTF-8", e);
        }
    }

    /** A text and how far it is read. */
    final class Reader {

        static final int DEEPEST = 16;

        private static final Pattern LITERAL =
                Pattern.compile("true|false|null|-?(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]+)?");
        private static final String ESCAPED = "\"\\/bfnrt";
        private static final String MEANT = "\"\\/\b\f\n\r\t";
        private static final int HEX = 16;
        private static final int HEX_DIGITS = 4;

        private final String text;
        private int at;

        private Reader(String text) {
            this.text = text;
        }

        private Json whole() {
            Json value = value(0);
            next();
            if (at < text.length()) {
                throw wrong("goes on after its value");
            }
            return value;
        }

        private Json value(int depth) {
            if (depth > DEEPEST) {
                throw wrong("is nested too deeply");
            }
            return switch (next()) {
                case '{' -> members(depth);
                case '[' -> items(depth);
                case '"' -> new Text(string());
                default -> literal();
            };
        }

        private Members members(int depth) {
            Map<String, Json> all = new LinkedHashMap<>();
            at++;
            if (!taken('}')) {
                do {
                    if (next() != '"') {
                        throw wrong("has a member without a name");
                    }
                    String name = string();
                    if (!taken(':')) {
                        throw wrong("has a name without a value");
                    }
                    if (all.put(name, value(depth + 1)) != null) {
                        throw wrong("has a member twice");
                    }
                } while (taken(','));
                if (!taken('}')) {
                    throw wrong("has an object without an end");
                }
            }
            return new Members(all);
        }

        private Items items(int depth) {
            List<Json> all = new ArrayList<>();
            at++;
            if (!taken(']')) {
                do {
                    all.add(value(depth + 1));
                } while (taken(','));
                if (!taken(']')) {
                    throw wrong("has an array without an end");
                }
            }
            return new Items(all);
        }

        private Literal literal() {
            Matcher matcher = LITERAL.matcher(text).region(at, text.length());
            if (!matcher.lookingAt()) {
                throw wrong("has no value where one belongs");
            }
            at = matcher.end();
            return new Literal(matcher.group());
        }

        private String string() {
            StringBuilder read = new StringBuilder();
            at++;
            while (at < text.length() && text.charAt(at) != '"') {
                char c = text.charAt(at++);
                if (c < ' ') {
                    throw wrong("has a control character in a string");
                }
                read.append(c == '\\' ? escaped() : c);
            }
            if (at++ >= text.length()) {
                throw wrong("has a string without an end");
            }
            if (!StandardCharsets.UTF_8.newEncoder().canEncode(read)) {
                throw wrong("has half of a surrogate pair");
            }
            return read.toString();
        }

        private char escaped() {
            char c = at < text.length() ? text.charAt(at++) : 0;
            int known = ESCAPED.indexOf(c);
            if (known >= 0) {
                return MEANT.charAt(known);
            }
            String digits = text.substring(at, Math.min(at + HEX_DIGITS, text.length()));
            if (c != 'u' || !digits.matches("[0-9a-fA-F]{4}")) {
                throw wrong("has an escape that is none");
            }
            at += HEX_DIGITS;
            return (char) Integer.parseInt(digits, HEX);
        }

        /** The next character that is no white space, not taken; 0 at the end. */
        private char next() {
            while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
                at++;
            }
            return at < text.length() ? text.charAt(at) : 0;
        }

        private boolean taken(char wanted) {
            boolean there = next() == wanted;
            if (there) {
                at++;
            }
            return there;
        }

        private LogFormatException wrong(String how) {
            return new LogFormatException("The JSON " + how + " (at character " + at + ")");
        }
    }
}
