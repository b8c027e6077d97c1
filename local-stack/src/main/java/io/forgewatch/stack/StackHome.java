package io.forgewatch.stack;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** The folder {@code .forgewatch}, held by one process at a time; the lock ends with the process, however it ends. */
public final class StackHome implements AutoCloseable {

    private final Path folder;
    private final FileChannel lock;

    private StackHome(Path folder, FileChannel lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /**
     * Takes the folder; what it says about an earlier run (run.json) is deleted.
     *
     * @throws StackException when another process has it
     */
    public static StackHome take(Path folder) throws IOException {
        Files.createDirectories(folder);
        Path lockFile = folder.resolve("lock");
        FileChannel channel = FileChannel.open(
                lockFile, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        if (tryLock(channel) == null) {
            String holder = Files.readString(lockFile).strip();
            channel.close();
            throw new StackException("Forgewatch is already running on " + folder
                    + (holder.isEmpty() ? "" : " (process " + holder + ")")
                    + ". Stop it first, or run a second one with --home <folder> and other ports.");
        }
        channel.truncate(0);
        channel.write(
                ByteBuffer.wrap(String.valueOf(ProcessHandle.current().pid()).getBytes(StandardCharsets.UTF_8)));
        StackHome home = new StackHome(folder, channel);
        Files.deleteIfExists(home.runFile());
        return home;
    }

    public Path folder() {
        return folder;
    }

    /** What outlives a restart. */
    public Path data() {
        return folder.resolve("data");
    }

    public Path runFile() {
        return folder.resolve("run.json");
    }

    /** Deletes all data. Nothing may run on it any more. */
    void empty() throws IOException {
        Folders.delete(data());
    }

    /** Gives the folder back. */
    @Override
    public void close() throws IOException {
        lock.close();
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException ourselves) {
            return null;
        }
    }
}
