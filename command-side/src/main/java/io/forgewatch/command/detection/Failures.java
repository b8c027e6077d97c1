package io.forgewatch.command.detection;

import io.forgewatch.command.detection.Unjudged.Matter;
import io.forgewatch.command.detection.Unjudged.Step;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What can't be evaluated of one partition. One point, device or works that fails, with whatever it does, must not cost any other:
 * it is passed over, counted, logged at most once a minute, and told in health until it goes well again or the partition goes to
 * another instance. Used by the partition's thread.
 */
final class Failures {

    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);
    private static final long LOGGED_EVERY_MILLIS = 60_000;

    private final DetectionMetrics metrics;
    private final Unjudged unjudged;
    private final LongSupplier clock;
    private final Supplier<String> place;
    /** When each was logged last. */
    private final Map<Matter, Long> matters = new HashMap<>();

    /**
     * Of a partition that has just been taken over.
     *
     * @param clock now, in epoch milliseconds
     * @param place where in the partition we are, for the log
     */
    Failures(DetectionMetrics metrics, Unjudged unjudged, LongSupplier clock, Supplier<String> place) {
        this.metrics = metrics;
        this.unjudged = unjudged;
        this.clock = clock;
        this.place = place;
    }

    /** Does it, or passes it over; whether it went well. */
    boolean attempt(Step step, String subject, @Nullable String indicator, Runnable work) {
        try {
            work.run();
        } catch (KafkaException e) {
            // Streams' own: it knows what to do with the whole task.
            throw e;
        } catch (RuntimeException | StackOverflowError e) {
            failed(step, subject, indicator, e);
            return false;
        }
        well(step, subject, indicator);
        return true;
    }

    void failed(Step step, String subject, @Nullable String indicator, Throwable failure) {
        metrics.broken();
        Matter matter = new Matter(step, subject, indicator);
        long now = clock.getAsLong();
        Long before = matters.get(matter);
        if (before == null) {
            unjudged.began(matter, Instant.ofEpochMilli(now));
        }
        if (before == null || now - before >= LOGGED_EVERY_MILLIS) {
            matters.put(matter, now);
            LOG.error("{} can't be evaluated at {} ({}) and is passed over", matter.name(), place.get(), step, failure);
        }
    }

    void well(Step step, String subject, @Nullable String indicator) {
        if (!matters.isEmpty()) {
            forget(new Matter(step, subject, indicator));
        }
    }

    /** Another version of a device is judged anew. */
    void forget(String subject) {
        matters.keySet().stream()
                .filter(matter -> matter.subject().equals(subject))
                .toList()
                .forEach(this::forget);
    }

    /** The partition is judged here no more. */
    void forgetAll() {
        matters.keySet().forEach(unjudged::ended);
        matters.clear();
    }

    private void forget(Matter matter) {
        if (matters.remove(matter) != null) {
            unjudged.ended(matter);
        }
    }
}
