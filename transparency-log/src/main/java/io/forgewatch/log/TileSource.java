package io.forgewatch.log;

import java.util.Optional;

/** Where tiles are read from. */
@FunctionalInterface
public interface TileSource {

    /**
     * @param tile full or partial
     * @return its hashes, or those of the same tile when it was wider; empty when it is not there
     */
    Optional<TileHashes> read(Tile tile);
}
