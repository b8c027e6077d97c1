package io.forgewatch.stack;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What has been started, to be stopped in the opposite order, whenever that comes. */
final class Running {

    private static final Logger LOG = LoggerFactory.getLogger(Running.class);

    private final Deque<Part> parts = new ArrayDeque<>();
    private final Progress progress;
    private boolean stopping;

    Running(Progress progress) {
        this.progress = progress;
    }

    /**
     * Starts a part, unless all is being stopped.
     *
     * @throws StackException when it does not start
     */
    <T extends AutoCloseable> T start(String name, Start<T> start) {
        synchronized (this) {
            if (stopping) {
                throw new StackException("Stopped while starting.");
            }
            try {
                T part = start.start();
                parts.push(new Part(name, part));
                return part;
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new StackException("Stopped while starting " + name + ".");
            } catch (StackException told) {
                throw told;
            } catch (Exception failed) {
                throw new StackException(name + " did not start: " + failed.getMessage(), failed);
            }
        }
    }

    /** Stops everything, the last started first. Waits for a part that is just being started. May be called twice. */
    synchronized void stop() {
        stopping = true;
        while (!parts.isEmpty()) {
            Part part = parts.pop();
            try {
                part.running().close();
                progress.tell(part.name() + " stopped");
            } catch (Exception failed) {
                LOG.warn("{} did not stop as it should", part.name(), failed);
                progress.tell(part.name() + " did not stop as it should: " + failed.getMessage());
            }
        }
    }

    @FunctionalInterface
    interface Start<T> {
        T start() throws Exception;
    }

    private record Part(String name, AutoCloseable running) {}
}
