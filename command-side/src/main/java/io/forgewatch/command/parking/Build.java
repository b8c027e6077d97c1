package io.forgewatch.command.parking;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which code runs here. What was parked by other code is tried at once by this one.
 *
 * @param version a release's name, or a digest of the code
 */
public record Build(String version) {

    private static final int DIGITS = 16;

    /** The one that is running: a digest of its classes, as a jar or as a folder. */
    public static Build running() {
        try {
            return of(Path.of(Build.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI()));
        } catch (URISyntaxException | IOException e) {
            throw new UncheckedIOException(new IOException("The running code cannot be read", e));
        }
    }

    static Build of(Path code) throws IOException {
        MessageDigest digest = digest();
        try (Stream<Path> all = Files.walk(code)) {
            List<Path> files = all.filter(Files::isRegularFile).sorted().toList();
            for (Path file : files) {
                digest.update(code.relativize(file).toString().getBytes(StandardCharsets.UTF_8));
                digest.update(Files.readAllBytes(file));
            }
        }
        return new Build(HexFormat.of().formatHex(digest.digest()).substring(0, DIGITS));
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
