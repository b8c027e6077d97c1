package io.forgewatch.log;

/** A tile that became full: it never changes again. */
public record FilledTile(Tile tile, TileHashes hashes) {}
