package io.forgewatch.query.projection;

import io.forgewatch.web.Problem;
import io.forgewatch.web.ProblemTranslation;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * That the document store is away, or slower than its limits, is no fault of a request: 503, to be tried again. It is counted, and
 * now and then it is in the log, not once a request.
 */
final class StoreProblems implements ProblemTranslation {

    private static final Logger LOG = LoggerFactory.getLogger(StoreProblems.class);
    private static final Duration SAID_EVERY = Duration.ofSeconds(10);
    private static final int RETRY_SECONDS = 5;

    private final Counter refused;
    private final AtomicLong saidNanos = new AtomicLong(System.nanoTime() - SAID_EVERY.toNanos());

    StoreProblems(MeterRegistry meters) {
        this.refused = Counter.builder("forgewatch.reads.refused")
                .description("Requests that were answered 503 since the document store did not answer")
                .register(meters);
    }

    @Override
    public Optional<Problem> problem(Throwable failure) {
        if (!StoreTrouble.is(failure)) {
            return Optional.empty();
        }
        refused.increment();
        say(failure);
        return Optional.of(Problem.unavailable(RETRY_SECONDS));
    }

    private void say(Throwable failure) {
        long now = System.nanoTime();
        long before = saidNanos.get();
        if (now - before >= SAID_EVERY.toNanos() && saidNanos.compareAndSet(before, now)) {
            LOG.warn("Requests are answered 503: the document store does not answer: {}", failure.toString());
        }
    }
}
