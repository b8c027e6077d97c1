package io.forgewatch.command.eventstore;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Schedulers;

/**
 * Work on one entity goes one after the other in this instance: it would only end in conflicts otherwise. A lane is bounded in
 * length and in time: work that is not begun by then is not begun any more, and fails with {@link EntityBusyException}. What goes on
 * by itself goes ahead of what people wait for, who have half of a lane at most: however much they send to one alarm, what is
 * detected of it finds room and waits for one of them.
 */
final class Lanes {

    /** More than as many repeats of one request as anybody sends by accident. */
    static final int LONGEST = 256;

    static final int MOST_OF_PEOPLE = LONGEST / 2;

    private final ConcurrentMap<String, Lane> lanes = new ConcurrentHashMap<>();
    private final Duration patience;

    /** @param patience how long work waits to be begun */
    Lanes(Duration patience) {
        this.patience = patience;
    }

    /** Who waits while somebody is under way. Only touched where the map computes it. */
    private static final class Lane {

        private final Deque<Turn<?>> ahead = new ArrayDeque<>();
        private final Deque<Turn<?>> people = new ArrayDeque<>();

        boolean take(Turn<?> turn) {
            // One is under way, whosever.
            if (1 + ahead.size() + people.size() >= LONGEST
                    || (turn.isOfPeople && 1 + people.size() >= MOST_OF_PEOPLE)) {
                return false;
            }
            return (turn.isOfPeople ? people : ahead).add(turn);
        }

        boolean remove(Turn<?> turn) {
            return (turn.isOfPeople ? people : ahead).remove(turn);
        }

        @Nullable
        Turn<?> next() {
            return ahead.isEmpty() ? people.poll() : ahead.poll();
        }
    }

    private enum Entry {
        AT_ONCE,
        WAITING,
        REFUSED
    }

    /** @param whose what goes on by itself, or people's */
    <T> CompletableFuture<T> inTurn(String lane, Work whose, Supplier<CompletableFuture<T>> work) {
        Turn<T> turn = new Turn<>(lane, whose == Work.PEOPLE, work);
        switch (enter(turn)) {
            case AT_ONCE -> turn.come();
            case WAITING -> {}
            case REFUSED -> turn.result.completeExceptionally(new EntityBusyException("Too much waits for " + lane));
        }
        return turn.result;
    }

    /** How many have anybody in them. */
    int busy() {
        return lanes.size();
    }

    private Entry enter(Turn<?> turn) {
        AtomicReference<Entry> entry = new AtomicReference<>(Entry.AT_ONCE);
        lanes.compute(turn.lane, (name, known) -> {
            if (known == null) {
                return new Lane();
            }
            boolean taken = known.take(turn);
            if (taken) {
                // Before anybody can call it.
                turn.waitPatiently();
            }
            entry.set(taken ? Entry.WAITING : Entry.REFUSED);
            return known;
        });
        return entry.get();
    }

    /** Whether it waited still. */
    private boolean removed(Turn<?> turn) {
        AtomicReference<Boolean> removed = new AtomicReference<>(false);
        lanes.computeIfPresent(turn.lane, (name, known) -> {
            removed.set(known.remove(turn));
            return known;
        });
        return removed.get();
    }

    private void leave(String lane) {
        AtomicReference<@Nullable Turn<?>> next = new AtomicReference<>();
        lanes.computeIfPresent(lane, (name, known) -> {
            next.set(known.next());
            return next.get() == null ? null : known;
        });
        Turn<?> called = next.get();
        if (called != null) {
            called.come();
        }
    }

    private final class Turn<T> {

        private final String lane;
        private final boolean isOfPeople;
        private final Supplier<CompletableFuture<T>> work;
        private final CompletableFuture<T> result = new CompletableFuture<>();
        private Disposable patient = Disposables.disposed();

        Turn(String lane, boolean isOfPeople, Supplier<CompletableFuture<T>> work) {
            this.lane = lane;
            this.isOfPeople = isOfPeople;
            this.work = work;
        }

        void waitPatiently() {
            patient = Schedulers.parallel().schedule(this::giveUp, patience.toMillis(), TimeUnit.MILLISECONDS);
        }

        private void giveUp() {
            if (removed(this)) {
                result.completeExceptionally(new EntityBusyException("It was not begun within " + patience));
            }
        }

        /** By whoever took it out of its lane, so once. */
        void come() {
            patient.dispose();
            var _ = begun(work).whenComplete((value, failure) -> {
                // The next one comes before this one's sender goes on with the answer.
                leave(lane);
                if (failure == null) {
                    result.complete(value);
                } else {
                    result.completeExceptionally(failure);
                }
            });
        }
    }

    /** What fails at once must leave the lane like what fails later. */
    private static <T> CompletableFuture<T> begun(Supplier<CompletableFuture<T>> work) {
        try {
            return work.get();
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }
}
