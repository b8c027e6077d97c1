package io.forgewatch.stack;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Waiting with an end to it, on threads that have nothing else to do. */
public final class Patience {

    private static final long LOOK_AGAIN_NANOS = 100_000_000L;

    private Patience() {}

    /** Whether the condition came to hold in that time. */
    public static boolean until(Duration most, Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + most.toNanos();
        while (!condition.call()) {
            if (System.nanoTime() - end > 0) {
                return false;
            }
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
        }
        return true;
    }

    /** @throws StackException when the condition did not come to hold in that time */
    public static void mustCome(String what, Duration most, Callable<Boolean> condition) throws Exception {
        if (!until(most, condition)) {
            throw new StackException("Waited " + most.toSeconds() + " s in vain: " + what);
        }
    }
}
