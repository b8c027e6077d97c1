package io.forgewatch.log;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** RFC 9162's definitions, word by word: slow, and plainly right. */
final class NaiveTree {

    private NaiveTree() {}

    /** Section 2.1.1, MTH. */
    static Hash root(List<Hash> leaves) {
        if (leaves.isEmpty()) {
            return Hash.ofEmptyTree();
        }
        if (leaves.size() == 1) {
            return leaves.getFirst();
        }
        int k = split(leaves.size());
        return Hash.node(root(leaves.subList(0, k)), root(leaves.subList(k, leaves.size())));
    }

    /** Section 2.1.3.1, PATH. */
    static List<Hash> inclusion(int m, List<Hash> leaves) {
        int n = leaves.size();
        if (n == 1) {
            return List.of();
        }
        int k = split(n);
        return m < k
                ? with(inclusion(m, leaves.subList(0, k)), root(leaves.subList(k, n)))
                : with(inclusion(m - k, leaves.subList(k, n)), root(leaves.subList(0, k)));
    }

    /** Section 2.1.4.1, PROOF. */
    static List<Hash> consistency(int m, List<Hash> leaves) {
        return subproof(m, leaves, true);
    }

    private static List<Hash> subproof(int m, List<Hash> leaves, boolean known) {
        int n = leaves.size();
        if (m == n) {
            return known ? List.of() : List.of(root(leaves));
        }
        int k = split(n);
        return m <= k
                ? with(subproof(m, leaves.subList(0, k), known), root(leaves.subList(k, n)))
                : with(subproof(m - k, leaves.subList(k, n), false), root(leaves.subList(0, k)));
    }

    /** All tiles of a tree, by C2SP's definition: hash i of tile n at level l is MTH over the leaves that it stands for. */
    static Map<Tile, TileHashes> tiles(List<Hash> leaves) {
        Map<Tile, TileHashes> tiles = new HashMap<>();
        List<Hash> row = leaves;
        for (int level = 0; !row.isEmpty(); level++) {
            List<Hash> above = new ArrayList<>();
            for (int from = 0; from < row.size(); from += 256) {
                List<Hash> hashes = row.subList(from, Math.min(from + 256, row.size()));
                tiles.put(new Tile(level, from / 256, hashes.size()), TileHashes.of(hashes));
                if (hashes.size() == 256) {
                    above.add(root(hashes));
                }
            }
            row = above;
        }
        return tiles;
    }

    static TileSource source(List<Hash> leaves) {
        Map<Tile, TileHashes> tiles = tiles(leaves);
        return tile -> Optional.ofNullable(tiles.get(tile));
    }

    static List<Hash> leaves(int count) {
        List<Hash> leaves = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            leaves.add(Hash.leaf(("entry " + i).getBytes(StandardCharsets.UTF_8)));
        }
        return leaves;
    }

    private static int split(int n) {
        return Integer.highestOneBit(n - 1);
    }

    private static List<Hash> with(List<Hash> hashes, Hash last) {
        List<Hash> all = new ArrayList<>(hashes);
        all.add(last);
        return all;
    }
}
