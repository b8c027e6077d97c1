package io.forgewatch.command.eventstore;

import io.forgewatch.web.Problem;
import io.forgewatch.web.ProblemTranslation;
import io.r2dbc.spi.R2dbcException;
import io.r2dbc.spi.R2dbcNonTransientResourceException;
import io.r2dbc.spi.R2dbcTransientException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import reactor.pool.PoolAcquirePendingLimitException;
import reactor.pool.PoolShutdownException;

/**
 * Tells callers that the store is away or overloaded: 503 with {@code Retry-After}, nothing was done; or 504 {@code
 * outcome-unknown} when it may have been. What the store refuses because our own code
 * asks wrongly is none of it, and stays a fault.
 */
final class StoreTrouble implements ProblemTranslation {

    private static final int RETRY_SECONDS = 5;
    private static final int DEEPEST = 16;

    /**
     * Classes of SQLSTATE: no connection; a server that only reads, as one does that is not (any more) the first; who are you;
     * resources; limits of the operator, among them a statement's time; the system.
     */
    private static final Set<String> TROUBLE = Set.of("08", "25", "28", "53", "57", "58");

    private static final Problem UNKNOWN = new Problem(
            504,
            "outcome-unknown",
            "The store did not say in time whether this was done: send it again with the same Idempotency-Key;"
                    + " without one, look first. 存储未能及时确认结果：请用相同的 Idempotency-Key 重发；未带该键时请先查询。",
            List.of(),
            Map.of("Retry-After", Integer.toString(RETRY_SECONDS)));

    @Override
    public Optional<Problem> problem(Throwable failure) {
        if (causes(failure).anyMatch(OutcomeUnknownException.class::isInstance)) {
            return Optional.of(UNKNOWN);
        }
        return isTrouble(failure) ? Optional.of(Problem.unavailable(RETRY_SECONDS)) : Optional.empty();
    }

    /** Whether it, or what led to it, is the store's trouble and nobody's fault. */
    static boolean isTrouble(Throwable failure) {
        return causes(failure).anyMatch(StoreTrouble::isOne);
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause).limit(DEEPEST);
    }

    private static boolean isOne(Throwable failure) {
        return switch (failure) {
            case R2dbcNonTransientResourceException gone -> true;
            case R2dbcTransientException passing -> true;
            case R2dbcException other -> TROUBLE.contains(stateClass(other));
            case PoolAcquirePendingLimitException full -> true;
            case PoolShutdownException closing -> true;
            case TimeoutException late -> true;
            default -> false;
        };
    }

    private static String stateClass(R2dbcException failure) {
        String state = failure.getSqlState();
        return state == null || state.length() < 2 ? "" : state.substring(0, 2);
    }
}
