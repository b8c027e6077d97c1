package io.forgewatch.command.transparency;

import io.forgewatch.log.Hash;
import io.forgewatch.log.ProofPlan;
import io.forgewatch.log.Tile;
import io.forgewatch.log.TileHashes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The tree over an epoch's first leaves, by way of its tiles: what a root or a proof needs is a handful of them, most of which are
 * in memory.
 */
final class SealedTree {

    private final int epoch;
    private final long size;
    private final TileShelf shelf;
    private final Map<Tile, TileHashes> edge = new ConcurrentHashMap<>();

    /** @param size from 1 */
    SealedTree(int epoch, long size, TileShelf shelf) {
        this.epoch = epoch;
        this.size = size;
        this.shelf = shelf;
    }

    long size() {
        return size;
    }

    /** The tree of as many or fewer leaves. */
    SealedTree of(long other) {
        return other == size ? this : new SealedTree(epoch, other, shelf);
    }

    Mono<Hash> root() {
        return hashes(ProofPlan.root(size)).map(List::getFirst);
    }

    /** The hashes that lead from a leaf to the root, from the bottom. */
    Mono<List<Hash>> inclusion(long leaf) {
        return hashes(ProofPlan.inclusion(leaf, size));
    }

    /** The hashes that lead from the root of a smaller tree to this one's. */
    Mono<List<Hash>> consistency(long from) {
        return hashes(ProofPlan.consistency(from, size));
    }

    Mono<TileHashes> tile(Tile tile) {
        return shelf.tile(epoch, tile);
    }

    private Mono<List<Hash>> hashes(ProofPlan plan) {
        return Flux.fromIterable(plan.tiles())
                .flatMap(tile -> find(tile).map(found -> Map.entry(tile, found)))
                .collect(HashMap<Tile, TileHashes>::new, (found, each) -> found.put(each.getKey(), each.getValue()))
                .map(found -> plan.hashes(tile -> Optional.ofNullable(found.get(tile))));
    }

    private Mono<TileHashes> find(Tile tile) {
        if (tile.isFull()) {
            return shelf.tile(epoch, tile);
        }
        TileHashes known = edge.get(tile);
        return known != null ? Mono.just(known) : shelf.tile(epoch, tile).doOnNext(found -> edge.put(tile, found));
    }
}
