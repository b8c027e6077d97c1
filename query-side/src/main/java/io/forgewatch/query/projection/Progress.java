package io.forgewatch.query.projection;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** How far each projection is, for those who wait for a position, and what stopped it, for the health page. */
public final class Progress {

    private record Place(long position, @Nullable String stopped) {}

    private final ConcurrentMap<ViewName, Place> places = new ConcurrentHashMap<>();
    private final Sinks.Many<Long> moves = Sinks.many().multicast().directBestEffort();

    void begin(ViewName name, long position) {
        places.put(name, new Place(position, null));
        moved();
    }

    void advance(ViewName name, long position) {
        places.put(name, new Place(position, null));
        moved();
    }

    void stopped(ViewName name, String why) {
        places.compute(name, (same, place) -> new Place(place == null ? 0 : place.position(), why));
    }

    /** The last position that this projection has written; 0 before its first. */
    public long of(ViewName name) {
        Place place = places.get(name);
        return place == null ? 0 : place.position();
    }

    /** The position that every projection has reached: what a reader can rely on. */
    public long reached() {
        return places.values().stream().mapToLong(Place::position).min().orElse(0);
    }

    /** Completes when every projection is at that position or beyond; fails with {@code TimeoutException} after the time. */
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

    Map<String, Object> details() {
        Map<String, Object> details = new java.util.TreeMap<>();
        places.forEach((name, place) -> details.put(
                name.collection(),
                place.stopped() == null
                        ? place.position()
                        : "stopped at " + place.position() + ": " + place.stopped()));
        return details;
    }

    boolean allRunning() {
        return places.values().stream().allMatch(place -> place.stopped() == null);
    }

    private void moved() {
        // Several projections report at once; who waits looks at the places themselves, so that a lost signal is
        // repeated.
        moves.emitNext(0L, (signal, result) -> result == Sinks.EmitResult.FAIL_NON_SERIALIZED);
    }
}
