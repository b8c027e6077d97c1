package io.forgewatch.stack.bench;

import io.forgewatch.stack.StackException;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The {@link Loader} in its process: what it prints, as it prints it, and what it is told to hold. */
final class LoaderProcess implements AutoCloseable {

    private static final JsonMapper MAPPER = new JsonMapper();
    private static final List<String> OPTIONS =
            List.of("-Xms128m", "-Xmx512m", "-XX:+UseSerialGC", "-Dfile.encoding=UTF-8");

    private final ChildJvm jvm;
    private final BufferedWriter instructions;
    private final BlockingQueue<LoadPhase> phases = new LinkedBlockingQueue<>();
    private final Map<String, Long> heldSince = new ConcurrentHashMap<>();

    private LoaderProcess(ChildJvm jvm) {
        this.jvm = jvm;
        this.instructions = jvm.process().outputWriter(StandardCharsets.UTF_8);
        Thread.ofVirtual().start(this::listen);
    }

    /** @param phases {@code seconds:readings-per-second,…} */
    static LoaderProcess start(StackUnderTest stack, Path gateways, String phases) throws IOException {
        return start(stack.run().command(), stack.home(), gateways, BenchSize.FRAME, phases);
    }

    /**
     * As the other one, against any door.
     *
     * @param home gets what it complains of
     * @param frame readings a frame
     */
    static LoaderProcess start(String door, Path home, Path gateways, int frame, String phases) throws IOException {
        return new LoaderProcess(ChildJvm.talking(
                home.resolve("loader"),
                OPTIONS,
                Loader.class,
                List.of(door, gateways.toString(), String.valueOf(frame), phases)));
    }

    /** Keeps a point of a gateway, both from 0, at a value from the gateway's next frame on. */
    synchronized void hold(int gateway, int point, double value) throws IOException {
        instructions.write("hold " + gateway + " " + point + " " + value + "\n");
        instructions.flush();
    }

    /** {@code device.indicator} to when its first held value was sent, in epoch microseconds; of accepted frames only. */
    Map<String, Long> heldSince() {
        return heldSince;
    }

    /**
     * The next phase that has ended, or null when none ends in that time.
     *
     * @throws StackException when the loader has ended, and no phase is left to be told
     */
    @Nullable
    LoadPhase poll(long millis) throws InterruptedException, IOException {
        LoadPhase next = phases.poll(millis, TimeUnit.MILLISECONDS);
        if (next == null && !jvm.process().isAlive()) {
            next = phases.poll(500, TimeUnit.MILLISECONDS);
            if (next == null) {
                throw new StackException("The loader has ended:\n" + jvm.lastLines());
            }
        }
        return next;
    }

    @Override
    public void close() {
        jvm.close();
    }

    private void listen() {
        try (BufferedReader lines = jvm.process().inputReader(StandardCharsets.UTF_8)) {
            lines.lines().forEach(this::take);
        } catch (IOException | UncheckedIOException ended) {
            // It was stopped: nothing more comes.
            return;
        }
    }

    private void take(String line) {
        JsonNode said = MAPPER.readTree(line);
        if (said.has("phase")) {
            phases.add(LoadPhase.of(said));
        } else {
            heldSince.putIfAbsent(
                    said.required("held").asString(),
                    said.required("sentAtMicros").asLong());
        }
    }
}
