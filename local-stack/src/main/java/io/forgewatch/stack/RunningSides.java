package io.forgewatch.stack;

import io.forgewatch.stack.instance.InstanceProcess;
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

/** Both sides with all their instances, started and stopped beside each other. */
final class RunningSides implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RunningSides.class);

    private final List<Started> running;

    private record Started(SideInstance instance, AutoCloseable side) {}

    private RunningSides(List<Started> running) {
        this.running = List.copyOf(running);
    }

    /** @throws StackException when one of them does not start; the others are stopped then */
    static RunningSides start(List<SideInstance> instances, Sides sides, SideProperties properties, Progress progress)
            throws InterruptedException {
        List<Started> started = new ArrayList<>();
        List<String> failures = new ArrayList<>();
        try (ExecutorService starters = Executors.newFixedThreadPool(instances.size())) {
            List<Future<Started>> starts = instances.stream()
                    .map(instance -> starters.submit(() -> start(instance, sides, properties.of(instance), progress)))
                    .toList();
            for (int i = 0; i < starts.size(); i++) {
                collect(instances.get(i), starts.get(i), started, failures);
            }
        }
        RunningSides all = new RunningSides(started);
        if (!failures.isEmpty()) {
            all.close();
            throw new StackException(String.join("\n", failures));
        }
        return all;
    }

    /** Those that have a process of their own, as run.json tells them. */
    List<RunFile.Instance> instances() {
        return running.stream()
                .filter(one -> one.side() instanceof InstanceProcess)
                .map(one -> new RunFile.Instance(
                        one.instance().side() == StackPort.COMMAND ? RunFile.COMMAND : RunFile.QUERY,
                        one.instance().address(),
                        ((InstanceProcess) one.side()).pid()))
                .toList();
    }

    @Override
    public void close() throws InterruptedException {
        List<Callable<Boolean>> stops =
                running.stream().<Callable<Boolean>>map(one -> () -> stop(one)).toList();
        try (ExecutorService stoppers = Executors.newVirtualThreadPerTaskExecutor()) {
            stoppers.invokeAll(stops);
        }
    }

    private static Started start(
            SideInstance instance, Sides sides, Map<String, Object> properties, Progress progress) {
        Side side = instance.side() == StackPort.COMMAND ? sides.command() : sides.query();
        Started started = new Started(instance, side.start(properties));
        progress.tell(sentence(instance) + " is ready on port " + instance.port());
        return started;
    }

    private static void collect(
            SideInstance instance, Future<Started> start, List<Started> started, List<String> failures)
            throws InterruptedException {
        try {
            started.add(start.get());
        } catch (ExecutionException failed) {
            LOG.error("{} did not start", sentence(instance), failed.getCause());
            failures.add(sentence(instance) + " did not start: " + failed.getCause());
        }
    }

    private static boolean stop(Started one) {
        try {
            one.side().close();
            return true;
        } catch (Exception failed) {
            LOG.warn("{} did not stop as it should", sentence(one.instance()), failed);
            return false;
        }
    }

    private static String sentence(SideInstance instance) {
        String told = instance.told();
        return Character.toUpperCase(told.charAt(0)) + told.substring(1);
    }
}
