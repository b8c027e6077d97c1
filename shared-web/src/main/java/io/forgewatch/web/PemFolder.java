package io.forgewatch.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder of keys, a file each, whose name ends with {@code .pem}; what stands there may change at any time, as a mounted secret
 * does. Its names are the order: the last is the newest.
 *
 * @param path blank for none
 */
public record PemFolder(String path) {

    private static final int MOST_FILES = 32;
    private static final long MOST_BYTES = 16_384;

    /**
     * All that stand there now; blocks. Empty where there is no folder.
     *
     * @throws UncheckedIOException when it cannot be read
     * @throws IllegalArgumentException when it holds more than keys
     */
    public List<String> texts() {
        if (path.isBlank()) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(Path.of(path))) {
            List<Path> keys = files.filter(file -> file.getFileName().toString().endsWith(".pem"))
                    .sorted()
                    .limit(MOST_FILES + 1L)
                    .toList();
            if (keys.size() > MOST_FILES) {
                throw new IllegalArgumentException("More than " + MOST_FILES + " keys are in " + path);
            }
            return keys.stream().map(PemFolder::text).toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String text(Path file) {
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw new IllegalArgumentException(file + " is too large for a key");
            }
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
