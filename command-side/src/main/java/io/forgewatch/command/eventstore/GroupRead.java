package io.forgewatch.command.eventstore;

import io.forgewatch.command.eventstore.LogLeaves.LoggedEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * Reads single events in groups: the first is asked for at once, those that are wanted meanwhile are asked for together
 * afterwards. A question costs the driver and the pool far more than a row of its answer. What waits is bounded by the requests
 * that are served, one each.
 */
final class GroupRead {

    /** At most so many share a question. */
    static final int LARGEST_GROUP = 128;

    private final Function<List<Long>, Flux<LoggedEvent>> read;
    private final Queue<Wanted> waiting = new ConcurrentLinkedQueue<>();
    // Guarded by this.
    private boolean underWay;

    private record Wanted(long position, MonoSink<LoggedEvent> sink) {}

    /** @param read the events at some positions, in any order, without those that are not there */
    GroupRead(Function<List<Long>, Flux<LoggedEvent>> read) {
        this.read = read;
    }

    /** The event at a position; empty when there is none. */
    Mono<LoggedEvent> event(long position) {
        return Mono.create(sink -> {
            waiting.add(new Wanted(position, sink));
            readNext();
        });
    }

    private void readNext() {
        List<Wanted> group = begun();
        if (!group.isEmpty()) {
            Flux.defer(() -> read.apply(
                            group.stream().map(Wanted::position).distinct().toList()))
                    .collectMap(LoggedEvent::position)
                    .subscribe(found -> ended(() -> tell(group, found)), failure -> ended(() -> fail(group, failure)));
        }
    }

    private synchronized List<Wanted> begun() {
        if (underWay) {
            return List.of();
        }
        List<Wanted> group = new ArrayList<>();
        while (group.size() < LARGEST_GROUP && !waiting.isEmpty()) {
            group.add(waiting.remove());
        }
        underWay = !group.isEmpty();
        return group;
    }

    /** The next group is on its way before this one's callers go on with what they got. */
    private void ended(Runnable telling) {
        synchronized (this) {
            underWay = false;
        }
        readNext();
        telling.run();
    }

    private static void tell(List<Wanted> group, Map<Long, LoggedEvent> found) {
        group.forEach(wanted -> wanted.sink().success(found.get(wanted.position())));
    }

    private static void fail(List<Wanted> group, Throwable failure) {
        group.forEach(wanted -> wanted.sink().error(failure));
    }
}
