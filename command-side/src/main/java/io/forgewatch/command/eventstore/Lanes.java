package io.forgewatch.command.eventstore;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Schedulers;

/**
 * Work on one entity goes one after the other in this instance: it would only end in conflicts otherwise. A lane is bounded in
 * length and in time: work that is not begun by then is not begun any more, and fails with {@link EntityBusyException}.
 */
final class Lanes {

    /** More than as many repeats of one request as anybody sends by accident. */
    static final int LONGEST = 256;

    private final ConcurrentMap<String, Lane> lanes = new ConcurrentHashMap<>();
    private final Duration patience;

    /** @param patience how long work waits to be begun */
    Lanes(Duration patience) {
        this.patience = patience;
    }

    /**
     * Those that are in a lane.
     *
     * @param tail completes when the last of them has left
     */
    private record Lane(CompletableFuture<Void> tail, int length) {}

    <T> CompletableFuture<T> inTurn(String lane, Supplier<CompletableFuture<T>> work) {
        Turn<T> turn = new Turn<>(lane, work);
        Entering entering = new Entering(turn.left);
        lanes.compute(lane, (name, known) -> entering.after(known));
        if (entering.full) {
            return CompletableFuture.failedFuture(new EntityBusyException("Too much waits for " + lane));
        }
        turn.standBehind(entering.before);
        return turn.result;
    }

    /** How many have anybody in them. */
    int busy() {
        return lanes.size();
    }

    private void leave(String lane) {
        lanes.computeIfPresent(
                lane, (name, known) -> known.length() == 1 ? null : new Lane(known.tail(), known.length() - 1));
    }

    /** What was found in the map while somebody was put there. */
    private static final class Entering {

        private final CompletableFuture<Void> mine;
        private @Nullable CompletableFuture<Void> before;
        private boolean full;

        Entering(CompletableFuture<Void> mine) {
            this.mine = mine;
        }

        Lane after(@Nullable Lane known) {
            if (known == null) {
                return new Lane(mine, 1);
            }
            full = known.length() >= LONGEST;
            before = known.tail();
            return full ? known : new Lane(mine, known.length() + 1);
        }
    }

    private final class Turn<T> {

        private final String lane;
        private final Supplier<CompletableFuture<T>> work;
        private final CompletableFuture<T> result = new CompletableFuture<>();
        private final CompletableFuture<Void> left = new CompletableFuture<>();
        private final AtomicBoolean decided = new AtomicBoolean();
        private Disposable patient = Disposables.disposed();

        Turn(String lane, Supplier<CompletableFuture<T>> work) {
            this.lane = lane;
            this.work = work;
        }

        void standBehind(@Nullable CompletableFuture<Void> before) {
            if (before == null) {
                come();
                return;
            }
            patient = Schedulers.parallel().schedule(this::giveUp, patience.toMillis(), TimeUnit.MILLISECONDS);
            var _ = before.whenComplete((gone, never) -> come());
        }

        private void giveUp() {
            if (decided.compareAndSet(false, true)) {
                result.completeExceptionally(new EntityBusyException("It was not begun within " + patience));
            }
        }

        private void come() {
            patient.dispose();
            if (!decided.compareAndSet(false, true)) {
                leave();
                return;
            }
            var _ = begun(work).whenComplete((value, failure) -> {
                leave();
                if (failure == null) {
                    result.complete(value);
                } else {
                    result.completeExceptionally(failure);
                }
            });
        }

        /** The next one comes before this one's sender goes on with the answer. */
        private void leave() {
            Lanes.this.leave(lane);
            left.complete(null);
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
