package io.forgewatch.command.gateway;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Whether Kafka counts as away, by what it answered: it does once it has not been there for a minute, and no longer once it has been
 * there for a minute. Both ways slow: one word proves nothing, and when Kafka comes back to a whole country at once, every instance
 * has that long to open its door before it is taken out of service.
 */
final class KafkaStanding {

    static final Duration PROVES = Duration.ofMinutes(1);

    private final LongSupplier nanos;

    // Guarded by this.
    private boolean heard;
    private boolean there;
    private long since;
    private boolean away;

    /** @param nanos as of {@link System#nanoTime()}; what is heard first counts from now on */
    KafkaStanding(LongSupplier nanos) {
        this.nanos = nanos;
        this.since = nanos.getAsLong();
    }

    synchronized void isThere(boolean answer) {
        settle();
        if (heard && answer != there) {
            since = nanos.getAsLong();
        }
        heard = true;
        there = answer;
    }

    synchronized boolean isAway() {
        settle();
        return away;
    }

    private void settle() {
        if (heard && nanos.getAsLong() - since >= PROVES.toNanos()) {
            away = !there;
        }
    }
}
