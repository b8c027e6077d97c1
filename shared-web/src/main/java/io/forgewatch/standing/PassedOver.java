package io.forgewatch.standing;

import io.forgewatch.event.RecordedEvent;
import io.micrometer.core.instrument.Counter;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets what is kept in memory take events one by one: one that cannot be taken, whatever it fails with, is passed over, or it would
 * come again and again and nothing behind it ever, of any works. It is counted, logged with its position, and told in health.
 */
public final class PassedOver {

    private static final Logger LOG = LoggerFactory.getLogger(PassedOver.class);
    private static final int MOST_NAMED = 100;

    private final String name;
    private final Counter counter;

    // Guarded by this.
    private final SortedSet<Long> positions = new TreeSet<>();

    PassedOver(String name, Counter counter) {
        this.name = name;
        this.counter = counter;
    }

    String name() {
        return name;
    }

    /** Takes the event, or passes it over; never fails. */
    public void attempt(RecordedEvent recorded, Consumer<RecordedEvent> taking) {
        try {
            taking.accept(recorded);
        } catch (RuntimeException | StackOverflowError e) {
            passed(recorded, e);
        }
    }

    /** Where those are that were passed over, in order: the first hundred. */
    synchronized SortedSet<Long> positions() {
        return new TreeSet<>(positions);
    }

    /** Once for each, however often it comes. */
    private void passed(RecordedEvent recorded, Throwable failure) {
        synchronized (this) {
            if (positions.contains(recorded.position())) {
                return;
            }
            if (positions.size() < MOST_NAMED) {
                positions.add(recorded.position());
            }
        }
        counter.increment();
        LOG.error(
                "The {} at position {} can't be taken into the {} and is passed over",
                recorded.event().getClass().getSimpleName(),
                recorded.position(),
                name,
                failure);
    }
}
