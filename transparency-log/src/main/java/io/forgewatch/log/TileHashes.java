package io.forgewatch.log;

import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What is in a tile: up to 256 hashes, and the nodes of the tree above them, which are computed when asked for and kept. May be
 * shared between threads.
 */
public final class TileHashes {

    private final int width;
    /** Row by row: the tile's hashes, then the 128 places above them, up to the root. */
    private final @Nullable Hash[] nodes = new @Nullable Hash[2 * Tile.FULL];

    private TileHashes(int width) {
        this.width = width;
    }

    /**
     * @param hashes 32 bytes each, as a tile is served
     * @throws LogFormatException when they are none, over 256, or one is cut
     */
    public static TileHashes of(byte[] hashes) {
        int width = hashes.length / Hash.LENGTH;
        if (hashes.length % Hash.LENGTH != 0 || width < 1 || width > Tile.FULL) {
            throw new LogFormatException("A tile has 1 to 256 hashes of 32 bytes, not " + hashes.length + " bytes");
        }
        TileHashes tile = new TileHashes(width);
        for (int i = 0; i < width; i++) {
            tile.nodes[i] = Hash.at(hashes, i);
        }
        return tile;
    }

    /** @throws LogFormatException when they are none or over 256 */
    public static TileHashes of(List<Hash> hashes) {
        if (hashes.isEmpty() || hashes.size() > Tile.FULL) {
            throw new LogFormatException("A tile has 1 to 256 hashes, not " + hashes.size());
        }
        TileHashes tile = new TileHashes(hashes.size());
        for (int i = 0; i < hashes.size(); i++) {
            tile.nodes[i] = hashes.get(i);
        }
        return tile;
    }

    public int width() {
        return width;
    }

    /** One of the tile's hashes. */
    public Hash get(int index) {
        return node(0, index);
    }

    /**
     * The node above some of the hashes.
     *
     * @param height 0 for a hash itself, 8 for the root of a full tile
     * @param index from 0 within that height; the hashes {@code index << height} and on must be there
     * @throws LogFormatException when they are not
     */
    public Hash node(int height, int index) {
        if (height < 0 || height > Tile.HEIGHT || index < 0 || (index + 1) << height > width) {
            throw new LogFormatException("The tile has only " + width + " hashes");
        }
        // Two threads may both compute a node; they get the same.
        int place = 2 * Tile.FULL - (2 * Tile.FULL >> height) + index;
        Hash node = nodes[place];
        if (node == null) {
            node = Hash.node(node(height - 1, 2 * index), node(height - 1, 2 * index + 1));
            nodes[place] = node;
        }
        return node;
    }

    /** What stands for a full tile in the level above. */
    public Hash root() {
        return node(Tile.HEIGHT, 0);
    }

    /** The first hashes alone, as a smaller tree had them. */
    public TileHashes first(int count) {
        return count == width ? this : of(hashes().subList(0, count));
    }

    public List<Hash> hashes() {
        return IntStream.range(0, width).mapToObj(this::get).toList();
    }

    /** As a tile is served: 32 bytes a hash. */
    public byte[] bytes() {
        byte[] bytes = new byte[width * Hash.LENGTH];
        for (int i = 0; i < width; i++) {
            get(i).copyTo(bytes, i);
        }
        return bytes;
    }
}
