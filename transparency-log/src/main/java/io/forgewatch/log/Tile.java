package io.forgewatch.log;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a tile is (C2SP tlog-tiles): hashes {@code index * 256} to {@code index * 256 + width - 1} of those at a level. At level 0
 * these are leaves; above it each is the root of a full tile of the level below.
 *
 * @param level 0 to 63
 * @param index from 0, counted within the level
 * @param width hashes in it, 1 to {@value #FULL}
 */
public record Tile(int level, long index, int width) {

    /** Hashes in a full tile. */
    public static final int FULL = 256;

    /** Tree levels that a tile spans. */
    static final int HEIGHT = 8;

    private static final int MAX_LEVEL = 63;
    private static final Pattern PATH =
            Pattern.compile("tile/(0|[1-9][0-9]?)/([x0-9/]{3,33})(?:\\.p/([1-9][0-9]{0,2}))?");

    /** @throws LogFormatException when a number is out of its range */
    public Tile {
        if (level < 0 || level > MAX_LEVEL || index < 0 || width < 1 || width > FULL) {
            throw new LogFormatException("There is no tile of that level, index and width");
        }
    }

    public static Tile full(int level, long index) {
        return new Tile(level, index, FULL);
    }

    /** The tile as it is in a tree of a size: full, partial, or not there. */
    public static Optional<Tile> in(long size, int level, long index) {
        long left = hashesAt(level, size) - firstOf(index);
        return left <= 0 ? Optional.empty() : Optional.of(new Tile(level, index, (int) Math.min(FULL, left)));
    }

    /** The partial tiles of a tree of a size, lowest level first; none at levels where the hashes fill whole tiles. */
    public static List<Tile> partials(long size) {
        List<Tile> tiles = new ArrayList<>();
        for (int level = 0; hashesAt(level, size) > 0; level++) {
            long hashes = hashesAt(level, size);
            if (hashes % FULL > 0) {
                tiles.add(new Tile(level, hashes / FULL, (int) (hashes % FULL)));
            }
        }
        return tiles;
    }

    /** How many hashes a tree of a size has at a level. */
    public static long hashesAt(int level, long size) {
        return level * HEIGHT >= Long.SIZE - 1 ? 0 : size >>> (level * HEIGHT);
    }

    public boolean isFull() {
        return width == FULL;
    }

    /** Whether a tree of a size has all hashes of this tile. */
    public boolean existsIn(long size) {
        return in(size, level, index).filter(there -> there.width >= width).isPresent();
    }

    /** {@code tile/<L>/<N>[.p/<W>]}, N in groups of three digits of which all but the last begin with x. */
    public String path() {
        return "tile/" + level + "/" + TileIndex.path(index, width);
    }

    /**
     * Reads what {@link #path()} wrote.
     *
     * @throws LogFormatException when it is anything else
     */
    public static Tile parse(String path) {
        Matcher parts = PATH.matcher(path);
        if (!parts.matches()) {
            throw new LogFormatException("Not the path of a tile");
        }
        Tile tile = new Tile(
                Integer.parseInt(parts.group(1)), TileIndex.parse(parts.group(2)), TileIndex.width(parts.group(3)));
        if (!tile.path().equals(path)) {
            throw new LogFormatException("Not the path of a tile in its one form");
        }
        return tile;
    }

    /** The index of the tile's first hash within the level; past every tree's end where that is more than a long holds. */
    private static long firstOf(long index) {
        return index > Long.MAX_VALUE / FULL ? Long.MAX_VALUE : index * FULL;
    }
}
