package io.forgewatch.query.projection;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Which generation of each view serves and how far each is, for those who wait for a position; and what stopped them. */
public final class Progress {

    private record Place(long position, @Nullable String stopped) {}

    private final Set<String> unknown = ConcurrentHashMap.newKeySet();
    private final ConcurrentMap<String, Generation> serving = new ConcurrentHashMap<>();
    private final ConcurrentMap<Generation, Place> places = new ConcurrentHashMap<>();
    private final Sinks.Many<Long> moves = Sinks.many().multicast().directBestEffort();

    /** There is such a view; until it is known what serves it, no position is reached. */
    void expect(ViewName view) {
        if (!serving.containsKey(view.name())) {
            unknown.add(view.name());
        }
    }

    /** From now on reads of this view are answered from this generation. */
    void serve(Generation generation) {
        serving.put(generation.view().name(), generation);
        unknown.remove(generation.view().name());
        moved();
    }

    void advance(Generation generation, long position) {
        places.put(generation, new Place(position, null));
        moved();
    }

    /** It goes no further, and will not before somebody acts. */
    void stopped(Generation generation, long position, String why) {
        places.put(generation, new Place(position, why));
        moved();
    }

    void forget(Generation generation) {
        places.remove(generation);
    }

    /** What this view is read from, whatever its version; empty while that is not known yet. */
    Optional<Generation> serving(ViewName view) {
        return Optional.ofNullable(serving.get(view.name()));
    }

    /** The last position that this generation has written; 0 before its first. */
    long of(Generation generation) {
        Place place = places.get(generation);
        return place == null ? 0 : place.position();
    }

    /** Whether it was said yet how far it is. */
    public boolean isKnown(Generation generation) {
        return places.containsKey(generation);
    }

    /** Why it went no further, and will not before somebody acts. */
    Optional<String> whyStopped(Generation generation) {
        return Optional.ofNullable(places.get(generation)).map(Place::stopped);
    }

    /** The last position that is written in what this view is read from; 0 before the first. */
    public long of(ViewName view) {
        return serving(view).map(this::of).orElse(0L);
    }

    /** The position that every view has reached: what a reader can rely on. */
    public long reached() {
        return unknown.isEmpty()
                ? serving.values().stream().mapToLong(this::of).min().orElse(0)
                : 0;
    }

    /** Completes when every view is at that position or beyond; fails with {@code TimeoutException} after the time. */
    public Mono<Void> await(long position, Duration atMost) {
        if (reached() >= position) {
            return Mono.empty();
        }
        // The check after the subscription closes the gap in which a move could be missed.
        return Flux.merge(moves.asFlux(), Flux.defer(() -> Flux.just(position)))
                .filter(any -> reached() >= position)
                .next()
                .timeout(atMost)
                .then();
    }

    /** A signal whenever something moved; who is slow for it may miss some. */
    public Flux<Long> moves() {
        return moves.asFlux();
    }

    private void moved() {
        // Several projections report at once; who waits looks at the places themselves, so that a lost signal is
        // repeated.
        moves.emitNext(0L, (signal, result) -> result == Sinks.EmitResult.FAIL_NON_SERIALIZED);
    }
}
