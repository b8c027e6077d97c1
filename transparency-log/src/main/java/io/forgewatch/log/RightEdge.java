package io.forgewatch.log;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The growing edge of a tree: the partial tile of each level, which is all that is needed to append, to tell the root, and to
 * cut partial tiles. Some kilobytes for any size. Not for several threads at once.
 */
public final class RightEdge {

    /** By level, what is not yet a full tile. */
    private final List<List<Hash>> levels = new ArrayList<>();

    private long size;

    /** The edge of an empty tree. */
    public RightEdge() {}

    /**
     * The edge of a tree that was stored: reads the partial tiles of that size ({@link Tile#partials}).
     *
     * @throws TileMissingException when one is not there
     */
    public static RightEdge resume(long size, TileSource tiles) {
        RightEdge edge = new RightEdge();
        edge.size = size;
        for (Tile tile : Tile.partials(size)) {
            TileHashes hashes = tiles.read(tile)
                    .filter(read -> read.width() >= tile.width())
                    .orElseThrow(() -> new TileMissingException(tile));
            edge.level(tile.level()).addAll(hashes.hashes().subList(0, tile.width()));
        }
        return edge;
    }

    /** How many leaves were appended. */
    public long size() {
        return size;
    }

    /**
     * Appends the next leaf.
     *
     * @return the tiles that this filled, the lowest level first: none, except for every 256th leaf
     */
    public List<FilledTile> append(Hash leaf) {
        size++;
        if (level(0).size() < Tile.FULL - 1) {
            level(0).add(leaf);
            return List.of();
        }
        List<FilledTile> filled = new ArrayList<>();
        Hash next = leaf;
        for (int level = 0; ; level++) {
            List<Hash> hashes = level(level);
            hashes.add(next);
            if (hashes.size() < Tile.FULL) {
                return filled;
            }
            TileHashes tile = TileHashes.of(hashes);
            filled.add(new FilledTile(Tile.full(level, Tile.hashesAt(level, size) / Tile.FULL - 1), tile));
            hashes.clear();
            next = tile.root();
        }
    }

    /** The root of the tree as it is now. */
    public Hash root() {
        @Nullable Hash root = null;
        for (List<Hash> level : levels) {
            if (!level.isEmpty()) {
                root = joined(TileHashes.of(level), root);
            }
        }
        return root == null ? Hash.ofEmptyTree() : root;
    }

    /** The partial tiles of the tree as it is now, lowest level first. */
    public Map<Tile, TileHashes> partialTiles() {
        Map<Tile, TileHashes> tiles = new LinkedHashMap<>();
        Tile.partials(size).forEach(tile -> tiles.put(tile, TileHashes.of(level(tile.level()))));
        return tiles;
    }

    private List<Hash> level(int level) {
        while (levels.size() <= level) {
            levels.add(new ArrayList<>(Tile.FULL));
        }
        return levels.get(level);
    }

    /** The subtrees of a partial tile joined with what is to their right. */
    private static Hash joined(TileHashes tile, @Nullable Hash right) {
        Hash hash = right;
        int left = tile.width();
        for (int height = 0; left > 0; height++) {
            if ((left & 1) == 1) {
                Hash subtree = tile.node(height, left - 1);
                hash = hash == null ? subtree : Hash.node(subtree, hash);
            }
            left >>= 1;
        }
        return Objects.requireNonNull(hash);
    }
}
