package io.forgewatch.query.projection;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import reactor.core.publisher.Mono;

/**
 * Whether who folds gets further. Each batch that is done is headway, also one that brings nothing new: whoever looks for his place
 * from the beginning reads for a long time. Who is at work is busy, however long it takes: the store has time-outs of its own. What
 * is left is to wait for the topic, and to try again what failed.
 */
final class Headway {

    private final LongSupplier nanos;
    private volatile long tookNanos;
    private volatile long atEndNanos;
    /** How much is at work: reading where it is may end after the first batch has begun. */
    private final AtomicInteger working = new AtomicInteger();

    private volatile boolean failing;
    private volatile boolean any;
    private volatile long reached;

    Headway() {
        this(System::nanoTime);
    }

    Headway(LongSupplier nanos) {
        this.nanos = nanos;
        this.tookNanos = nanos.getAsLong();
        this.atEndNanos = tookNanos;
    }

    /** While this goes on nobody says that nothing does. */
    <T> Mono<T> during(Mono<T> work) {
        return work.doOnSubscribe(begun -> working.incrementAndGet())
                .doOnError(failure -> failing = true)
                .doFinally(end -> working.decrementAndGet());
    }

    /** Whether it is work that failed, not reading, since a batch was done last. */
    boolean isFailing() {
        return failing;
    }

    /** It reads anew: the topic may be another one. */
    void begins() {
        reached = 0;
    }

    /**
     * A batch is done.
     *
     * @param upTo the offset behind its last record
     */
    void took(long upTo) {
        any = true;
        failing = false;
        reached = upTo;
        tookNanos = nanos.getAsLong();
    }

    /** How many records of the topic were taken or passed over; those that were in it twice are no place where a view is. */
    long reached() {
        return reached;
    }

    /** Whether a batch was done at all. */
    boolean isAny() {
        return any;
    }

    /** There is nothing more to take at the moment. */
    void isAtEnd() {
        atEndNanos = nanos.getAsLong();
    }

    /** Whether nothing came for so long, be there more of it or not. */
    boolean isSilentFor(Duration time) {
        return working.get() == 0 && since(tookNanos) >= time.toNanos();
    }

    /** Whether nothing came for so long though there was more. */
    boolean isMissingFor(Duration time) {
        return isSilentFor(time) && since(atEndNanos) >= time.toNanos();
    }

    private long since(long before) {
        return nanos.getAsLong() - before;
    }
}
