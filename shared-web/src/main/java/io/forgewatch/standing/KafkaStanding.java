package io.forgewatch.standing;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Whether Kafka counts as away, by what was heard of it: it does once it has not been there for a minute, and no longer once it has
 * been there for a minute. Both ways slow: one word proves nothing, and when Kafka comes back to a whole country at once, every
 * instance has that long to reach it before it is taken out of service. A Kafka that another instance reaches is there, whatever this
 * one hears of it: an address that nobody has sounds like a Kafka that is away.
 */
public final class KafkaStanding {

    public static final Duration PROVES = Duration.ofMinutes(1);

    /** What was heard of it. */
    public enum Heard {
        THERE,
        THERE_FOR_OTHERS,
        AWAY
    }

    private final LongSupplier nanos;

    // Guarded by this.
    private boolean heard;
    private Heard last = Heard.THERE;
    private long since;
    private boolean away;

    /** @param nanos as of {@link System#nanoTime()}; what is heard first counts from now on */
    public KafkaStanding(LongSupplier nanos) {
        this.nanos = nanos;
        this.since = nanos.getAsLong();
    }

    /** @return whether it is other news than before */
    public synchronized boolean is(Heard now) {
        settle();
        boolean news = !heard || now != last;
        if (heard && (now == Heard.AWAY) != (last == Heard.AWAY)) {
            since = nanos.getAsLong();
        }
        heard = true;
        last = now;
        return news;
    }

    public synchronized boolean isAway() {
        settle();
        return away;
    }

    /** Whether others reach it and this instance does not, by what was heard last. */
    public synchronized boolean isThereForOthers() {
        return last == Heard.THERE_FOR_OTHERS;
    }

    private void settle() {
        if (heard && nanos.getAsLong() - since >= PROVES.toNanos()) {
            away = last == Heard.AWAY;
        }
    }
}
