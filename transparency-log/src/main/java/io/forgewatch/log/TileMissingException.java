package io.forgewatch.log;

import java.io.Serial;

/** A tile that was needed is not there, or has fewer hashes than it should. */
public final class TileMissingException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1;

    private final transient Tile tile;

    TileMissingException(Tile tile) {
        super("The tile " + tile.path() + " is missing or too short");
        this.tile = tile;
    }

    public Tile tile() {
        return tile;
    }
}
