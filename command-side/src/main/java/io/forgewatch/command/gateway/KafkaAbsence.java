package io.forgewatch.command.gateway;

import java.util.HashSet;
import java.util.Set;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/**
 * Tells a Kafka that does not answer, which all instances find so, from whatever else goes wrong with it, which may be this release's:
 * a credential, an address that nobody has, a topology, a state that it cannot read. What is not known to be an absence is none.
 */
public final class KafkaAbsence {

    private KafkaAbsence() {}

    /** Whether the failure, or what caused it, says that Kafka was not there. */
    public static boolean isTheCauseOf(Throwable failure) {
        Set<Throwable> seen = new HashSet<>();
        for (@Nullable Throwable cause = failure; cause != null && seen.add(cause); cause = cause.getCause()) {
            // Who says that there is no such topic did answer.
            if (cause instanceof UnknownTopicOrPartitionException) {
                return false;
            }
            // Too few brokers are there for as many copies as they themselves demand.
            if (cause instanceof RetriableException || cause instanceof InvalidReplicationFactorException) {
                return true;
            }
        }
        return false;
    }
}
