package io.forgewatch.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Writes a folder that {@link ShippedFolder} reads. */
public record LogFiles(Path folder) {

    public void write(Tile tile, TileHashes hashes) {
        write(tile.path(), hashes.bytes());
    }

    public void publish(Map<Tile, TileHashes> partials, List<VerifierKey> keys, Note checkpoint) {
        partials.forEach(this::write);
        write(ShippedFolder.KEYS, VerifierKey.lines(keys).getBytes(StandardCharsets.UTF_8));
        write(ShippedFolder.CHECKPOINT, checkpoint.bytes());
    }

    public void write(String name, byte[] bytes) {
        Path file = folder.resolve(name);
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
