package io.forgewatch.command.bulkhead;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.scheduler.Scheduler;

/**
 * Lets work run in order for each owner, an enterprise mostly, and beside that of all others. Of one owner at most one piece runs
 * at once, so a works in a storm holds one place; free places go round among the owners that have work waiting. What waits is
 * bounded for each owner and for all together; what is assured to each is not taken by others.
 */
public final class Bulkhead {

    private final Limits limits;
    private final Scheduler starts;
    private final AtomicInteger draining = new AtomicInteger();

    // Guarded by this.
    private final Map<String, Lane> lanes = new HashMap<>();
    private final Deque<Lane> ready = new ArrayDeque<>();
    private int running;
    private int waiting;

    /** @param starts where work is begun, so that none waits for what another does before its first signal */
    public Bulkhead(Limits limits, Scheduler starts) {
        this.limits = limits;
        this.starts = starts;
    }

    /**
     * The work, begun when it is its owner's turn: in the order in which this is subscribed to. Fails with {@link FullException},
     * at once, where too much waits already. The turn ends as the work does, or when it is cancelled: work that never ends holds up
     * its owner, so it should have a limit.
     */
    public <T> Mono<T> inTurn(String owner, Mono<T> work) {
        return Mono.create(sink -> {
            Turn turn = new Turn(
                    owner,
                    sink,
                    subscriber -> work.contextWrite(sink.contextView())
                            .subscribe(subscriber::success, subscriber::error, subscriber::success));
            if (!admitted(turn)) {
                sink.error(new FullException(owner));
                return;
            }
            sink.onDispose(() -> ended(turn));
            drain();
        });
    }

    /** How many wait, of all owners. */
    public synchronized int waiting() {
        return waiting;
    }

    /** How many run. */
    public synchronized int running() {
        return running;
    }

    private static final class Lane {
        private final Deque<Turn> waiting = new ArrayDeque<>();
        private @Nullable Turn running;
    }

    private final class Turn {

        private final String owner;
        private final Runnable begin;
        private final Disposable.Swap work = Disposables.swap();

        <T> Turn(String owner, MonoSink<T> sink, Function<MonoSink<T>, Disposable> subscribe) {
            this.owner = owner;
            this.begin = () -> work.update(subscribe.apply(sink));
        }

        void begin() {
            if (!work.isDisposed()) {
                begin.run();
            }
        }
    }

    private synchronized boolean admitted(Turn turn) {
        Lane lane = lanes.get(turn.owner);
        if (lane == null) {
            lane = new Lane();
            lanes.put(turn.owner, lane);
            ready.add(lane);
        } else if (!limits.admit(waiting, lane.waiting.size())) {
            return false;
        }
        lane.waiting.add(turn);
        waiting++;
        return true;
    }

    /** Not in one another's stack, however many end at once. */
    private void drain() {
        if (draining.getAndIncrement() != 0) {
            return;
        }
        int missed = 1;
        do {
            for (Turn next = next(); next != null; next = next()) {
                starts.schedule(next::begin);
            }
            missed = draining.addAndGet(-missed);
        } while (missed != 0);
    }

    private synchronized @Nullable Turn next() {
        if (running >= limits.atOnce()) {
            return null;
        }
        Lane lane = ready.poll();
        if (lane == null) {
            return null;
        }
        Turn turn = lane.waiting.remove();
        lane.running = turn;
        waiting--;
        running++;
        return turn;
    }

    private void ended(Turn turn) {
        turn.work.dispose();
        leave(turn);
        drain();
    }

    private synchronized void leave(Turn turn) {
        Lane lane = lanes.get(turn.owner);
        if (lane == null) {
            return;
        }
        if (turn.equals(lane.running)) {
            lane.running = null;
            running--;
            if (!lane.waiting.isEmpty()) {
                ready.add(lane);
            }
        } else if (lane.waiting.remove(turn)) {
            waiting--;
            if (lane.running == null && lane.waiting.isEmpty()) {
                ready.remove(lane);
            }
        }
        if (lane.running == null && lane.waiting.isEmpty()) {
            lanes.remove(turn.owner);
        }
    }
}
