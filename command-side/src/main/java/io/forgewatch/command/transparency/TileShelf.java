package io.forgewatch.command.transparency;

import io.forgewatch.command.eventstore.LogLeaves;
import io.forgewatch.command.eventstore.LogShown;
import io.forgewatch.command.eventstore.LogTiles;
import io.forgewatch.log.Hash;
import io.forgewatch.log.Tile;
import io.forgewatch.log.TileHashes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Finds tiles: full ones in memory or as they were written, others, and those that the sealer has not come to yet, cut from leaf
 * hashes and from the roots of the tiles below.
 */
final class TileShelf {

    private final LogLeaves leaves;
    private final LogTiles tiles;
    private final Map<Key, TileHashes> kept;

    private record Key(int epoch, int level, long index) {}

    /** @param capacity full tiles kept in memory, up to 36 KiB each */
    TileShelf(LogLeaves leaves, LogTiles tiles, int capacity) {
        this(leaves, tiles, new LinkedHashMap<>(256, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Key, TileHashes> eldest) {
                return size() > capacity;
            }
        });
    }

    private TileShelf(LogLeaves leaves, LogTiles tiles, Map<Key, TileHashes> kept) {
        this.leaves = leaves;
        this.tiles = tiles;
        this.kept = kept;
    }

    /** The same shelf for those who are shown the log: what is not kept they have read elsewhere. */
    TileShelf of(LogShown shown) {
        return new TileShelf(shown.leaves(), shown.tiles(), kept);
    }

    /** A tile; all of it must be in the store. */
    Mono<TileHashes> tile(int epoch, Tile tile) {
        if (!tile.isFull()) {
            return cut(epoch, tile);
        }
        return Mono.defer(() -> {
            Key key = new Key(epoch, tile.level(), tile.index());
            TileHashes known = known(key);
            return known != null
                    ? Mono.just(known)
                    : tiles.hashes(epoch, tile.level(), tile.index())
                            .map(TileHashes::of)
                            .switchIfEmpty(cut(epoch, tile))
                            .doOnNext(found -> keep(key, found));
        });
    }

    private Mono<TileHashes> cut(int epoch, Tile tile) {
        long first = tile.index() * Tile.FULL;
        return tile.level() == 0
                ? leaves.hashes(first, tile.width()).map(TileHashes::of)
                : tiles.roots(epoch, tile.level() - 1, first, tile.width())
                        .flatMap(written -> completed(epoch, tile, first, hashes(written)));
    }

    /** The roots of tiles that are full and not written yet, behind those that are. */
    private Mono<TileHashes> completed(int epoch, Tile tile, long first, List<Hash> written) {
        return Flux.range(written.size(), tile.width() - written.size())
                .concatMap(next -> tile(epoch, Tile.full(tile.level() - 1, first + next)))
                .map(TileHashes::root)
                .collect(() -> written, List::add)
                .map(TileHashes::of);
    }

    private static List<Hash> hashes(byte[] written) {
        return written.length == 0
                ? new ArrayList<>()
                : new ArrayList<>(TileHashes.of(written).hashes());
    }

    private @Nullable TileHashes known(Key key) {
        synchronized (kept) {
            return kept.get(key);
        }
    }

    private void keep(Key key, TileHashes tile) {
        synchronized (kept) {
            kept.put(key, tile);
        }
    }
}
