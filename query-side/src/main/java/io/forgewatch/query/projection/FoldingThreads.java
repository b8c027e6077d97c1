package io.forgewatch.query.projection;

import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Where folds are done: each on a thread of its own, so that the work of one view waits for that of no other. */
final class FoldingThreads {

    /** Far more than there are generations at work at once. */
    private static final int MOST_THREADS = 256;

    private static final int QUEUED = 10_000;
    private static final int IDLE_SECONDS = 60;

    /** Folding may wait for a lock (Jackson's caches) and takes processor time: not for an event loop, nor for the driver's threads. */
    static final Scheduler EACH = Schedulers.newBoundedElastic(MOST_THREADS, QUEUED, "projection", IDLE_SECONDS, true);

    private FoldingThreads() {}
}
