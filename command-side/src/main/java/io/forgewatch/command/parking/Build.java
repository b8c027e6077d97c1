package io.forgewatch.command.parking;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipFile;

/**
 * Which code runs here. What was parked by other code is tried at once by this one.
 *
 * @param version a release's name, or a digest of the code
 */
public record Build(String version) {

    private static final int DIGITS = 16;

    /**
     * The one that is running: a digest of all that is on the class path. What breaks on an event may be mended in the events' module
     * or in a library as well as here.
     */
    public static Build running() {
        try {
            return of(Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                    .filter(entry -> !entry.isBlank())
                    .map(Path::of)
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException("The running code cannot be read", e);
        }
    }

    /** @param code jars and folders; in which order, where, and when they were made tells nothing */
    static Build of(List<Path> code) throws IOException {
        List<String> contents = new ArrayList<>();
        for (Path entry : code) {
            if (Files.isDirectory(entry)) {
                contents.add(ofFolder(entry));
            } else if (Files.isRegularFile(entry)) {
                contents.add(ofJar(entry));
            }
        }
        MessageDigest digest = digest();
        contents.stream().sorted().forEach(each -> digest.update(each.getBytes(StandardCharsets.UTF_8)));
        return new Build(HexFormat.of().formatHex(digest.digest()).substring(0, DIGITS));
    }

    private static String ofFolder(Path folder) throws IOException {
        MessageDigest digest = digest();
        try (Stream<Path> all = Files.walk(folder)) {
            List<Path> files = all.filter(Files::isRegularFile).sorted().toList();
            for (Path file : files) {
                digest.update(folder.relativize(file).toString().getBytes(StandardCharsets.UTF_8));
                digest.update(Files.readAllBytes(file));
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** By the checksums in its directory, without reading all of it. */
    private static String ofJar(Path jar) throws IOException {
        MessageDigest digest = digest();
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            zip.stream()
                    .filter(entry -> !entry.isDirectory())
                    .map(entry -> entry.getName() + ' ' + entry.getSize() + ' ' + entry.getCrc() + '\n')
                    .sorted()
                    .forEach(entry -> digest.update(entry.getBytes(StandardCharsets.UTF_8)));
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
