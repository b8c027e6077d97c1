package io.forgewatch.command.gateway;

import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads the few forms of RFC 9651 that a signed frame's headers use: dictionaries of byte sequences, and one of inner lists with
 * parameters, whose text is kept as received since it is what was signed.
 */
final class StructuredField {

    /** A header is not what RFC 9651 says it should be. */
    static final class SyntaxException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        SyntaxException(String message) {
            super(message, null, false, false);
        }
    }

    /**
     * A member of {@code Signature-Input}.
     *
     * @param components as received, with the brackets
     * @param parameters integers as {@link Long}, strings, and all other items as {@link Other}
     * @param text components and parameters as received
     */
    record InnerList(String components, Map<String, Object> parameters, String text) {}

    /** An item of a form that no parameter of ours has. */
    record Other(String text) {}

    private final String text;
    private int at;

    private StructuredField(String text) {
        this.text = text.strip();
    }

    /** Such as {@code sha-256=:…:, sha-512=:…:}; a later member wins over an earlier one of the same name. */
    static Map<String, byte[]> byteSequences(String field) {
        StructuredField in = new StructuredField(field);
        Map<String, byte[]> members = new LinkedHashMap<>();
        do {
            String key = in.key();
            in.expect('=');
            members.put(key, in.byteSequence());
        } while (in.more());
        return members;
    }

    /** Such as {@code sig1=("@method" "@path");created=1}. */
    static Map<String, InnerList> innerLists(String field) {
        StructuredField in = new StructuredField(field);
        Map<String, InnerList> members = new LinkedHashMap<>();
        do {
            String key = in.key();
            in.expect('=');
            members.put(key, in.innerList());
        } while (in.more());
        return members;
    }

    private boolean more() {
        skipBlanks();
        if (at == text.length()) {
            return false;
        }
        expect(',');
        skipBlanks();
        return true;
    }

    private void skipBlanks() {
        while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
        }
    }

    private InnerList innerList() {
        int from = at;
        expect('(');
        boolean quoted = false;
        while (quoted || peek() != ')') {
            if (next() == '"') {
                quoted = !quoted;
            }
        }
        expect(')');
        String components = text.substring(from, at);
        Map<String, Object> parameters = new HashMap<>();
        while (at < text.length() && text.charAt(at) == ';') {
            at++;
            while (at < text.length() && text.charAt(at) == ' ') {
                at++;
            }
            String key = key();
            Object value = Boolean.TRUE;
            if (at < text.length() && text.charAt(at) == '=') {
                at++;
                value = item();
            }
            if (parameters.put(key, value) != null) {
                throw new SyntaxException("Parameter " + key + " is there twice");
            }
        }
        return new InnerList(components, parameters, text.substring(from, at));
    }

    private Object item() {
        char first = peek();
        if (first == '"') {
            return string();
        }
        int from = at;
        while (at < text.length() && ";, \t".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        String bare = text.substring(from, at);
        if (bare.matches("-?[0-9]{1,15}")) {
            return Long.parseLong(bare);
        }
        return new Other(bare);
    }

    private String string() {
        expect('"');
        StringBuilder value = new StringBuilder();
        for (char c = next(); c != '"'; c = next()) {
            if (c == '\\') {
                c = next();
                if (c != '"' && c != '\\') {
                    throw new SyntaxException("Only \\\" and \\\\ are escapes");
                }
            } else if (c < ' ' || c > '~') {
                throw new SyntaxException("A string is ASCII");
            }
            value.append(c);
        }
        return value.toString();
    }

    private byte[] byteSequence() {
        expect(':');
        int end = text.indexOf(':', at);
        if (end < 0) {
            throw new SyntaxException("A byte sequence has no end");
        }
        String base64 = text.substring(at, end);
        at = end + 1;
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new SyntaxException("A byte sequence is not Base64");
        }
    }

    private String key() {
        int from = at;
        while (at < text.length() && isOfKey(text.charAt(at))) {
            at++;
        }
        if (from == at) {
            throw new SyntaxException("A key is missing at " + from);
        }
        return text.substring(from, at);
    }

    private static boolean isOfKey(char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || "_-.*".indexOf(c) >= 0;
    }

    private char peek() {
        if (at == text.length()) {
            throw new SyntaxException("It ends too early");
        }
        return text.charAt(at);
    }

    private char next() {
        char c = peek();
        at++;
        return c;
    }

    private void expect(char wanted) {
        if (next() != wanted) {
            throw new SyntaxException("'" + wanted + "' is missing at " + (at - 1));
        }
    }
}
