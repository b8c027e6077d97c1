package io.forgewatch.event.transparency;

import io.forgewatch.event.DomainEvent;
import io.forgewatch.event.EventName;
import io.forgewatch.event.Subject;
import io.forgewatch.event.SubjectType;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What happens to the transparency log 透明日志 of all events. */
public sealed interface TransparencyEvent extends DomainEvent {

    /** The log's host: with {@code /log/<epoch>} behind it the origin of a checkpoint. */
    String host();

    @Override
    default @Nullable String enterpriseId() {
        return null;
    }

    @Override
    default Subject subject() {
        return new Subject(SubjectType.LOG, host());
    }

    /**
     * An operator opened a new epoch 新纪元, since the store did not extend what its log had published: a tree over all positions
     * from 1 under a new origin.
     *
     * @param epoch from 2; the first is opened by nobody
     * @param departed what the store departs from
     * @param reason why, in the operator's words
     */
    @EventName("LogEpochOpened")
    record LogEpochOpened(String host, int epoch, Departed departed, String reason, Instant at)
            implements TransparencyEvent {}

    /**
     * A published checkpoint that the store does not extend.
     *
     * @param origin the checkpoint's first line; empty when it could not be read
     * @param size of its tree, in events; 0 when it could not be read
     * @param root of its tree, SHA-256 in Base64; empty when it could not be read
     */
    record Departed(String origin, long size, String root) {}
}
