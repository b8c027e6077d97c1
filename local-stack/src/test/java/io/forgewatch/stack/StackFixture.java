package io.forgewatch.stack;

import io.forgewatch.command.CommandSide;
import io.forgewatch.query.QuerySide;
import io.forgewatch.stack.demo.CountryDemonstration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The whole house, started once in a JVM for all end-to-end tests: real stores, both sides and the demonstration, in a folder of
 * its own on free ports. It stops with the JVM.
 */
public final class StackFixture {

    private static final class Once {
        private static final RunFile RUNNING = begin();

        private static RunFile begin() {
            try {
                Path home = Files.createTempDirectory("forgewatch-whole");
                StackOptions options = new StackOptions(
                        home,
                        Path.of("target", "postgres").toAbsolutePath(),
                        StackProcess.freePorts(),
                        false,
                        true,
                        Optional.ofNullable(System.getenv("FORGEWATCH_MONGODB_URI")));
                System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
                LocalStack.Started started = LocalStack.start(
                        options,
                        new Sides(CommandSide::start, QuerySide::start),
                        Optional.of(new CountryDemonstration(
                                Path.of(""), Optional.ofNullable(System.getenv("FORGEWATCH_SHARED")))),
                        new Progress(System.out));
                Runtime.getRuntime().addShutdownHook(new Thread(() -> forget(started, home)));
                return started.whereabouts();
            } catch (Exception failed) {
                throw new IllegalStateException("The whole house does not start", failed);
            }
        }

        private static void forget(LocalStack.Started started, Path home) {
            try {
                // The stack's own hook stops it too; whoever comes second waits for the first.
                started.close();
                Folders.delete(home);
            } catch (IOException left) {
                System.err.println("Left behind: " + home + " (" + left + ")");
            }
        }
    }

    private StackFixture() {}

    /** Where everything runs; the first call starts it and takes its time. */
    public static RunFile running() {
        return Once.RUNNING;
    }
}
