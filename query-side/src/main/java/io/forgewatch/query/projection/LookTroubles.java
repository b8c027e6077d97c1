package io.forgewatch.query.projection;

import io.forgewatch.web.TroubleLog;
import java.util.function.LongSupplier;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What keeps views from being looked at, in one line a kind and minute for all of them: a view that nobody can read yet is looked
 * at ten times a second.
 */
final class LookTroubles {

    private static final Logger LOG = LoggerFactory.getLogger(LookTroubles.class);

    private final TroubleLog troubles;

    /** @param nanos a clock such as {@link System#nanoTime} */
    LookTroubles(LongSupplier nanos) {
        this.troubles = new TroubleLog(nanos);
    }

    void met(ViewName view, Throwable failure) {
        Long times = troubles.told(failure.getClass().getName());
        if (times == null) {
            return;
        }
        // Both sides may start at once: the command side makes the topic, and nothing is wrong while it has only begun
        // to.
        if (times == 1 && failure instanceof UnknownTopicOrPartitionException) {
            LOG.info("The topic of events is not there yet: the command side makes it when it starts");
        } else {
            LOG.warn(
                    "Which generations views have cannot be told, {} looks failed so, the last of {}",
                    times,
                    view,
                    failure);
        }
    }
}
