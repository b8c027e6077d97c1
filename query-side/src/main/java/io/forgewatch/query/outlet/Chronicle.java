package io.forgewatch.query.outlet;

import com.mongodb.reactivestreams.client.MongoDatabase;
import io.forgewatch.query.projection.Generation;
import io.forgewatch.query.projection.Reads;
import io.forgewatch.query.projection.Spoken;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * All that is told of one view: each generation stores what it tells in a collection of its own, from the first event on. So what
 * was told of a history that is gone never stands among what is told of the one of now.
 */
public final class Chronicle<E> implements Spoken {

    private final MongoDatabase views;
    private final Reads reads;
    private final String kind;
    private final Class<E> type;
    private final @Nullable Shared shared;
    private final ConcurrentMap<Generation, Unreadable> unreadable = new ConcurrentHashMap<>();
    private final ConcurrentMap<Generation, Lately<E>> lately = new ConcurrentHashMap<>();

    /** What generations of versions up to one had in common. */
    private record Shared(int upTo, String collection) {}

    private Chronicle(MongoDatabase views, Reads reads, String kind, Class<E> type, @Nullable Shared shared) {
        this.views = views;
        this.reads = reads;
        this.kind = kind;
        this.type = type;
        this.shared = shared;
    }

    /**
     * @param reads by which callers read their past
     * @param kind the collections' name without version
     * @param type of what is told, a record
     */
    public static <E> Chronicle<E> of(MongoDatabase views, Reads reads, String kind, Class<E> type) {
        return new Chronicle<>(views, reads, kind, type, null);
    }

    /** Code of before kept what generations up to this version told in one collection, and reads what any tells from there. */
    public Chronicle<E> sharedUpTo(int version, String collection) {
        return new Chronicle<>(views, reads, kind, type, new Shared(version, collection));
    }

    public StoredEntries<E> of(Generation generation) {
        Shared before = shared;
        boolean isShared = before != null && generation.view().version() <= before.upTo;
        return new StoredEntries<>(
                views,
                reads,
                before != null && isShared ? before.collection : generation.collection(kind),
                type,
                unreadable(generation),
                lately.computeIfAbsent(generation, none -> new Lately<>(StoredEntries.PAGE)),
                before == null || isShared ? null : new FormerEntries<>(views, before.collection));
    }

    /** What of it was come upon that cannot be told. */
    Unreadable unreadable(Generation generation) {
        return unreadable.computeIfAbsent(generation, none -> new Unreadable(kind + " of " + generation));
    }

    @Override
    public String kind() {
        return kind;
    }

    /** From the end on, since histories that differ are the same up to somewhere: mostly the first look is enough. */
    @Override
    public Mono<Agreement> agreement(Generation before, Generation after, long upTo) {
        StoredEntries<E> later = of(after);
        return of(before)
                .fromTheEnd(upTo)
                .concatMap(traces -> later.among(traces).map(found -> agreed(traces, found)), 1)
                .scan((sum, next) -> new Agreement(next.common(), sum.whole() && next.whole()))
                .takeUntil(agreement -> agreement.common() > 0)
                .last(new Agreement(0, true));
    }

    private static Agreement agreed(Traces lost, Traces found) {
        boolean whole = true;
        for (Traces.Trace trace : lost.newestFirst()) {
            if (found.has(trace)) {
                return new Agreement(trace.position(), whole);
            }
            whole = false;
        }
        return new Agreement(0, whole);
    }
}
