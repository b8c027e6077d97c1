package io.forgewatch.command.eventstore;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;

/**
 * The newest events in memory, in store order, for all who follow the store live; whoever is further behind reads the database.
 * Own appends arrive here as they are committed; those of other instances, and what was missed, are read after.
 */
public final class RecentEvents {

    private static final Logger LOG = LoggerFactory.getLogger(RecentEvents.class);

    private final EventRows rows;
    private final Consumer<StoreWentBackException> wentBack;
    private final StoredEvent[] ring;
    private final AtomicBoolean reading = new AtomicBoolean();
    private final Mono<Void> started;

    // Guarded by this: the ring holds positions oldest to head; head + 1 = oldest when it is empty.
    private long head;
    private long oldest = 1;
    private long known;
    private @Nullable UUID last;
    private boolean expecting;
    private CompletableFuture<Void> moved = new CompletableFuture<>();

    /** @param wentBack told, whenever it is found, that the store no longer has what was told here (ADR 22) */
    RecentEvents(EventRows rows, int capacity, Consumer<StoreWentBackException> wentBack) {
        this.rows = rows;
        this.wentBack = wentBack;
        this.ring = new StoredEvent[capacity];
        this.started = rows.newest()
                .doOnNext(this::startAt)
                .then()
                .retryWhen(Retry.backoff(Long.MAX_VALUE, Duration.ofMillis(100)).maxBackoff(Duration.ofSeconds(5)))
                .cache();
    }

    /** Begins, at first use, at the store's head as it is then. */
    public Mono<Void> started() {
        return started;
    }

    private synchronized void startAt(EventRows.Place newest) {
        head = newest.position();
        oldest = head + 1;
        known = Math.max(known, head);
        last = newest.id();
    }

    /** The last event that this instance has seen. */
    synchronized EventRows.Place newest() {
        return new EventRows.Place(head, last);
    }

    /** Whether this instance is appending: what is heard of meanwhile are probably its own events. */
    synchronized void expecting(boolean appending) {
        expecting = appending;
    }

    /** This instance appended events after {@code base}; anything between the head and base came from another instance. */
    void appended(long base, List<StoredEvent> events) {
        CompletableFuture<Void> change = null;
        boolean isBehind;
        synchronized (this) {
            if (base != head) {
                known = Math.max(known, base + events.size());
            } else if (!events.isEmpty()) {
                events.forEach(this::add);
                change = moved();
            }
            isBehind = behind();
        }
        tell(change);
        if (isBehind) {
            readAfter();
        }
    }

    /** An append was announced; our own need not be read, and the answer that tells of them is a moment away. */
    void heardOf(long position) {
        synchronized (this) {
            known = Math.max(known, position);
            if (known <= head || expecting) {
                return;
            }
        }
        readAfter();
    }

    /** The store's head is said to be there: reads after what is missing. */
    void mayHaveMoved(long position) {
        synchronized (this) {
            known = Math.max(known, position);
            if (known <= head) {
                return;
            }
        }
        readAfter();
    }

    public synchronized long head() {
        return head;
    }

    /** Events after a position, or null when the ring no longer reaches back so far. */
    synchronized @Nullable List<StoredEvent> after(long position, int limit) {
        if (position + 1 < oldest) {
            return null;
        }
        int count = (int) Math.clamp(head - position, 0, limit);
        List<StoredEvent> events = new ArrayList<>(count);
        for (long next = position + 1; next <= position + count; next++) {
            events.add(ring[(int) (next % ring.length)]);
        }
        return events;
    }

    /**
     * The matching events after a position up to the head, or null when there are more than {@code reach} to look at or the
     * ring doesn't reach back.
     */
    @Nullable
    Since since(long position, EventCriteria criteria, int reach) {
        List<StoredEvent> events;
        synchronized (this) {
            if (head - position > reach) {
                return null;
            }
            events = after(position, reach);
        }
        if (events == null) {
            return null;
        }
        return new Since(
                events.isEmpty() ? position : events.getLast().position(),
                events.stream().filter(event -> event.matches(criteria)).toList());
    }

    /** @param upTo the position up to which nothing else matches */
    record Since(long upTo, List<StoredEvent> events) {}

    /** All events after a position, in order; goes on for ever. */
    public Flux<StoredEvent> follow(long position) {
        return followInBatches(position).concatMapIterable(events -> events, 1);
    }

    /** The same in the batches in which they come: one at a time when little happens. */
    Flux<List<StoredEvent>> followInBatches(long position) {
        return started.thenMany(
                        batch(position).expand(events -> batch(events.getLast().position())))
                // The next one is read while this one is worked on, and not by the thread that reads.
                .publishOn(Schedulers.parallel(), 2);
    }

    private Mono<List<StoredEvent>> batch(long position) {
        return Mono.defer(() -> {
            CompletableFuture<Void> change;
            List<StoredEvent> events;
            synchronized (this) {
                change = moved;
                events = after(position, EventRows.PAGE);
            }
            if (events == null) {
                return rows.after(position)
                        .collectList()
                        .flatMap(page -> page.isEmpty() ? batch(position) : Mono.just(page));
            }
            return events.isEmpty() ? Mono.fromFuture(change, true).then(batch(position)) : Mono.just(events);
        });
    }

    private void readAfter() {
        if (reading.compareAndSet(false, true)) {
            EventRows.Place told = newest();
            rows.from(told.position())
                    .collectList()
                    .subscribe(
                            events -> {
                                boolean progress = follows(told, events) && take(events);
                                reading.set(false);
                                if (progress && behind()) {
                                    readAfter();
                                }
                            },
                            failure -> {
                                reading.set(false);
                                // The next notification or the poll a second later tries again.
                                LOG.warn("New events could not be read: {}", String.valueOf(failure.getMessage()));
                            });
        }
    }

    /**
     * Whether they come after the last one that was told here, as the one in its place says: else they are of another history, and
     * whoever is told of them has seen events that no longer exist.
     */
    private boolean follows(EventRows.Place told, List<StoredEvent> events) {
        if (told.id() == null) {
            return true;
        }
        StoredEvent first = events.isEmpty() ? null : events.getFirst();
        if (first != null && first.position() == told.position() && first.id().equals(told.id())) {
            return true;
        }
        wentBack.accept(StoreWentBackException.without(told));
        return false;
    }

    private synchronized boolean behind() {
        return known > head;
    }

    private boolean take(List<StoredEvent> events) {
        CompletableFuture<Void> change = null;
        synchronized (this) {
            long before = head;
            for (StoredEvent event : events) {
                if (event.position() == head + 1) {
                    add(event);
                }
            }
            if (head > before) {
                change = moved();
            }
        }
        tell(change);
        return change != null;
    }

    private void add(StoredEvent event) {
        head = event.position();
        known = Math.max(known, head);
        last = event.id();
        ring[(int) (head % ring.length)] = event;
        oldest = Math.max(oldest, head - ring.length + 1);
    }

    private CompletableFuture<Void> moved() {
        CompletableFuture<Void> change = moved;
        moved = new CompletableFuture<>();
        return change;
    }

    /** Who waits is handed the rest on a thread of its own; here nothing is done but that. */
    private static void tell(@Nullable CompletableFuture<Void> change) {
        if (change != null) {
            change.complete(null);
        }
    }
}
