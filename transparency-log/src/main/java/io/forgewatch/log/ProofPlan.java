package io.forgewatch.log;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Which nodes of the tree make a proof, known before any is read: whoever reads without blocking gets {@link #tiles()} first and
 * then has the proof made from them.
 */
public final class ProofPlan {

    private final long size;
    private final List<Range> ranges;

    private ProofPlan(long size, List<Range> ranges) {
        this.size = size;
        this.ranges = List.copyOf(ranges);
    }

    /**
     * That a leaf is in a tree (RFC 9162, 2.1.3.1).
     *
     * @param index the leaf's, from 0
     * @throws IllegalArgumentException unless 0 ≤ index &lt; size
     */
    public static ProofPlan inclusion(long index, long size) {
        if (index < 0 || index >= size) {
            throw new IllegalArgumentException("A tree of size " + size + " has no leaf " + index);
        }
        List<Range> ranges = new ArrayList<>();
        long from = 0;
        long to = size;
        while (to - from > 1) {
            long middle = from + split(to - from);
            if (index < middle) {
                ranges.addFirst(new Range(middle, to));
                to = middle;
            } else {
                ranges.addFirst(new Range(from, middle));
                from = middle;
            }
        }
        return new ProofPlan(size, ranges);
    }

    /**
     * That a tree begins with the leaves of a smaller one (RFC 9162, 2.1.4.1). Nothing is needed for a size of 0 or the same size.
     *
     * @throws IllegalArgumentException unless 0 ≤ smaller ≤ size
     */
    public static ProofPlan consistency(long smaller, long size) {
        if (smaller < 0 || smaller > size) {
            throw new IllegalArgumentException("A tree of size " + size + " has no earlier size " + smaller);
        }
        List<Range> ranges = new ArrayList<>();
        if (smaller > 0 && smaller < size) {
            long from = 0;
            long to = size;
            while (to != smaller) {
                long middle = from + split(to - from);
                if (smaller <= middle) {
                    ranges.addFirst(new Range(middle, to));
                    to = middle;
                } else {
                    ranges.addFirst(new Range(from, middle));
                    from = middle;
                }
            }
            if (from > 0) {
                ranges.addFirst(new Range(from, to));
            }
        }
        return new ProofPlan(size, ranges);
    }

    /** The root of a tree as one hash; size from 1. */
    public static ProofPlan root(long size) {
        if (size < 1) {
            throw new IllegalArgumentException("The root of an empty tree is read from no tile");
        }
        return new ProofPlan(size, List.of(new Range(0, size)));
    }

    /** The root of a tree of any size, from its tiles. */
    public static Hash root(long size, TileSource tiles) {
        return size == 0 ? Hash.ofEmptyTree() : root(size).hashes(tiles).getFirst();
    }

    /** The tiles to read, each once, as wide as they are in a tree of that size. */
    public Set<Tile> tiles() {
        Set<Tile> tiles = new LinkedHashSet<>();
        ranges.forEach(range -> range.subtrees().forEach(subtree -> tiles.add(subtree.tile(size))));
        return tiles;
    }

    /**
     * The proof, from the leaf or the smaller tree up.
     *
     * @throws TileMissingException when the source lacks a tile
     */
    public List<Hash> hashes(TileSource tiles) {
        return ranges.stream().map(range -> range.hash(size, tiles)).toList();
    }

    /** The largest power of two that is smaller than n; n from 2. */
    private static long split(long n) {
        return Long.highestOneBit(n - 1);
    }

    /** Leaves from, inclusive, to to, exclusive: a node of the tree, whole except at the tree's right edge. */
    private record Range(long from, long to) {

        /** The whole subtrees that it is made of, from left to right. */
        List<Subtree> subtrees() {
            List<Subtree> subtrees = new ArrayList<>();
            long at = from;
            while (at < to) {
                int height = Long.SIZE - 1 - Long.numberOfLeadingZeros(to - at);
                subtrees.add(new Subtree(height, at >>> height));
                at += 1L << height;
            }
            return subtrees;
        }

        Hash hash(long size, TileSource tiles) {
            List<Subtree> subtrees = subtrees();
            Hash hash = subtrees.getLast().hash(size, tiles);
            for (Subtree left : subtrees.reversed().subList(1, subtrees.size())) {
                hash = Hash.node(left.hash(size, tiles), hash);
            }
            return hash;
        }
    }

    /** The leaves {@code index << height} up to the next index's. */
    private record Subtree(int height, long index) {

        Tile tile(long size) {
            return Tile.in(size, height / Tile.HEIGHT, index >>> (Tile.HEIGHT - height % Tile.HEIGHT))
                    .orElseThrow();
        }

        Hash hash(long size, TileSource tiles) {
            Tile tile = tile(size);
            int within = height % Tile.HEIGHT;
            int place = (int) (index & (Tile.FULL >> within) - 1);
            return tiles.read(tile)
                    .filter(hashes -> hashes.width() >= tile.width())
                    .orElseThrow(() -> new TileMissingException(tile))
                    .node(within, place);
        }
    }
}
