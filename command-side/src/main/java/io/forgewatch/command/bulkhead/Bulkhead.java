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
 * bounded for each owner and for all together; what is assured to each is not taken by others. Owners may be of one group, such as
 * the automations' orders of one works: of those a few run at once, and the others of it wait in nobody's way.
 */
public final class Bulkhead {

    private final Limits limits;
    private final Scheduler starts;
    private final AtomicInteger draining = new AtomicInteger();

    // Guarded by this.
    private final Map<String, Lane> lanes = new HashMap<>();
    private final Deque<Lane> ready = new ArrayDeque<>();
    private final Map<String, Group> groups = new HashMap<>();
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
        return inTurn(owner, owner, work);
    }

    /**
     * The same for one of several owners of a group.
     *
     * @param group always the same for an owner
     */
    public <T> Mono<T> inTurn(String group, String owner, Mono<T> work) {
        return Mono.create(sink -> {
            Turn turn = new Turn(
                    group,
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
        private final String group;
        private final Deque<Turn> waiting = new ArrayDeque<>();
        private @Nullable Turn running;

        Lane(String group) {
            this.group = group;
        }
    }

    /** Of which something runs. */
    private static final class Group {
        private final Deque<Lane> held = new ArrayDeque<>();
        private int running;
    }

    private final class Turn {

        private final String group;
        private final String owner;
        private final Runnable begin;
        private final Disposable.Swap work = Disposables.swap();

        <T> Turn(String group, String owner, MonoSink<T> sink, Function<MonoSink<T>, Disposable> subscribe) {
            this.group = group;
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
            lane = new Lane(turn.group);
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
        Lane lane = free();
        if (lane == null) {
            return null;
        }
        Turn turn = lane.waiting.remove();
        lane.running = turn;
        waiting--;
        running++;
        return turn;
    }

    /** The first one of whose group not enough run; the others are held until one of their group ends. */
    private @Nullable Lane free() {
        for (Lane lane = ready.poll(); lane != null; lane = ready.poll()) {
            Group group = groups.computeIfAbsent(lane.group, any -> new Group());
            if (group.running < limits.ofGroup()) {
                group.running++;
                return lane;
            }
            group.held.add(lane);
        }
        return null;
    }

    private void endedOf(String name) {
        Group group = groups.get(name);
        if (group != null) {
            group.running--;
            freed(name, group);
        }
    }

    /** There is a place for one that was held. */
    private void freed(String name, Group group) {
        Lane held = group.held.poll();
        if (held != null) {
            ready.add(held);
        } else if (group.running == 0) {
            groups.remove(name);
        }
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
            endedOf(lane.group);
            if (!lane.waiting.isEmpty()) {
                ready.add(lane);
            }
        } else if (lane.waiting.remove(turn)) {
            waiting--;
            if (lane.running == null && lane.waiting.isEmpty()) {
                forget(lane);
            }
        }
        if (lane.running == null && lane.waiting.isEmpty()) {
            lanes.remove(turn.owner);
        }
    }

    private void forget(Lane lane) {
        Group group = groups.get(lane.group);
        boolean wasReady = ready.remove(lane);
        if (group == null) {
            return;
        }
        if (wasReady) {
            freed(lane.group, group);
        } else {
            group.held.remove(lane);
        }
    }
}
