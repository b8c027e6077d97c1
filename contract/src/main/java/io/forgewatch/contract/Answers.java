package io.forgewatch.contract;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * The answers of this JVM's sides on their way to the check. Who sends is an event loop, so it only puts them down; one thread
 * judges them beside the tests.
 */
final class Answers {

    static final Answers OF_THIS_JVM = new Answers(once());

    private static final int MOST_AHEAD = 50_000;
    private static final int MOST_FAULTS = 20;

    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
    private final Semaphore there = new Semaphore(0);
    private final AtomicBoolean watched = new AtomicBoolean();
    private final AtomicInteger ahead = new AtomicInteger();
    private final AtomicInteger passedOver = new AtomicInteger();
    private final Queue<String> faults = new ConcurrentLinkedQueue<>();
    private final Supplier<ContractCheck> check;

    Answers(Supplier<ContractCheck> check) {
        this.check = check;
    }

    /** From now on they are judged; somebody asks for the faults. */
    void watch() {
        if (watched.compareAndSet(false, true)) {
            Thread judge = new Thread(this::run, "contract-check");
            judge.setDaemon(true);
            judge.start();
        }
    }

    boolean areWatched() {
        return watched.get();
    }

    /** Never waits. */
    void put(Answer answer) {
        if (ahead.incrementAndGet() > MOST_AHEAD) {
            ahead.decrementAndGet();
            passedOver.incrementAndGet();
            return;
        }
        put(() -> {
            ahead.decrementAndGet();
            judge(answer);
        });
    }

    private void put(Runnable work) {
        waiting.add(work);
        there.release();
    }

    private void run() {
        while (true) {
            there.acquireUninterruptibly();
            Runnable work = waiting.poll();
            if (work != null) {
                work.run();
            }
        }
    }

    private void judge(Answer answer) {
        try {
            check.get().fault(answer).ifPresent(this::found);
        } catch (RuntimeException failed) {
            found("The check failed on " + answer + ": " + failed);
        }
    }

    private void found(String fault) {
        if (faults.size() < MOST_FAULTS) {
            faults.add(fault);
        }
    }

    /** Waits until all that was put down by now is judged, and takes what was found. */
    List<String> faults(Duration patience) throws InterruptedException {
        CountDownLatch judged = new CountDownLatch(1);
        put(judged::countDown);
        boolean all = judged.await(patience.toMillis(), TimeUnit.MILLISECONDS);
        List<String> found = new ArrayList<>();
        for (String fault = faults.poll(); fault != null; fault = faults.poll()) {
            found.add(fault);
        }
        if (!all) {
            found.add("Not all answers are judged after " + patience);
        }
        int unseen = passedOver.getAndSet(0);
        if (unseen > 0) {
            found.add(unseen + " answers came faster than they are judged");
        }
        return found;
    }

    /** Makes the check when the first answer comes: most tests never ask a side. */
    private static Supplier<ContractCheck> once() {
        AtomicReference<ContractCheck> made = new AtomicReference<>();
        return () -> {
            ContractCheck known = made.get();
            if (known == null) {
                known = new ContractCheck(PublishedContracts.merged());
                made.set(known);
            }
            return known;
        };
    }
}
