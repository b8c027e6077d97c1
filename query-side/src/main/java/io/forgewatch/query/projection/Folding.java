package io.forgewatch.query.projection;

import io.forgewatch.event.RecordedEvent;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Folds a batch of events into one changed document each, beginning with the documents as they are stored. Recent documents
 * are remembered, so that a batch about what is going on needs no read. Where memory is behind the store, because another
 * instance wrote too, the write is refused and all begins again from what is stored.
 */
public final class Folding<S> {

    private static final int REMEMBERED = 10_000;

    private final Documents<S> documents;
    private final Fold<S> fold;
    private final Map<String, Held<S>> recent = new LinkedHashMap<>(1024, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Held<S>> eldest) {
            return size() > REMEMBERED;
        }
    };

    public Folding(Documents<S> documents, Fold<S> fold) {
        this.documents = documents;
        this.fold = fold;
    }

    /** What happened to one document by one event. */
    @FunctionalInterface
    public interface Step<S> {
        void happened(RecordedEvent event, @Nullable S before, Held<S> after);
    }

    /** The changed documents, not written yet; {@code step} hears of each change in order, and of none that was applied before. */
    public Mono<Collection<Changed<S>>> fold(List<RecordedEvent> batch, Step<S> step) {
        Set<String> missing = new LinkedHashSet<>();
        for (RecordedEvent event : batch) {
            for (String id : fold.ids(event.event())) {
                if (!recent.containsKey(id)) {
                    missing.add(id);
                }
            }
        }
        return documents
                .load(missing)
                .collectMap(Held::id)
                .map(stored -> changes(batch, new LinkedHashMap<>(stored), step));
    }

    /** Folds and writes, for a view that needs nothing between the two. */
    public Mono<Void> apply(List<RecordedEvent> batch) {
        return fold(batch, (event, before, after) -> {}).flatMap(this::write);
    }

    public Mono<Void> write(Collection<Changed<S>> changed) {
        return documents
                .write(changed)
                .doOnSuccess(done ->
                        changed.forEach(change -> recent.put(change.after().id(), change.after())));
    }

    /** Forgets what it remembers, so that the next batch begins with what is stored. */
    public void forget() {
        recent.clear();
    }

    private Collection<Changed<S>> changes(List<RecordedEvent> batch, Map<String, Held<S>> current, Step<S> step) {
        Map<String, Changed<S>> changed = new LinkedHashMap<>();
        for (RecordedEvent event : batch) {
            for (String id : fold.ids(event.event())) {
                Held<S> held = current.getOrDefault(id, recent.get(id));
                if (held == null || held.position() < event.position()) {
                    Held<S> after = after(held == null ? null : held.content(), id, event);
                    current.put(id, after);
                    long from = held == null ? 0 : held.position();
                    changed.merge(id, new Changed<>(after, from), (first, last) -> new Changed<>(after, first.from()));
                    step.happened(event, held == null ? null : held.content(), after);
                }
            }
        }
        return changed.values();
    }

    private Held<S> after(@Nullable S before, String id, RecordedEvent event) {
        try {
            return new Held<>(id, event.position(), fold.after(before, id, event));
        } catch (RuntimeException cause) {
            throw new PoisonousEventException(event, cause);
        }
    }
}
