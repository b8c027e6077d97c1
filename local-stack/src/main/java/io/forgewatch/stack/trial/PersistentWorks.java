package io.forgewatch.stack.trial;

import io.forgewatch.stack.demo.GatewayDoor;
import java.io.IOException;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A works whose gateway gives up no frame: it sends fresh ones at a rate, and beside them, a few at once, again what was not
 * acknowledged, as it was.
 */
final class PersistentWorks implements AutoCloseable {

    private static final int MOST_AT_ONCE = 24;
    private static final int FRESH_ONLY = 8;
    private static final int ACCEPTED = 202;
    private static final int UNAVAILABLE = 503;

    private final TrialWorks works;
    private final long everyMillis;
    private final Queue<GatewayDoor.Frame> again = new ConcurrentLinkedQueue<>();
    private final Set<Long> acknowledged = ConcurrentHashMap.newKeySet();
    private final Map<Integer, AtomicInteger> strange = new ConcurrentHashMap<>();
    private final Semaphore atOnce = new Semaphore(MOST_AT_ONCE);
    private final AtomicLong refused = new AtomicLong();
    private final AtomicReference<Fresh> fresh = new AtomicReference<>(new Fresh(0, 0));
    private volatile boolean noFresh;
    private volatile boolean ended;

    /** A frame that was taken: when it was made, and when it was acknowledged. */
    private record Fresh(long madeAt, long takenAt) {}

    PersistentWorks(TrialWorks works, int framesPerSecond) {
        this.works = works;
        this.everyMillis = Math.max(1, 1_000 / framesPerSecond);
        Thread.ofVirtual().name("persistent-works").start(this::play);
    }

    TrialWorks works() {
        return works;
    }

    /** Numbers that were answered 202. */
    Set<Long> acknowledged() {
        return acknowledged;
    }

    /** How many frames wait to be sent again. */
    int waiting() {
        return again.size();
    }

    /** How often a frame was answered with 503, or not at all. */
    long refused() {
        return refused.get();
    }

    /** Answers that a gateway should never get, by status. */
    Map<Integer, AtomicInteger> strange() {
        return strange;
    }

    /** When the newest frame was acknowledged, in {@link System#nanoTime}, or 0 when it was made before a moment. */
    long freshTakenAt(long moment) {
        Fresh newest = fresh.get();
        return newest.madeAt() - moment > 0 ? newest.takenAt() : 0;
    }

    void stopFresh() {
        noFresh = true;
    }

    private void play() {
        try {
            while (!ended) {
                if (!noFresh && atOnce.tryAcquire()) {
                    GatewayDoor.Frame next = works.next();
                    long madeAt = System.nanoTime();
                    Thread.ofVirtual().start(() -> send(next, madeAt));
                }
                if (atOnce.availablePermits() > FRESH_ONLY && atOnce.tryAcquire()) {
                    GatewayDoor.Frame one = again.poll();
                    if (one == null) {
                        atOnce.release();
                    } else {
                        Thread.ofVirtual().start(() -> send(one, 0));
                    }
                }
                Thread.sleep(everyMillis);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** @param madeAt when it was made, or 0 when it is sent again */
    private void send(GatewayDoor.Frame frame, long madeAt) {
        try {
            int status = works.send(frame).status();
            if (status == ACCEPTED) {
                acknowledged.add(frame.sequence());
                fresh.accumulateAndGet(
                        new Fresh(madeAt, System.nanoTime()),
                        (one, other) -> other.madeAt() > one.madeAt() ? other : one);
                return;
            }
            if (status != UNAVAILABLE) {
                strange.computeIfAbsent(status, code -> new AtomicInteger()).incrementAndGet();
            }
        } catch (IOException unanswered) {
            // Nobody knows whether it was taken.
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            atOnce.release();
        }
        if (!acknowledged.contains(frame.sequence())) {
            refused.incrementAndGet();
            again.add(frame);
        }
    }

    @Override
    public void close() {
        ended = true;
    }
}
