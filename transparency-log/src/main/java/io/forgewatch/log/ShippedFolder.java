package io.forgewatch.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What of a log is shipped away, as files: {@code checkpoint}, {@code keys} (verifier keys, one a line) and the tiles at their
 * paths ({@code tile/0/x001/067}), as C2SP tlog-tiles has them, so that a plain web server can serve the folder. All full tiles
 * of the checkpoint's tree are there; its partial tiles should be. Reads block.
 */
public final class ShippedFolder implements TileSource {

    /** The file with the last published checkpoint. */
    public static final String CHECKPOINT = "checkpoint";

    /** The file with the keys that signed it. */
    public static final String KEYS = "keys";

    private final Path folder;

    public ShippedFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * The last published checkpoint; empty when there is none.
     *
     * @throws LogFormatException when the file is no note, or carries no checkpoint
     */
    public Optional<Note> checkpoint() {
        return read(CHECKPOINT).map(Note::parse).map(note -> {
            Checkpoint.of(note);
            return note;
        });
    }

    /**
     * The keys beside the checkpoint, as far as their types are known; empty when there is no such file.
     *
     * @throws LogFormatException when a line is no verifier key
     */
    public List<VerifierKey> keys() {
        return read(KEYS)
                .map(bytes -> VerifierKey.parseLines(Strict.utf8(bytes, "The file of keys")))
                .orElse(List.of());
    }

    /**
     * A tile, or the full one in place of a partial one.
     *
     * @throws LogFormatException when the file has not the form of a tile
     */
    @Override
    public Optional<TileHashes> read(Tile tile) {
        return read(tile.path())
                .or(() -> read(Tile.full(tile.level(), tile.index()).path()))
                .map(TileHashes::of);
    }

    @Override
    public String toString() {
        return folder.toString();
    }

    private Optional<byte[]> read(String name) {
        try {
            return Optional.of(Files.readAllBytes(folder.resolve(name)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
