package io.forgewatch.command.transparency;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Collection;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Files that are there whole or not at all, whatever happens while they are written. All of this blocks. */
final class ShippedFiles {

    private ShippedFiles() {}

    /** Writes a file by way of another beside it: on disk first, then under its name. */
    static void write(Path file, byte[] content) throws IOException {
        Path folder = folder(file);
        Files.createDirectories(folder);
        Path part = folder.resolve("." + file.getFileName() + ".part");
        try (FileChannel channel = FileChannel.open(
                part, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer buffer = ByteBuffer.wrap(content);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        settle(folder);
    }

    /** The same where the file does not already say so. */
    static void writeIfOther(Path file, byte[] content) throws IOException {
        byte[] known = read(file, content.length + 1);
        if (known == null || !Arrays.equals(known, content)) {
            write(file, content);
        }
    }

    /** At most so many bytes of a file; null when it is not there. */
    static byte @Nullable [] read(Path file, int most) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return in.readNBytes(most);
        } catch (NoSuchFileException none) {
            return null;
        }
    }

    /** Deletes the files beside one, but for the wanted ones, and the folder when it is empty then. */
    static void clearBeside(Path one, Collection<Path> wanted) throws IOException {
        Path folder = folder(one);
        if (!Files.isDirectory(folder)) {
            return;
        }
        boolean empty = true;
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                if (wanted.contains(file)) {
                    empty = false;
                } else {
                    Files.deleteIfExists(file);
                }
            }
        }
        if (empty) {
            Files.deleteIfExists(folder);
        }
    }

    /** Makes a link say where it points, in one step; where it does already nothing happens. */
    static void point(Path link, Path target) throws IOException {
        if (Files.isSymbolicLink(link) && Files.readSymbolicLink(link).equals(target)) {
            return;
        }
        Path folder = folder(link);
        Path part = folder.resolve("." + link.getFileName() + ".part");
        Files.deleteIfExists(part);
        Files.createSymbolicLink(part, target);
        Files.move(part, link, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        settle(folder);
    }

    private static Path folder(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null) {
            throw new IOException("Not a file: " + file);
        }
        return folder;
    }

    /** A name is on disk when its folder is. */
    private static void settle(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
