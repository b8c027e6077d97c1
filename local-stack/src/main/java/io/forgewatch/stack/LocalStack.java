package io.forgewatch.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/**
 * Everything on one machine: the stores, both sides (one instance of each, or two), and the demonstration. However it ends (Ctrl-C, SIGTERM, a failed start),
 * whatever runs is stopped, in the right order, once.
 */
public final class LocalStack implements AutoCloseable {

    private static final String MINISTRY = "ministry";

    private final StackHome home;
    private final StackOptions options;
    private final Running running;
    private final Progress progress;
    private final boolean passing;
    private final CountDownLatch ended = new CountDownLatch(1);

    private LocalStack(StackHome home, boolean passing, StackOptions options, Progress progress) {
        this.home = home;
        this.passing = passing;
        this.options = options;
        this.running = new Running(progress);
        this.progress = progress;
    }

    /**
     * Starts it and writes {@code run.json} when all is ready. From then on SIGINT and SIGTERM stop it.
     *
     * @throws StackException when another one runs on the folder, a port is taken, or something does not start; nothing runs then
     */
    public static Started start(
            StackOptions options, Sides sides, Optional<Demonstration> demonstration, Progress progress)
            throws Exception {
        return start(false, options, sides, demonstration, progress);
    }

    /** The same for a moment: however it ends, nothing of its folder remains. */
    static Started startInPassing(
            StackOptions options, Sides sides, Optional<Demonstration> demonstration, Progress progress)
            throws Exception {
        return start(true, options, sides, demonstration, progress);
    }

    private static Started start(
            boolean passing,
            StackOptions options,
            Sides sides,
            Optional<Demonstration> demonstration,
            Progress progress)
            throws Exception {
        LocalStack stack = new LocalStack(StackHome.take(options.home()), passing, options, progress);
        Runtime.getRuntime().addShutdownHook(new Thread(stack::stop, "forgewatch-stop"));
        try {
            return new Started(stack, stack.startAll(sides, demonstration));
        } catch (Exception failed) {
            stack.close();
            throw failed;
        }
    }

    /** @param whereabouts where everything runs */
    public record Started(LocalStack stack, RunFile whereabouts) implements AutoCloseable {
        @Override
        public void close() {
            stack.close();
        }
    }

    /** Waits until it has been stopped. */
    public void awaitEnd() throws InterruptedException {
        ended.await();
    }

    /** Stops everything in the opposite order: readings, query side, command side, stores. May be called twice. */
    @Override
    public void close() {
        stop();
    }

    private RunFile startAll(Sides sides, Optional<Demonstration> demonstration) throws Exception {
        Stores.prepare(home, options, progress);
        if (options.fresh()) {
            home.empty();
            progress.tell("Everything kept is deleted");
        }
        KeyMaterial keys = KeyMaterial.keptIn(home.data().resolve("keys"));
        Stores stores = running.start("Stores", () -> Stores.start(home, options, progress));
        List<SideInstance> instances = SideInstance.of(options);
        RunningSides sidesRunning = running.start(
                "Command and query side",
                () -> RunningSides.start(
                        instances, sides, new SideProperties(home.data(), stores, keys, MINISTRY), progress));
        RunFile bare = new RunFile(
                ProcessHandle.current().pid(),
                address(StackPort.COMMAND),
                address(StackPort.QUERY),
                stores.postgres().url(),
                stores.kafka().bootstrap(),
                stores.mongodbUri(),
                Map.of(MINISTRY, new RunFile.Account(MINISTRY, keys.bootstrapPassword())),
                List.of(),
                sidesRunning.instances());
        RunFile whole = bare;
        if (options.demonstration() && demonstration.isPresent()) {
            Demonstration.Play play =
                    running.start("Demonstration", () -> demonstration.get().begin(bare, home, progress));
            whole = bare.peopled(play.accounts(), play.gateways());
        }
        RunFile told = whole;
        // A part like the others: a stop that came while the last of them started would find nothing to delete, and
        // leave what is
        // written after it.
        running.announce("run.json", () -> told.write(home.runFile()), () -> Files.deleteIfExists(home.runFile()));
        return told;
    }

    private synchronized void stop() {
        if (ended.getCount() == 0) {
            return;
        }
        running.stop();
        try {
            home.close();
        } catch (IOException held) {
            progress.tell("The lock of " + home.folder() + " ends with this process: " + held.getMessage());
        }
        if (passing) {
            forget();
        }
        ended.countDown();
    }

    private void forget() {
        try {
            Folders.delete(home.folder());
        } catch (IOException left) {
            progress.tell("Left behind: " + home.folder() + " (" + left + ")");
        }
    }

    private String address(StackPort port) {
        return "http://127.0.0.1:" + options.port(port);
    }
}
