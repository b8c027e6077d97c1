package io.forgewatch.log.verify;

import io.forgewatch.log.Checkpoint;
import io.forgewatch.log.Hash;
import io.forgewatch.log.LogFormatException;
import io.forgewatch.log.ProofPlan;
import io.forgewatch.log.Tile;
import io.forgewatch.log.TileHashes;
import io.forgewatch.log.TileMissingException;
import io.forgewatch.log.TileSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The leaf hashes that were shipped, as far as their tiles are there. A tile is <em>proven</em> when it leads, through the tiles
 * above it, to the checkpoint's root; one that leads elsewhere is told of and not used.
 */
final class ShippedLeaves {

    /** Tiles of the levels above, and the last one of leaves, are kept: few, since each stands for 256 of the level below. */
    private final Map<Tile, Optional<TileHashes>> above = new HashMap<>();

    private final Checkpoint checkpoint;
    private final TileSource tiles;
    private final List<Told> warnings = new ArrayList<>();
    private final boolean rootProven;
    private @Nullable Tile lastTile;
    private Optional<TileHashes> last = Optional.empty();

    ShippedLeaves(Checkpoint checkpoint, TileSource tiles) {
        this.checkpoint = checkpoint;
        this.tiles = tiles;
        this.rootProven = rootProven();
    }

    /** The leaf that was shipped for the event at a position; empty when its tile is not there, or is not used. */
    Optional<Hash> leaf(long position) {
        long index = position - 1;
        return Tile.in(checkpoint.size(), 0, index / Tile.FULL)
                .flatMap(this::leaves)
                .map(hashes -> hashes.get((int) (index % Tile.FULL)));
    }

    /** Whether what {@link #leaf} gives for a position is proven by the checkpoint. */
    boolean isProven(long position) {
        return Tile.in(checkpoint.size(), 0, (position - 1) / Tile.FULL)
                .filter(tile -> rootProven && leadsToRoot(tile))
                .isPresent();
    }

    /** The first position after one whose shipped leaf is this. */
    OptionalLong find(Hash leaf, long after) {
        for (long position = after + 1; position <= checkpoint.size(); position++) {
            if (leaf(position).filter(leaf::equals).isPresent()) {
                return OptionalLong.of(position);
            }
        }
        return OptionalLong.empty();
    }

    List<Told> warnings() {
        return List.copyOf(warnings);
    }

    private Optional<TileHashes> leaves(Tile tile) {
        if (!tile.equals(lastTile)) {
            lastTile = tile;
            last = usable(tile);
        }
        return last;
    }

    /** A tile, unless it contradicts a proven one above it. */
    private Optional<TileHashes> usable(Tile tile) {
        Optional<TileHashes> hashes = readable(tile);
        if (!tile.isFull() || hashes.isEmpty()) {
            return hashes;
        }
        boolean contradicts =
                fromAbove(tile).filter(hashes.get().root()::equals).isEmpty();
        if (contradicts && rootProven && leadsToRoot(parent(tile))) {
            warnings.add(Told.of(
                    "the shipped file %1$s is not the tile that the one above it speaks of, and is not used",
                    "传送出的文件 %1$s 与其上层不符，未予采用", tile.path()));
            return Optional.empty();
        }
        return hashes;
    }

    /** What the tile above has for a full tile. */
    private Optional<Hash> fromAbove(Tile tile) {
        return above.computeIfAbsent(parent(tile), this::readable)
                .map(hashes -> hashes.get((int) (tile.index() % Tile.FULL)));
    }

    private Tile parent(Tile full) {
        return Tile.in(checkpoint.size(), full.level() + 1, full.index() / Tile.FULL)
                .orElseThrow();
    }

    private boolean leadsToRoot(Tile tile) {
        if (!tile.isFull()) {
            return true;
        }
        Optional<TileHashes> hashes = tile.level() == 0 ? leaves(tile) : above.computeIfAbsent(tile, this::readable);
        return hashes.isPresent()
                && fromAbove(tile).filter(hashes.get().root()::equals).isPresent()
                && leadsToRoot(parent(tile));
    }

    private boolean rootProven() {
        if (checkpoint.size() == 0) {
            return true;
        }
        try {
            boolean proven = ProofPlan.root(checkpoint.size(), this::readable).equals(checkpoint.root());
            if (!proven) {
                warnings.add(Told.of(
                        "the shipped tiles do not make the checkpoint's root: some of them are not those of its tree",
                        "传送出的哈希块与检查点的根不符：其中有的不属于这棵树"));
            }
            return proven;
        } catch (TileMissingException e) {
            return false;
        }
    }

    private Optional<TileHashes> readable(Tile tile) {
        try {
            return tiles.read(tile).filter(hashes -> hashes.width() >= tile.width());
        } catch (LogFormatException e) {
            warnings.add(Told.of(
                    "the shipped file %1$s is not a tile, and is not used", "传送出的文件 %1$s 不是哈希块，未予采用", tile.path()));
            return Optional.empty();
        }
    }
}
