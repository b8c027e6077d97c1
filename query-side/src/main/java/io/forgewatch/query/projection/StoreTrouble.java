package io.forgewatch.query.projection;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoException;
import com.mongodb.MongoNodeIsRecoveringException;
import com.mongodb.MongoNotPrimaryException;
import com.mongodb.MongoServerException;
import com.mongodb.MongoWriteConcernException;
import java.util.Set;

/** Which failures are those of the document store as a whole: they pass, or a person mends them, and all is tried again. */
public final class StoreTrouble {

    /**
     * Codes of the server (its {@code error_codes.yml}): not reachable, no primary, going down, interrupted, out of time, conflicts
     * that pass, not allowed, out of disk or memory, somebody else's quota.
     */
    private static final Set<Integer> CODES = Set.of(
            6, 7, 11, 13, 18, 24, 43, 46, 50, 64, 72, 79, 89, 91, 100, 112, 133, 134, 136, 146, 150, 175, 189, 202, 211,
            225, 226, 237, 246, 262, 279, 290, 292, 317, 391, 8000, 9001, 10058, 10107, 11600, 11601, 11602, 13388,
            13435, 13436, 14031, 16500, 50915);

    private StoreTrouble() {}

    /** Whether another document, or another question, would have met with the same failure. */
    public static boolean is(Throwable failure) {
        return switch (failure) {
            case MongoNotPrimaryException _, MongoNodeIsRecoveringException _, MongoWriteConcernException _ -> true;
            case MongoBulkWriteException bulk ->
                bulk.getWriteConcernError() != null
                        || bulk.getWriteErrors().stream().anyMatch(error -> isCode(error.getCode()));
            case MongoServerException said ->
                isCode(said.getCode()) || said.hasErrorLabel("RetryableWriteError") || isPassing(said);
            // What the driver itself throws has to do with the way there: no server, no connection, no answer in time.
            case MongoException _ -> true;
            default -> false;
        };
    }

    static boolean isCode(int code) {
        return CODES.contains(code);
    }

    private static boolean isPassing(MongoServerException said) {
        return said.hasErrorLabel(MongoException.TRANSIENT_TRANSACTION_ERROR_LABEL);
    }
}
