package io.forgewatch.command.detection;

import io.forgewatch.command.parking.ParkedSignals;
import io.forgewatch.command.parking.ParkedSignals.Subject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * What the signals are about that are parked, by any instance, as far as is known here. A look reads what was parked since the last
 * one; all of it is read only now and then, page by page, to forget what others have done. Neither has to be exact: a signal whose
 * subject is not known here is tried, and one whose subject is parked no longer is kept and due at once.
 */
final class KnownSubjects {

    /** Between two readings of all that is parked. */
    static final Duration ALL_EVERY = Duration.ofSeconds(30);

    static final int PAGE = 4_096;
    /** More are not known: their signals are tried. */
    static final int MOST = 32 * PAGE;

    private final ParkedSignals parked;
    private final Scheduler time;
    /** In which reading of all of them each was last seen, or was added while it went on. */
    private final Map<String, Long> known = new ConcurrentHashMap<>();

    // Only of the looks, of which there is one at a time.
    private @Nullable UUID newest;
    private long allReadAt;
    private volatile long reading;

    /** @param time by which all are read again */
    KnownSubjects(ParkedSignals parked, Scheduler time) {
        this.parked = parked;
        this.time = time;
    }

    boolean has(String subject) {
        return known.containsKey(subject);
    }

    boolean isEmpty() {
        return known.isEmpty();
    }

    void add(String subject) {
        if (known.replace(subject, reading) == null && known.size() < MOST) {
            known.put(subject, reading);
        }
    }

    void forget(String subject) {
        known.remove(subject);
    }

    /** Reads what is new, or all; one after another. */
    Mono<Void> look() {
        return Mono.defer(() -> {
            long now = time.now(TimeUnit.MILLISECONDS);
            if (reading > 0 && now - allReadAt < ALL_EVERY.toMillis()) {
                return readNew();
            }
            allReadAt = now;
            return readNew().then(readAll());
        });
    }

    private Mono<Void> readNew() {
        return Mono.defer(() -> parked.newer(newest, PAGE).collectList())
                .doOnNext(this::take)
                .repeat(MOST / PAGE)
                .takeUntil(page -> page.size() < PAGE)
                .then();
    }

    private void take(List<Subject> page) {
        page.forEach(one -> add(one.subject()));
        if (!page.isEmpty()) {
            newest = page.getLast().last();
        }
    }

    private Mono<Void> readAll() {
        return Mono.defer(() -> {
            long mine = reading + 1;
            reading = mine;
            AtomicReference<String> last = new AtomicReference<>("");
            return Mono.defer(() -> parked.subjects(last.get(), PAGE).collectList())
                    .doOnNext(page -> {
                        page.forEach(this::add);
                        last.set(page.isEmpty() ? last.get() : page.getLast());
                    })
                    .repeat(MOST / PAGE)
                    .takeUntil(page -> page.size() < PAGE)
                    .then(Mono.fromRunnable(() -> known.values().removeIf(seen -> seen < mine)));
        });
    }
}
