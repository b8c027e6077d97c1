package io.forgewatch.query.projection;

import io.forgewatch.web.Problem;
import io.forgewatch.web.ProblemTranslation;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Optional;

/**
 * That the document store is away, or slower than its limits, is no fault of a request: 503, to be tried again. It is counted; that
 * the log tells of it once in a while, and not once a request, is the answers' own.
 */
final class StoreProblems implements ProblemTranslation {

    private static final int RETRY_SECONDS = 5;

    private final Counter refused;

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
        return Optional.of(Problem.unavailable(RETRY_SECONDS));
    }
}
