package io.forgewatch.stack.instance;

import io.forgewatch.stack.Progress;
import io.forgewatch.stack.Sides;
import io.forgewatch.stack.StackException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * An instance of a side in a process of its own. One that ends by itself is told of and not started again: whoever runs two wants
 * to see what one does without the other.
 */
public final class InstanceProcess implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(InstanceProcess.class);
    private static final int START_MINUTES = 4;
    private static final int STOP_SECONDS = 60;
    private static final int LINES_TOLD = 15;

    private final String name;
    private final Process process;
    private final Path errors;
    private final AtomicBoolean stopped = new AtomicBoolean();

    private InstanceProcess(String name, Process process, Path errors) {
        this.name = name;
        this.process = process;
        this.errors = errors;
    }

    /**
     * Sides whose every instance is a process. Each writes {@code <side>-<instance>.log} to the folder, and what it complains of
     * before there is a log to {@code <side>-<instance>.err}.
     */
    public static Sides sides(Path folder, InstanceJvm jvm, Progress progress) {
        return new Sides(
                properties -> start(InstanceProgram.COMMAND, folder, jvm, properties, progress),
                properties -> start(InstanceProgram.QUERY, folder, jvm, properties, progress));
    }

    public long pid() {
        return process.pid();
    }

    /** Stops it in order; if it does not stop, as {@code kill -9} does. */
    @Override
    public void close() {
        stopped.set(true);
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("{} does not stop and is killed", name);
                process.destroyForcibly().waitFor(STOP_SECONDS, TimeUnit.SECONDS);
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private static InstanceProcess start(
            String side, Path folder, InstanceJvm jvm, Map<String, Object> properties, Progress progress) {
        String name = side + "-" + properties.get("forgewatch.instance");
        Path errors = folder.resolve(name + ".err");
        try {
            Process process = jvm.running(folder.resolve(name + ".log"), InstanceProgram.class, side)
                    .redirectError(errors.toFile())
                    .start();
            InstanceProcess instance = new InstanceProcess(name, process, errors);
            instance.begin(properties, progress);
            return instance;
        } catch (IOException failed) {
            throw new StackException(name + " cannot be started: " + failed.getMessage(), failed);
        }
    }

    private void begin(Map<String, Object> properties, Progress progress) {
        CompletableFuture<Void> ready = new CompletableFuture<>();
        Thread.ofPlatform().daemon().name(name + "-output").start(() -> listen(ready, progress));
        try {
            tell(properties);
            ready.get(START_MINUTES, TimeUnit.MINUTES);
        } catch (IOException | ExecutionException | TimeoutException failed) {
            close();
            throw new StackException(
                    name + " does not start (its log is beside " + errors + "):\n" + lastLines(), failed);
        } catch (InterruptedException interrupted) {
            close();
            Thread.currentThread().interrupt();
            throw new StackException("Stopped while starting " + name + ".", interrupted);
        }
    }

    /** The pipe stays open as long as this process lives: its end is the instance's. */
    private void tell(Map<String, Object> properties) throws IOException {
        OutputStream input = process.getOutputStream();
        input.write((new JsonMapper().writeValueAsString(properties) + "\n").getBytes(StandardCharsets.UTF_8));
        input.flush();
    }

    /** Whatever it prints is read, so that it never waits for somebody to do so; its end is seen by that. */
    private void listen(CompletableFuture<Void> ready, Progress progress) {
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                if (line.equals(InstanceProgram.READY)) {
                    ready.complete(null);
                }
            }
            int value = process.waitFor();
            if (!ready.completeExceptionally(new IOException(name + " has ended with " + value))) {
                ended(value, progress);
            }
        } catch (IOException broken) {
            LOG.warn("The output of {} broke", name, broken);
            ready.completeExceptionally(broken);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void ended(int value, Progress progress) {
        if (!stopped.get()) {
            progress.tell("%s (process %d) has ended by itself with %d and is not started again; its log is %s"
                    .formatted(
                            name,
                            process.pid(),
                            value,
                            errors.resolveSibling(name + ".log").getFileName()));
        }
    }

    private String lastLines() {
        try {
            List<String> lines = Files.exists(errors) ? Files.readAllLines(errors) : List.of();
            return String.join("\n", lines.subList(Math.max(0, lines.size() - LINES_TOLD), lines.size()));
        } catch (IOException unreadable) {
            return "";
        }
    }
}
