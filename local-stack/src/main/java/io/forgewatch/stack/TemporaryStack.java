package io.forgewatch.stack;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** The whole stack in a folder of its own, on free ports, for a moment; nothing of it remains, however it ends. */
final class TemporaryStack implements AutoCloseable {

    private final LocalStack.Started started;

    private TemporaryStack(LocalStack.Started started) {
        this.started = started;
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
        return new TemporaryStack(LocalStack.startInPassing(options, sides, demonstration, progress));
    }

    RunFile whereabouts() {
        return started.whereabouts();
    }

    @Override
    public void close() {
        started.close();
    }
}
