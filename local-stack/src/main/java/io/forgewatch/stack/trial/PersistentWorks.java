package io.forgewatch.stack.trial;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;

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
    private final long firstNumber;
    private final long[] madeAt;
    private final WaitingFrames waiting;
    private final Map<Integer, AtomicInteger> strange = new ConcurrentHashMap<>();
    private final Semaphore atOnce = new Semaphore(MOST_AT_ONCE);
    private final AtomicLong refused = new AtomicLong();
    private final AtomicReference<Fresh> fresh = new AtomicReference<>(new Fresh(0, 0));
    private volatile boolean noFresh;
    private volatile boolean ended;

    /** A frame that was taken: when it was made, and when it was acknowledged. */
    private record Fresh(long madeAt, long takenAt) {}

    /** @param most how many frames it makes at most */
    PersistentWorks(TrialWorks works, int framesPerSecond, int most) {
        this.works = works;
        this.everyMillis = Math.max(1, 1_000 / framesPerSecond);
        this.firstNumber = works.nextNumber();
        this.madeAt = new long[most];
        this.waiting = new WaitingFrames(most);
        Thread.ofVirtual().name("persistent-works").start(this::play);
    }

    TrialWorks works() {
        return works;
    }

    /** Numbers that were answered 202. */
    LongStream acknowledged() {
        return waiting.acknowledged().mapToLong(place -> firstNumber + place);
    }

    /** How many frames wait to be sent again, or for their answer. */
    int waiting() {
        return waiting.size() + MOST_AT_ONCE - atOnce.availablePermits();
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
            for (int next = 0; !ended; Thread.sleep(everyMillis)) {
                if (!noFresh && next < madeAt.length && atOnce.tryAcquire()) {
                    int place = next++;
                    madeAt[place] = System.currentTimeMillis();
                    long now = System.nanoTime();
                    Thread.ofVirtual().start(() -> send(place, now));
                }
                // What waits must not stand in the way of what is fresh.
                for (int more = 0; more < 2 && atOnce.availablePermits() > FRESH_ONLY; more++) {
                    sendAgain();
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void sendAgain() {
        if (!atOnce.tryAcquire()) {
            return;
        }
        int place = waiting.poll();
        if (place == WaitingFrames.NONE) {
            atOnce.release();
        } else {
            Thread.ofVirtual().start(() -> send(place, 0));
        }
    }

    /** @param freshAt when it was made, or 0 when it is sent again */
    private void send(int place, long freshAt) {
        try {
            int status = works.send(works.frame(firstNumber + place, madeAt[place])).status();
            if (status == ACCEPTED) {
                waiting.acknowledge(place);
                Fresh taken = new Fresh(freshAt, System.nanoTime());
                if (freshAt != 0) {
                    fresh.accumulateAndGet(taken, (one, other) -> other.madeAt() > one.madeAt() ? other : one);
                }
                return;
            }
            if (status != UNAVAILABLE) {
                strange.computeIfAbsent(status, code -> new AtomicInteger()).incrementAndGet();
            }
            again(place);
        } catch (IOException unanswered) {
            // Nobody knows whether it was taken.
            again(place);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            atOnce.release();
        }
    }

    private void again(int place) {
        refused.incrementAndGet();
        waiting.add(place);
    }

    @Override
    public void close() {
        ended = true;
    }
}
