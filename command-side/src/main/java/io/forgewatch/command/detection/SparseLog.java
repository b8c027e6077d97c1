package io.forgewatch.command.detection;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import reactor.core.scheduler.Scheduler;

/** Says at most once a minute what may happen a thousand times a second, and how often it did since. */
final class SparseLog {

    private static final long BETWEEN = Duration.ofMinutes(1).toMillis();
    private static final long NEVER = Long.MIN_VALUE;

    private final Logger log;
    private final Scheduler time;
    private final AtomicLong said = new AtomicLong(NEVER);
    private final AtomicLong unsaid = new AtomicLong();

    SparseLog(Logger log, Scheduler time) {
        this.log = log;
        this.time = time;
    }

    void warn(String text, Object subject, String why) {
        long now = time.now(TimeUnit.MILLISECONDS);
        long before = said.get();
        if ((before == NEVER || now - before >= BETWEEN) && said.compareAndSet(before, now)) {
            log.warn(text + " ({} more since this was last said)", subject, why, unsaid.getAndSet(0));
        } else {
            unsaid.incrementAndGet();
        }
    }
}
