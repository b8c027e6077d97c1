package io.forgewatch.command.detection;

import java.time.Duration;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** The signals that were received and are not acknowledged yet, and since when the oldest of them waits. */
final class HeldSignals {

    private final Scheduler time;
    private final AtomicLong numbers = new AtomicLong();
    private final ConcurrentSkipListMap<Long, Long> since = new ConcurrentSkipListMap<>();

    /** @param time by which their age is told */
    HeldSignals(Scheduler time) {
        this.time = time;
    }

    /** What is done about one: it is held until that ends, however it does. */
    <T> Publisher<T> during(Mono<T> handling) {
        return Mono.defer(() -> {
            long number = numbers.incrementAndGet();
            since.put(number, now());
            return handling.doFinally(end -> since.remove(number));
        });
    }

    /** How long the oldest has been held; zero where none is. */
    Duration oldest() {
        var first = since.firstEntry();
        return first == null ? Duration.ZERO : Duration.ofMillis(Math.max(0, now() - first.getValue()));
    }

    private long now() {
        return time.now(TimeUnit.MILLISECONDS);
    }
}
