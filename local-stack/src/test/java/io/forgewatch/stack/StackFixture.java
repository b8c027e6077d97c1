package io.forgewatch.stack;

import io.forgewatch.command.CommandSide;
import io.forgewatch.query.QuerySide;
import io.forgewatch.stack.demo.CountryDemonstration;
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
                Runtime.getRuntime().addShutdownHook(new Thread(() -> forget(home)));
                StackOptions options = new StackOptions(
                        home,
                        Path.of("target", "postgres").toAbsolutePath(),
                        StackProcess.freePorts(),
                        false,
                        true,
                        Optional.ofNullable(System.getenv("FORGEWATCH_MONGODB_URI")));
                System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
                return LocalStack.start(
                                options,
                                new Sides(CommandSide::start, QuerySide::start),
                                Optional.of(new CountryDemonstration(
                                        Path.of(""), Optional.ofNullable(System.getenv("FORGEWATCH_SHARED")))),
                                new Progress(System.out))
                        .whereabouts();
            } catch (Exception failed) {
                throw new IllegalStateException("The whole house does not start", failed);
            }
        }

        private static void forget(Path home) {
            try {
                // The stack's own hook stops it at the same time; what it still writes goes with the temporary folder.
                Await.until(
                        "the stack is stopped",
                        java.time.Duration.ofMinutes(1),
                        () -> !Files.exists(home.resolve("data/postgres/data/postmaster.pid")));
                Folders.delete(home);
            } catch (Exception left) {
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
