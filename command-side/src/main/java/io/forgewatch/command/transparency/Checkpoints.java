package io.forgewatch.command.transparency;

import io.forgewatch.command.eventstore.LogCheckpoints;
import io.forgewatch.command.eventstore.LogCheckpoints.StoredCheckpoint;
import io.forgewatch.command.eventstore.LogLeaves;
import io.forgewatch.command.eventstore.LogTiles;
import io.forgewatch.log.Tile;
import io.forgewatch.web.Problem;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Signs checkpoints of the committed size. Each is stored before it is published. */
final class Checkpoints {

    /** With more events than this behind the sealed ones, the sealer comes first: all of them would have to be hashed now. */
    private static final long FARTHEST = 1 << 16;

    private final LogLeaves leaves;
    private final LogTiles tiles;
    private final LogCheckpoints stored;
    private final TileShelf shelf;
    private final LogKeys keys;

    Checkpoints(LogLeaves leaves, LogTiles tiles, LogCheckpoints stored, TileShelf shelf, LogKeys keys) {
        this.leaves = leaves;
        this.tiles = tiles;
        this.stored = stored;
        this.shelf = shelf;
        this.keys = keys;
    }

    /**
     * The checkpoint of all that is committed: a new one, or the last when nothing has come since; empty for an empty store.
     *
     * @throws Problem (in the stream) 503 {@code unavailable} while the sealer is far behind
     */
    Mono<StoredCheckpoint> cut(int epoch) {
        return leaves.size()
                .filter(size -> size > 0)
                .flatMap(size -> stored.at(epoch, size).switchIfEmpty(Mono.defer(() -> cut(epoch, size))));
    }

    private Mono<StoredCheckpoint> cut(int epoch, long size) {
        return tiles.count(epoch, 0)
                .flatMap(written -> size - written * Tile.FULL > FARTHEST
                        ? Mono.error(Problem.unavailable(5))
                        : new SealedTree(epoch, size, shelf).root())
                // Signing reads randomness and takes a while.
                .publishOn(Schedulers.boundedElastic())
                .map(root -> new StoredCheckpoint(epoch, size, root.bytes(), keys.sign(epoch, size, root)))
                .flatMap(stored::store);
    }
}
