package io.forgewatch.query.projection;

import io.forgewatch.web.Problem;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/** Which generation of each view serves and how far each is, for those who wait for a position; and what stopped them. */
public final class Progress {

    private static final String OUTSIDE =
            "The topic has not the event at which this is: it is being written again, or what is"
                    + " shown is of a history that the store has lost. If it stays so, rebuild the view.";

    /** @param lost whether what stopped it may be that the store has lost what it shows */
    private record Reached(long position, @Nullable String stopped, boolean lost) {}

    private final Set<String> unknown = ConcurrentHashMap.newKeySet();
    private final Set<String> building = ConcurrentHashMap.newKeySet();
    private final ConcurrentMap<String, Served> serving = new ConcurrentHashMap<>();
    private final ConcurrentMap<Generation, Reached> places = new ConcurrentHashMap<>();
    private final ConcurrentMap<Generation, String> troubles = new ConcurrentHashMap<>();
    private final Set<Generation> outside = ConcurrentHashMap.newKeySet();
    private final ConcurrentMap<String, Long> looks = new ConcurrentHashMap<>();
    private volatile Horizon horizon = Horizon.UNKNOWN;
    private volatile @Nullable String away;
    private volatile long end = -1;
    private final Sinks.Many<Long> moves = Sinks.many().multicast().directBestEffort();

    /** How many moves were not told yet; whoever makes it one tells them all. */
    private final AtomicInteger untold = new AtomicInteger();

    /** There is such a view; until it is known what serves it, no position is reached. */
    void expect(ViewName view) {
        if (!serving.containsKey(view.name())) {
            unknown.add(view.name());
        }
    }

    /** It is built for the first time: there is nothing yet to read it from. */
    void build(ViewName view) {
        building.add(view.name());
    }

    /** Whether it is built for the first time. */
    public boolean isBuilding(ViewName view) {
        return building.contains(view.name());
    }

    /** Why a view cannot be read that nothing serves. */
    public Problem notServed(ViewName view) {
        return isBuilding(view)
                ? new Problem(
                        503,
                        "view-building",
                        "This view is being built from the events for the first time: ask again later. 该视图正在首次构建，请稍后重试。",
                        List.of(),
                        Map.of("Retry-After", "5"))
                : Problem.unavailable(1);
    }

    /** From now on reads of this view are answered from this generation. */
    void serve(Served now) {
        String view = now.generation().view().name();
        serving.put(view, now);
        unknown.remove(view);
        building.remove(view);
        looks.merge(view, 1L, Long::sum);
        moved();
    }

    /** How often it was looked what serves a view; of two looks after a moment the second began after it. */
    public long looks(ViewName view) {
        return looks.getOrDefault(view.name(), 0L);
    }

    /** It was looked for the end of the topic. */
    void topicEnds(long end) {
        horizon = horizon.seen(end);
        moved();
    }

    /** How far the events go. */
    public Horizon horizon() {
        return horizon;
    }

    void advance(Generation generation, long position) {
        places.put(generation, new Reached(position, null, false));
        moved();
    }

    /** It goes no further, and will not before somebody acts. */
    void stopped(Generation generation, long position, String why) {
        places.put(generation, new Reached(position, why, false));
        moved();
    }

    /** Likewise, and what it shows may be of a history that the store has lost: its positions say nothing of those of now. */
    void lost(Generation generation, long position, String why) {
        places.put(generation, new Reached(position, why, true));
        moved();
    }

    /** It goes no further for the moment and tries again: the store, or the broker, is not as it should be. */
    void troubled(Generation generation, String why) {
        troubles.put(generation, why);
    }

    /** It goes on. */
    void untroubled(Generation generation) {
        troubles.remove(generation);
    }

    /** The broker does not answer, which no reader of it hears of: nothing fails, nothing comes. */
    void away(String why) {
        away = why;
    }

    /** The broker answers: the next record will have this offset. */
    void answered(long offset) {
        end = offset;
        away = null;
    }

    /** Whether the topic goes on beyond so many records, as far as the broker said. */
    boolean goesOnBeyond(long read) {
        return end > read;
    }

    /** The offset that the next record will have, as the broker said last; negative before it said anything. */
    long end() {
        return end;
    }

    /** Whether the broker ever said where the events end. */
    boolean isEndKnown() {
        return end >= 0;
    }

    /** Why nothing can come from the broker; null while it answers. */
    public @Nullable String whyAway() {
        return away;
    }

    /** Why it shows nothing newer for the moment; empty while it goes on. */
    Optional<String> trouble(Generation generation) {
        return outside.contains(generation)
                ? Optional.of(OUTSIDE)
                : Optional.ofNullable(troubles.get(generation)).or(() -> Optional.ofNullable(away));
    }

    /**
     * Notes whether the topic has the place where this is.
     *
     * @return whether it is new that it has not
     */
    boolean standsOutside(Generation generation, boolean so) {
        boolean changed = so ? outside.add(generation) : outside.remove(generation);
        if (changed) {
            moved();
        }
        return changed && so;
    }

    void forget(Generation generation) {
        places.remove(generation);
        troubles.remove(generation);
        outside.remove(generation);
    }

    /** What this view is read from, whatever its version; empty while that is not known yet. */
    public Optional<Generation> serving(ViewName view) {
        return served(view).map(Served::generation);
    }

    /** The same, with the history that it shows. */
    public Optional<Served> served(ViewName view) {
        return Optional.ofNullable(serving.get(view.name()));
    }

    /** The last position that this generation has written; 0 before its first. */
    public long of(Generation generation) {
        Reached reached = places.get(generation);
        return reached == null ? 0 : reached.position();
    }

    /** Whether it was said yet how far it is. */
    public boolean isKnown(Generation generation) {
        return places.containsKey(generation);
    }

    /** Why it went no further, and will not before somebody acts. */
    Optional<String> whyStopped(Generation generation) {
        return Optional.ofNullable(places.get(generation)).map(Reached::stopped);
    }

    /** The last position that is written in what this view is read from; 0 before the first. */
    public long of(ViewName view) {
        return serving(view).map(this::of).orElse(0L);
    }

    /** The position that every view has reached; 0 while one of them is not served. */
    public long reached() {
        return unknown.isEmpty()
                ? serving.values().stream()
                        .map(Served::generation)
                        .mapToLong(this::of)
                        .min()
                        .orElse(0)
                : 0;
    }

    /** The last position that any view is known to have; empty while it is not known yet of each where it is. */
    public OptionalLong newest() {
        boolean known = unknown.isEmpty()
                && serving.values().stream().map(Served::generation).allMatch(places::containsKey);
        return known ? places.values().stream().mapToLong(Reached::position).max() : OptionalLong.empty();
    }

    /** Whether what serves this view is at that position or beyond; of a history that may be lost it is at none. */
    public boolean isAt(ViewName view, long position) {
        return serving(view)
                .filter(generation -> of(generation) >= position)
                .filter(generation -> position == 0 || !isLost(generation))
                .isPresent();
    }

    /** Whether what serves this view may be of a history that the store has lost. */
    public boolean showsTheLost(ViewName view) {
        return serving(view).filter(this::isLost).isPresent();
    }

    boolean isLost(Generation generation) {
        Reached reached = places.get(generation);
        return outside.contains(generation) || (reached != null && reached.lost());
    }

    /** Completes when this view is at that position or beyond, never on the thread of who brought it there. */
    public Mono<Void> await(ViewName view, long position) {
        // The check after the subscription closes the gap in which a move could be missed.
        return Flux.merge(moves.asFlux(), Flux.defer(() -> Flux.just(position)))
                .filter(any -> isAt(view, position))
                .next()
                .publishOn(Schedulers.boundedElastic())
                .then();
    }

    /** A signal whenever something moved; who is slow for it may miss some. */
    public Flux<Long> moves() {
        return moves.asFlux();
    }

    /** Several projections report at once: one of them tells what the others have to say as well, and nobody waits for his turn. */
    private void moved() {
        if (untold.getAndIncrement() != 0) {
            return;
        }
        int told = 1;
        do {
            moves.tryEmitNext(0L); // who waits looks at the places themselves: one signal is as good as many
            told = untold.addAndGet(-told);
        } while (told != 0);
    }
}
