package io.forgewatch.web;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * Tells lists apart, and what is asked of them: the same for all pages of one. It is short, as nobody gains by finding another list
 * with the same one.
 */
final class ListMark {

    static final int BYTES = 6;

    /** They differ from page to page. */
    private static final Set<String> OF_A_PAGE = Set.of(ListParameters.LIMIT, ListParameters.CURSOR);

    private final byte[] mark;

    private ListMark(byte[] mark) {
        this.mark = mark;
    }

    /**
     * @param list where it is, such as {@code /warnings/GT3702110001-W1/segments}
     * @param query all that is asked
     */
    static ListMark of(String list, Map<String, List<String>> query) {
        MessageDigest digest = sha256();
        put(digest, list);
        new TreeMap<>(query).forEach((name, values) -> {
            if (!OF_A_PAGE.contains(name)) {
                put(digest, name);
                values.stream().map(Objects::toString).sorted().forEach(value -> put(digest, value));
            }
        });
        return new ListMark(Arrays.copyOf(digest.digest(), BYTES));
    }

    byte[] bytes() {
        return mark.clone();
    }

    /** With its length, so that no two queries are the same one after the other. */
    private static void put(MessageDigest digest, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
        digest.update(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("SHA-256 is part of every JDK", impossible);
        }
    }
}
