package io.forgewatch.command.telemetry;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Finds a name's number from the characters of a parser's buffer, without making a String: an immutable open-addressing table.
 */
public final class Names {

    /** The number of a name that is not there. */
    public static final int NONE = -1;

    private final char[][] names;
    private final byte[][] utf8;
    private final int[] slots;
    private final int mask;

    /** @param list without repeats; a name's number is its place in it */
    public Names(List<String> list) {
        names = list.stream().map(String::toCharArray).toArray(char[][]::new);
        utf8 = list.stream().map(name -> name.getBytes(StandardCharsets.UTF_8)).toArray(byte[][]::new);
        int length = Integer.highestOneBit(Math.max(4, list.size() * 2)) << 1;
        mask = length - 1;
        slots = new int[length];
        Arrays.fill(slots, NONE);
        for (int i = 0; i < names.length; i++) {
            int slot = hash(names[i], 0, names[i].length) & mask;
            while (slots[slot] != NONE) {
                slot = (slot + 1) & mask;
            }
            slots[slot] = i;
        }
    }

    /** The number of the name that these characters spell, or {@link #NONE}. */
    public int find(char[] buffer, int offset, int length) {
        int slot = hash(buffer, offset, length) & mask;
        while (slots[slot] != NONE) {
            char[] name = names[slots[slot]];
            if (Arrays.equals(name, 0, name.length, buffer, offset, offset + length)) {
                return slots[slot];
            }
            slot = (slot + 1) & mask;
        }
        return NONE;
    }

    public int find(String name) {
        return find(name.toCharArray(), 0, name.length());
    }

    public int size() {
        return names.length;
    }

    /** The name in UTF-8; not to be changed. */
    public byte[] utf8(int number) {
        return utf8[number];
    }

    private static int hash(char[] buffer, int offset, int length) {
        int hash = length;
        for (int i = offset; i < offset + length; i++) {
            hash = hash * 31 + buffer[i];
        }
        return hash ^ (hash >>> 15);
    }
}
