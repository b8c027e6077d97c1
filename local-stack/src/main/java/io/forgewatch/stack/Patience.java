package io.forgewatch.stack;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Waiting with an end to it, on threads that have nothing else to do. */
public final class Patience {

    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

    private Patience() {}

    /** Whether the condition came to hold in that time. */
    public static boolean until(Duration most, Callable<Boolean> condition) throws Exception {
        return until(most, LOOK_AGAIN, condition);
    }

    private static boolean until(Duration most, Duration every, Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + most.toNanos();
        while (!condition.call()) {
            if (System.nanoTime() - end > 0) {
                return false;
            }
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            LockSupport.parkNanos(every.toNanos());
        }
        return true;
    }

    /** @throws StackException when the condition did not come to hold in that time */
    public static void mustCome(String what, Duration most, Callable<Boolean> condition) throws Exception {
        mustCome(what, most, LOOK_AGAIN, condition);
    }

    /**
     * The same where a look costs what is waited for.
     *
     * @param every how long it waits between two looks
     */
    public static void mustCome(String what, Duration most, Duration every, Callable<Boolean> condition)
            throws Exception {
        if (!until(most, every, condition)) {
            throw new StackException("Waited " + most.toSeconds() + " s in vain: " + what);
        }
    }
}
