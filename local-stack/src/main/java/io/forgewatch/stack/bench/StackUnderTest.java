package io.forgewatch.stack.bench;

import io.forgewatch.stack.Folders;
import io.forgewatch.stack.Forgewatch;
import io.forgewatch.stack.FreePort;
import io.forgewatch.stack.Patience;
import io.forgewatch.stack.Progress;
import io.forgewatch.stack.RunFile;
import io.forgewatch.stack.StackException;
import io.forgewatch.stack.StackOptions;
import io.forgewatch.stack.StackPort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * The whole stack in a process of its own, as {@code ./forgewatch run} starts it, on free ports and on a folder beside what
 * {@code ./forgewatch} keeps, so that it is on the same disk.
 */
final class StackUnderTest implements AutoCloseable {

    private static final Duration MOST_START = Duration.ofMinutes(5);

    private final ChildJvm jvm;
    private final Path home;
    private final RunFile run;
    private final double startSeconds;

    private StackUnderTest(ChildJvm jvm, Path home, RunFile run, double startSeconds) {
        this.jvm = jvm;
        this.home = home;
        this.run = run;
        this.startSeconds = startSeconds;
    }

    /** The folder of a benchmark, empty. */
    static Path emptyHome(String name) throws IOException {
        Path home = StackOptions.parse(List.of(), System.getenv())
                .home()
                .resolve("bench")
                .resolve(name);
        Folders.delete(home);
        Files.createDirectories(home);
        return home;
    }

    /**
     * Starts it and waits until it is ready.
     *
     * @throws StackException when it is not ready in {@link #MOST_START}; it is stopped then
     */
    static StackUnderTest start(Path home, List<String> flags, Progress progress) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("run", "--home", home.toString()));
        arguments.addAll(flags);
        for (StackPort port : StackPort.values()) {
            arguments.addAll(List.of(port.flag(), String.valueOf(FreePort.any())));
        }
        Path runFile = home.resolve("run.json");
        // Of a stack that was killed: what it says is over.
        Files.deleteIfExists(runFile);
        long began = System.nanoTime();
        ChildJvm jvm = ChildJvm.writing(
                home.resolve("output"), ChildJvm.ownOptions(), Forgewatch.class, List.copyOf(arguments));
        try {
            Patience.mustCome("the stack to be ready", MOST_START, () -> {
                if (!jvm.process().isAlive()) {
                    throw new StackException("The stack ended while starting:\n" + jvm.lastLines());
                }
                return Files.exists(runFile);
            });
            double seconds = (System.nanoTime() - began) / 1e9;
            progress.tell("The stack is ready after %.1f s".formatted(seconds));
            RunFile run = new JsonMapper().readValue(Files.readString(runFile), RunFile.class);
            return new StackUnderTest(jvm, home, run, seconds);
        } catch (Exception notReady) {
            jvm.close();
            throw notReady;
        }
    }

    RunFile run() {
        return run;
    }

    /** The first account, which opens all others. */
    RunFile.Account ministry() {
        Map<String, RunFile.Account> accounts = run.accounts();
        RunFile.Account ministry = accounts.get("ministry");
        if (ministry == null) {
            throw new StackException("The stack has no account of the ministry");
        }
        return ministry;
    }

    /** From the start of its process until run.json was there. */
    double startSeconds() {
        return startSeconds;
    }

    Path home() {
        return home;
    }

    /** @throws StackException when it runs no more */
    void mustRun() throws IOException {
        if (!jvm.process().isAlive()) {
            throw new StackException("The stack has ended:\n" + jvm.lastLines());
        }
    }

    /** Ends its process as {@code kill -9} does; PostgreSQL's processes are left alone, as an operating system would. */
    void kill() throws InterruptedException {
        jvm.kill();
    }

    @Override
    public void close() {
        jvm.close();
    }
}
