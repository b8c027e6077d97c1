package io.forgewatch.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.json.JsonMapper;

/**
 * A stack in a process of its own, to be killed: with this class as program only the stores, with {@link Forgewatch} all of it.
 */
public final class StackProcess {

    private final Process process;
    private final Path home;
    private final Path output;

    private StackProcess(Process process, Path home, Path output) {
        this.process = process;
        this.home = home;
        this.output = output;
    }

    /** What the child runs. */
    public static void main(String[] arguments) throws Exception {
        Side none = properties -> () -> {};
        LocalStack.Started started = LocalStack.start(
                StackOptions.parse(Arrays.asList(arguments), Map.of()),
                new Sides(none, none),
                Optional.empty(),
                new Progress(System.out));
        started.stack().awaitEnd();
    }

    public static Map<StackPort, Integer> freePorts() {
        Map<StackPort, Integer> ports = new EnumMap<>(StackPort.class);
        for (StackPort port : StackPort.values()) {
            ports.put(port, FreePort.any());
        }
        return ports;
    }

    public static StackProcess start(Class<?> program, Path home, Map<StackPort, Integer> ports, String... first)
            throws IOException {
        List<String> command = new ArrayList<>(heedingInterrupts());
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                // What lives for a minute gains nothing from the second compiler.
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                program.getName()));
        command.addAll(List.of(first));
        command.addAll(List.of("--home", home.toString()));
        ports.forEach((port, number) -> command.addAll(List.of(port.flag(), String.valueOf(number))));
        Path output = Files.createTempFile("forgewatch-stack", ".out");
        return new StackProcess(
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start(),
                home,
                output);
    }

    /** Whoever was begun in the background of a script ignores SIGINT, and with it all that it begins: Ctrl-C would do nothing. */
    private static List<String> heedingInterrupts() throws IOException {
        List<String> env = List.of("env", "--default-signal=INT");
        List<String> trial = new ArrayList<>(env);
        trial.add("true");
        try {
            boolean known = new ProcessBuilder(trial)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
            return known ? env : List.of();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }

    public RunFile awaitReady() throws Exception {
        Path runFile = home.resolve("run.json");
        // A killed process leaves its own behind, until the next one takes the folder.
        String ours = "\"pid\" : " + process.pid();
        // Another JVM of the suite may start stacks at the same time.
        Await.until("run.json of " + this, Duration.ofMinutes(5), () -> {
            if (!process.isAlive()) {
                throw new AssertionError("It ended with " + process.exitValue() + ": " + output());
            }
            return Files.exists(runFile) && Files.readString(runFile).contains(ours);
        });
        return new JsonMapper().readValue(Files.readString(runFile), RunFile.class);
    }

    public int awaitEnd() throws Exception {
        if (!process.waitFor(3, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new AssertionError("It does not end: " + output());
        }
        return process.exitValue();
    }

    /** As {@code kill -9} does. */
    public void kill() throws Exception {
        process.destroyForcibly();
        awaitEnd();
    }

    /** As {@code kill} and Ctrl-C do. */
    public int stop() throws Exception {
        process.destroy();
        return awaitEnd();
    }

    /** As the terminal's Ctrl-C does ({@code INT}), or {@code kill} ({@code TERM}). */
    public int stop(String signal) throws Exception {
        int sent = new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid()))
                .inheritIO()
                .start()
                .waitFor();
        if (sent != 0) {
            throw new AssertionError("No signal " + signal + " for it: " + output());
        }
        return awaitEnd();
    }

    /** Until it said so; fails when it ended before. */
    public void awaitLine(String line) throws Exception {
        Await.until(line, Duration.ofMinutes(3), () -> {
            String said = output();
            if (!said.contains(line) && !process.isAlive()) {
                throw new AssertionError("It ended with " + process.exitValue() + ": " + said);
            }
            return said.contains(line);
        });
    }

    public String output() throws IOException {
        return Files.readString(output);
    }
}
