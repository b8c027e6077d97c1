package io.forgewatch.command.detection;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * The signals that were received and are not acknowledged yet, of which works, and since when the oldest of them waits. Each works has
 * a share of the room: while the store is away nothing leaves it, and a works in a storm would have all of it within minutes.
 */
final class HeldSignals {

    /** More than all that is open in the worst of storms; what is said again in the meantime counts as well. */
    static final int MOST_OF_ONE = 2_048;
    /** A few of each works that there is, whatever all others have. */
    static final int ASSURED = 4;

    private final int most;
    private final Scheduler time;
    private final AtomicLong numbers = new AtomicLong();
    private final AtomicInteger all = new AtomicInteger();
    private final Map<String, Integer> ofWorks = new ConcurrentHashMap<>();
    private final ConcurrentSkipListMap<Long, Long> since = new ConcurrentSkipListMap<>();

    /**
     * @param most how many are held, what is assured to each works not counted
     * @param time by which their age is told
     */
    HeldSignals(int most, Scheduler time) {
        this.most = most;
        this.time = time;
    }

    /** Whether one more of a works may be held; asked for one after another. */
    boolean hasRoomFor(String works) {
        int mine = ofWorks.getOrDefault(works, 0);
        return mine < ASSURED || (mine < MOST_OF_ONE && all.get() < most);
    }

    /** What is done about one: it is held until that ends, however it does. */
    <T> Mono<T> during(String works, Mono<T> handling) {
        return Mono.defer(() -> {
            long number = numbers.incrementAndGet();
            since.put(number, now());
            all.incrementAndGet();
            ofWorks.merge(works, 1, Integer::sum);
            return handling.doFinally(end -> {
                since.remove(number);
                all.decrementAndGet();
                ofWorks.computeIfPresent(works, (same, count) -> count == 1 ? null : count - 1);
            });
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
