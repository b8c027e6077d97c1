package io.forgewatch.stack.bench;

import io.forgewatch.stack.FreePort;
import io.forgewatch.stack.StackException;
import io.forgewatch.stack.bare.BareDoor;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The {@link BareDoor} in its process, with the options that the stack has. */
final class BareDoorProcess implements AutoCloseable {

    private static final String READY = "ready ";
    private static final int MOST_START_SECONDS = 120;

    private final ChildJvm jvm;
    private final String door;

    private BareDoorProcess(ChildJvm jvm, String door) {
        this.jvm = jvm;
        this.door = door;
    }

    /** Returns when it takes frames. */
    static BareDoorProcess start(Path home, Path gateways) throws Exception {
        Path folder = home.resolve("bare-door");
        Files.createDirectories(folder);
        ChildJvm jvm = ChildJvm.talking(
                folder.resolve("errors"),
                ChildJvm.ownOptions(),
                BareDoor.class,
                List.of(folder.toString(), String.valueOf(FreePort.any()), gateways.toString()));
        try {
            String port = CompletableFuture.supplyAsync(
                            () -> ready(jvm), task -> Thread.ofVirtual().start(task))
                    .get(MOST_START_SECONDS, TimeUnit.SECONDS);
            return new BareDoorProcess(jvm, "http://127.0.0.1:" + port);
        } catch (ExecutionException | TimeoutException notReady) {
            String said = jvm.lastLines();
            jvm.close();
            throw new StackException("The bare door does not open:\n" + said, notReady);
        }
    }

    private static String ready(ChildJvm jvm) {
        try {
            BufferedReader lines = jvm.process().inputReader(StandardCharsets.UTF_8);
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(READY)) {
                    return line.substring(READY.length());
                }
            }
            throw new StackException("It ended");
        } catch (IOException broken) {
            throw new StackException("Its output broke", broken);
        }
    }

    /** Its address. */
    String door() {
        return door;
    }

    long pid() {
        return jvm.process().pid();
    }

    @Override
    public void close() {
        jvm.close();
    }
}
