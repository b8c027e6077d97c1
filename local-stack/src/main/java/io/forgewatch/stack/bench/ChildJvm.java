package io.forgewatch.stack.bench;

import io.forgewatch.stack.StackException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A JVM of ours on the same class path; it is stopped when it is closed, and at the latest when this process ends. */
final class ChildJvm implements AutoCloseable {

    private static final int STOP_SECONDS = 90;
    private static final int LINES_TOLD = 15;

    private final Process process;
    private final Path errors;
    private final Thread atTheEnd;

    private ChildJvm(Process process, Path errors) {
        this.process = process;
        this.errors = errors;
        this.atTheEnd = new Thread(this::stop, "stop-" + process.pid());
        Runtime.getRuntime().addShutdownHook(atTheEnd);
    }

    /** With the options that this JVM was started with, which are those of {@code ./forgewatch}. */
    static List<String> ownOptions() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> !option.startsWith("-agentlib") && !option.startsWith("-javaagent"))
                .toList();
    }

    /**
     * @param output gets what it prints
     */
    static ChildJvm writing(Path output, List<String> options, Class<?> program, List<String> arguments)
            throws IOException {
        return new ChildJvm(
                command(options, program, arguments)
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start(),
                output);
    }

    /** What it prints is read from {@link #process()}; what it complains of goes to the file. */
    static ChildJvm talking(Path errors, List<String> options, Class<?> program, List<String> arguments)
            throws IOException {
        return new ChildJvm(
                command(options, program, arguments)
                        .redirectError(errors.toFile())
                        .start(),
                errors);
    }

    Process process() {
        return process;
    }

    /** The end of its output, to be told when something is wrong. */
    String lastLines() throws IOException {
        List<String> lines = Files.exists(errors) ? Files.readAllLines(errors) : List.of();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LINES_TOLD), lines.size()));
    }

    /** Ends it as {@code kill -9} does, and waits until it has. */
    void kill() throws InterruptedException {
        if (!process.destroyForcibly().waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
            throw new StackException("Process " + process.pid() + " does not end");
        }
        close();
    }

    /** Stops it as Ctrl-C does; if it does not stop, as {@code kill -9} does. */
    @Override
    public void close() {
        stop();
        try {
            Runtime.getRuntime().removeShutdownHook(atTheEnd);
        } catch (IllegalStateException ending) {
            // The hooks run already, and this one finds nothing to stop.
            return;
        }
    }

    private void stop() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor(STOP_SECONDS, TimeUnit.SECONDS);
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private static ProcessBuilder command(List<String> options, Class<?> program, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
        command.addAll(arguments);
        return new ProcessBuilder(command);
    }
}
