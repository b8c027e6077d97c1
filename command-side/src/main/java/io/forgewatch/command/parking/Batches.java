package io.forgewatch.command.parking;

import io.r2dbc.spi.R2dbcException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * Has one write under way, and what comes meanwhile goes together in the next: so it needs one connection, however much there is. Works
 * take turns, so that one of whom thousands wait keeps nobody else's out of the next batch. What waits is bounded by those who wait.
 *
 * @param <T> what is written
 */
final class Batches<T> {

    private static final int MOST = 256;
    /** Beginnings of SQLSTATE: what one of them is refused with for what is in it. */
    private static final List<String> OF_DATA = List.of("22", "23");

    private final Function<T, String> owner;
    private final Function<T, Object> key;
    private final Function<List<T>, Mono<Void>> write;

    // Guarded by this.
    private final Map<String, Deque<Waiting<T>>> lanes = new LinkedHashMap<>();
    private boolean underWay;

    private record Waiting<T>(T what, MonoSink<Void> sink) {}

    /**
     * @param owner whose turn it is
     * @param key of two with the same one the later goes in a later batch
     * @param write always ends
     */
    Batches(Function<T, String> owner, Function<T, Object> key, Function<List<T>, Mono<Void>> write) {
        this.owner = owner;
        this.key = key;
        this.write = write;
    }

    /** Completes when it is written. */
    Mono<Void> written(T what) {
        return Mono.create(sink -> {
            Waiting<T> waiting = new Waiting<>(what, sink);
            add(waiting);
            sink.onCancel(() -> remove(waiting));
            writeNext();
        });
    }

    private synchronized void add(Waiting<T> waiting) {
        lanes.computeIfAbsent(owner.apply(waiting.what()), any -> new ArrayDeque<>())
                .add(waiting);
    }

    private synchronized void remove(Waiting<T> waiting) {
        lanes.computeIfPresent(owner.apply(waiting.what()), (same, lane) -> {
            lane.remove(waiting);
            return lane.isEmpty() ? null : lane;
        });
    }

    private void writeNext() {
        List<Waiting<T>> batch = begun();
        if (!batch.isEmpty()) {
            written(batch).subscribe(nothing -> {}, failure -> ended(batch, failure), () -> ended(batch, null));
        }
    }

    private synchronized List<Waiting<T>> begun() {
        if (underWay) {
            return List.of();
        }
        List<Waiting<T>> batch = taken();
        underWay = !batch.isEmpty();
        return batch;
    }

    /** One of each in turn; whoever was served goes behind the others. */
    private List<Waiting<T>> taken() {
        List<Waiting<T>> batch = new ArrayList<>();
        Set<Object> keys = new HashSet<>();
        Deque<String> turns = new ArrayDeque<>(lanes.keySet());
        while (batch.size() < MOST && !turns.isEmpty()) {
            String next = turns.remove();
            Deque<Waiting<T>> lane = lanes.remove(next);
            Waiting<T> first = lane == null ? null : lane.peek();
            if (lane == null || first == null) {
                continue;
            }
            if (keys.add(key.apply(first.what()))) {
                batch.add(lane.remove());
                turns.add(next);
            }
            if (!lane.isEmpty()) {
                lanes.put(next, lane);
            }
        }
        return batch;
    }

    /** Where one is refused for what is in it, each goes alone: the others are written. */
    private Mono<Void> written(List<Waiting<T>> batch) {
        return write(batch)
                .onErrorResume(
                        failure -> batch.size() > 1 && isOfData(failure),
                        refused -> Flux.fromIterable(batch)
                                .concatMap(one -> write(List.of(one))
                                        .doOnError(one.sink()::error)
                                        .onErrorComplete())
                                .then());
    }

    private Mono<Void> write(List<Waiting<T>> batch) {
        return Mono.defer(() -> write.apply(batch.stream().map(Waiting::what).toList()));
    }

    private static boolean isOfData(Throwable failure) {
        return failure instanceof R2dbcException refused
                && refused.getSqlState() != null
                && OF_DATA.stream().anyMatch(refused.getSqlState()::startsWith);
    }

    private void ended(List<Waiting<T>> batch, @Nullable Throwable failure) {
        synchronized (this) {
            underWay = false;
        }
        writeNext();
        // Who was told already is told nothing more by this.
        batch.forEach(one -> {
            if (failure == null) {
                one.sink().success();
            } else {
                one.sink().error(failure);
            }
        });
    }
}
