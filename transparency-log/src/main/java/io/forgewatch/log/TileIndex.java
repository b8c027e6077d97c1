package io.forgewatch.log;

import org.jspecify.annotations.Nullable;

/** A tile's index and width as they stand in paths: {@code x001/x234/067.p/8}. */
final class TileIndex {

    private static final int GROUP = 1000;

    private TileIndex() {}

    static String path(long index, int width) {
        StringBuilder path = new StringBuilder(digits(index % GROUP));
        for (long left = index / GROUP; left > 0; left /= GROUP) {
            path.insert(0, "x" + digits(left % GROUP) + "/");
        }
        if (width < Tile.FULL) {
            path.append(".p/").append(width);
        }
        return path.toString();
    }

    /** The caller compares what comes of it with the text: only then was that right. */
    static long parse(String path) {
        long index = 0;
        for (String group : path.split("/", -1)) {
            String digits = group.startsWith("x") ? group.substring(1) : group;
            if (digits.length() != 3 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
                throw new LogFormatException("A tile's index is written in groups of three digits");
            }
            int value = Integer.parseInt(digits);
            if (index > (Long.MAX_VALUE - value) / GROUP) {
                throw new LogFormatException("A tile's index is larger than 2^63-1");
            }
            index = index * GROUP + value;
        }
        return index;
    }

    static int width(@Nullable String text) {
        if (text == null) {
            return Tile.FULL;
        }
        int width = Integer.parseInt(text);
        if (width >= Tile.FULL) {
            throw new LogFormatException("A partial tile has at most 255 hashes");
        }
        return width;
    }

    private static String digits(long group) {
        return String.format("%03d", group);
    }
}
