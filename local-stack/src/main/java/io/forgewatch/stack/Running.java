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

    /**
     * Tells others that all is up, by what is there until the stop begins; nothing where all is being stopped.
     *
     * @param told is done now
     * @param untold is done first of all when it stops
     * @throws StackException when all is being stopped: it is not told then
     */
    void announce(String name, Action told, Action untold) {
        start(name, () -> {
            told.run();
            return new Announcement(untold);
        });
    }

    /** Stops everything, the last started first. Waits for a part that is just being started. May be called twice. */
    synchronized void stop() {
        stopping = true;
        while (!parts.isEmpty()) {
            Part part = parts.pop();
            try {
                part.running().close();
                if (!(part.running() instanceof Announcement)) {
                    progress.tell(part.name() + " stopped");
                }
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

    @FunctionalInterface
    interface Action {
        void run() throws Exception;
    }

    private record Announcement(Action untold) implements AutoCloseable {
        @Override
        public void close() throws Exception {
            untold.run();
        }
    }

    private record Part(String name, AutoCloseable running) {}
}
