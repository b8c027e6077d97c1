package io.forgewatch.command.eventstore;

import io.forgewatch.web.Problem;
import io.forgewatch.web.ProblemTranslation;
import io.r2dbc.spi.R2dbcException;
import io.r2dbc.spi.R2dbcNonTransientResourceException;
import io.r2dbc.spi.R2dbcTransientException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import reactor.pool.PoolAcquirePendingLimitException;
import reactor.pool.PoolShutdownException;

/**
 * Tells callers that the store is away or overloaded: 503 with {@code Retry-After}. What the store refuses because our own code
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

    @Override
    public Optional<Problem> problem(Throwable failure) {
        return isTrouble(failure) ? Optional.of(Problem.unavailable(RETRY_SECONDS)) : Optional.empty();
    }

    /** Whether it, or what led to it, is the store's trouble and nobody's fault. */
    static boolean isTrouble(Throwable failure) {
        int depth = 0;
        for (Throwable cause = failure; cause != null && depth < DEEPEST; cause = cause.getCause(), depth++) {
            if (isOne(cause)) {
                return true;
            }
        }
        return false;
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
