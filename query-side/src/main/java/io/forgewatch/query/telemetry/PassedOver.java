package io.forgewatch.query.telemetry;

import io.micrometer.core.instrument.Counter;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was kept of one works' live readings and cannot be read is passed over, counted and named: the next document is another
 * works'. Its own readings begin with its next frame.
 */
final class PassedOver {

    private static final Logger LOG = LoggerFactory.getLogger(PassedOver.class);

    private final Counter unreadable;

    PassedOver(Counter unreadable) {
        this.unreadable = unreadable;
    }

    /**
     * @param id of the document
     * @return empty where it cannot be read
     */
    <T> Optional<T> read(@Nullable Object id, Supplier<T> reading) {
        try {
            return Optional.of(reading.get());
        } catch (RuntimeException cannot) {
            unreadable.increment();
            LOG.error("What was kept of the live readings of {} cannot be read and is passed over", id, cannot);
            return Optional.empty();
        }
    }
}
