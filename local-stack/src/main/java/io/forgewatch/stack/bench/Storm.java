package io.forgewatch.stack.bench;

import io.forgewatch.stack.StackException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Breaks the limits of one works, point after point, so many a second, on a thread of its own. */
final class Storm implements AutoCloseable {

    private final Thread raging;
    private volatile @Nullable IOException failure;

    /**
     * Begins.
     *
     * @param first place of the works' first gateway among the loader's
     */
    Storm(LoaderProcess loader, BenchWorks works, int first, StormSize size) {
        raging = Thread.ofPlatform().daemon().name("storm").start(() -> rage(loader, works, first, size));
    }

    private void rage(LoaderProcess loader, BenchWorks works, int first, StormSize size) {
        long began = System.nanoTime();
        try {
            for (int i = 0; i < size.alarms() * size.seconds(); i++) {
                long due = began + i * 1_000_000_000L / size.alarms();
                while (System.nanoTime() - due < 0) {
                    LockSupport.parkNanos(due - System.nanoTime());
                    if (Thread.interrupted()) {
                        return;
                    }
                }
                int device = i / works.gateways() / BenchWorks.GRAVE;
                int quantity = i / works.gateways() % BenchWorks.GRAVE;
                loader.hold(
                        first + i % works.gateways(),
                        BenchCountry.pressureOf(device) + quantity,
                        BenchWorks.QUANTITIES.get(quantity).beyond());
            }
        } catch (IOException broken) {
            failure = broken;
        }
    }

    /** Waits until the last limit is broken. */
    void awaitEnd(Duration most) throws InterruptedException {
        if (!raging.join(most)) {
            throw new StackException("The storm does not end");
        }
        IOException broken = failure;
        if (broken != null) {
            throw new StackException("The storm broke off: " + broken, broken);
        }
    }

    @Override
    public void close() {
        raging.interrupt();
    }
}
