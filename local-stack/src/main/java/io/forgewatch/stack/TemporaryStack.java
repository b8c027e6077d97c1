package io.forgewatch.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** The whole stack in a folder of its own, on free ports, for a moment; nothing of it remains. */
final class TemporaryStack implements AutoCloseable {

    private final LocalStack.Started started;
    private final Path folder;

    private TemporaryStack(LocalStack.Started started, Path folder) {
        this.started = started;
        this.folder = folder;
    }

    /** @param beside in whose folder that of its own is made, and whose programs are used */
    static TemporaryStack start(
            StackOptions beside, Sides sides, Optional<Demonstration> demonstration, Progress progress)
            throws Exception {
        Files.createDirectories(beside.home());
        Path folder = Files.createTempDirectory(beside.home(), "temporary");
        Map<StackPort, Integer> ports = new EnumMap<>(StackPort.class);
        for (StackPort port : StackPort.values()) {
            ports.put(port, FreePort.any());
        }
        StackOptions options =
                new StackOptions(folder, beside.programs(), ports, false, demonstration.isPresent(), Optional.empty());
        try {
            return new TemporaryStack(LocalStack.start(options, sides, demonstration, progress), folder);
        } catch (Exception failed) {
            Folders.delete(folder);
            throw failed;
        }
    }

    RunFile whereabouts() {
        return started.whereabouts();
    }

    @Override
    public void close() throws IOException {
        started.close();
        Folders.delete(folder);
    }
}
