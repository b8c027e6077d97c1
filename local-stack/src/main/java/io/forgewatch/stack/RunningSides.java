package io.forgewatch.stack;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Both sides, started and stopped side by side. */
final class RunningSides implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RunningSides.class);

    private final List<AutoCloseable> running;

    private RunningSides(List<AutoCloseable> running) {
        this.running = List.copyOf(running);
    }

    /** @throws StackException when one of them does not start; the other one is stopped then */
    static RunningSides start(
            Sides sides, Map<String, Object> commandProperties, Map<String, Object> queryProperties, Progress progress)
            throws InterruptedException {
        List<AutoCloseable> started = new ArrayList<>();
        List<String> failures = new ArrayList<>();
        try (ExecutorService starters = Executors.newFixedThreadPool(2)) {
            Future<AutoCloseable> command = starters.submit(() -> {
                AutoCloseable side = sides.command().start(commandProperties);
                progress.tell("The command side is ready on port " + commandProperties.get("server.port"));
                return side;
            });
            Future<AutoCloseable> query = starters.submit(() -> {
                AutoCloseable side = sides.query().start(queryProperties);
                progress.tell("The query side is ready on port " + queryProperties.get("server.port"));
                return side;
            });
            collect("The command side", command, started, failures);
            collect("The query side", query, started, failures);
        }
        RunningSides both = new RunningSides(started);
        if (!failures.isEmpty()) {
            both.close();
            throw new StackException(String.join("\n", failures));
        }
        return both;
    }

    @Override
    public void close() throws InterruptedException {
        List<Callable<Boolean>> stops = running.stream()
                .<Callable<Boolean>>map(side -> () -> stop(side))
                .toList();
        try (ExecutorService stoppers = Executors.newFixedThreadPool(2)) {
            stoppers.invokeAll(stops);
        }
    }

    private static void collect(
            String name, Future<AutoCloseable> start, List<AutoCloseable> started, List<String> failures)
            throws InterruptedException {
        try {
            started.add(start.get());
        } catch (ExecutionException failed) {
            LOG.error("{} did not start", name, failed.getCause());
            failures.add(name + " did not start: " + failed.getCause());
        }
    }

    private static boolean stop(AutoCloseable side) {
        try {
            side.close();
            return true;
        } catch (Exception failed) {
            LOG.warn("A side did not stop as it should", failed);
            return false;
        }
    }
}
