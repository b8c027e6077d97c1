package io.forgewatch.stack.contract;

import io.forgewatch.command.CommandSide;
import io.forgewatch.query.QuerySide;
import io.forgewatch.stack.Folders;
import io.forgewatch.stack.LocalStack;
import io.forgewatch.stack.Progress;
import io.forgewatch.stack.RunFile;
import io.forgewatch.stack.Sides;
import io.forgewatch.stack.StackOptions;
import io.forgewatch.stack.StackProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Both sides on real stores and nobody in it, started once in a JVM for the tests that walk all operations: they sign, erase and
 * rebuild, which the demonstration's stack is not there for.
 */
final class SmallStack {

    private static final class Once {
        private static final SmallStack RUNNING = begin();
    }

    private final RunFile whereabouts;
    private final Path home;
    private final ApplicationContext command;
    private final ApplicationContext query;

    private SmallStack(RunFile whereabouts, Path home, ApplicationContext command, ApplicationContext query) {
        this.whereabouts = whereabouts;
        this.home = home;
        this.command = command;
        this.query = query;
    }

    /** The first call starts it and takes its time. */
    static SmallStack running() {
        return Once.RUNNING;
    }

    RunFile whereabouts() {
        return whereabouts;
    }

    Path home() {
        return home;
    }

    /** The command side from within, for what only machines tell it. */
    ApplicationContext command() {
        return command;
    }

    /** Both sides from within. */
    List<ApplicationContext> sides() {
        return List.of(command, query);
    }

    /** Not in the class that holds it: what others run while that one begins may not wait for it. */
    private static SmallStack begin() {
        try {
            Path home = Files.createTempDirectory("forgewatch-small");
            StackOptions options = new StackOptions(
                    home,
                    Path.of("target", "postgres").toAbsolutePath(),
                    StackProcess.freePorts(),
                    false,
                    false,
                    Optional.ofNullable(System.getenv("FORGEWATCH_MONGODB_URI")));
            System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
            AtomicReference<ConfigurableApplicationContext> command = new AtomicReference<>();
            AtomicReference<ConfigurableApplicationContext> query = new AtomicReference<>();
            LocalStack.Started started = LocalStack.start(
                    options,
                    new Sides(
                            properties -> kept(command, CommandSide.start(properties)),
                            properties -> kept(query, QuerySide.start(properties))),
                    Optional.empty(),
                    new Progress(System.out));
            Runtime.getRuntime().addShutdownHook(new Thread(() -> forget(started, home)));
            return new SmallStack(started.whereabouts(), home, command.get(), query.get());
        } catch (Exception failed) {
            throw new IllegalStateException("The small stack does not start", failed);
        }
    }

    private static ConfigurableApplicationContext kept(
            AtomicReference<ConfigurableApplicationContext> place, ConfigurableApplicationContext side) {
        place.set(side);
        return side;
    }

    private static void forget(LocalStack.Started started, Path home) {
        try {
            started.close();
            Folders.delete(home);
        } catch (IOException left) {
            System.err.println("Left behind: " + home + " (" + left + ")");
        }
    }
}
