package io.forgewatch.query.projection;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.forgewatch.event.RecordedEvent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Folds a batch of events into one changed document each, beginning with the documents as they are stored. Recent documents
 * are remembered, so that a batch about what is going on needs no read. Where memory is behind the store, because another
 * instance wrote too, the write is refused and all begins again from what is stored. What an event begins is not looked for either,
 * as long as events come that nobody has folded before.
 *
 * <p>Whatever fails because of one event or one document, wherever it does, is a {@link PoisonousEventException} of its enterprise.
 * What can be found out without the store is found out before anything of the batch is written.
 */
public final class Folding<S> {

    /** By their bytes in the store; on the heap they are some times larger. */
    private static final long REMEMBERED_BYTES = 16L * 1024 * 1024;

    private static final int LEAST_WEIGHT = 512;

    private final Documents<S> documents;
    private final Fold<S> fold;
    private final Cache<String, Documents.Sized<S>> recent = Caffeine.newBuilder()
            .maximumWeight(REMEMBERED_BYTES)
            .<String, Documents.Sized<S>>weigher((id, one) -> Math.max(LEAST_WEIGHT, one.bytes()))
            .executor(Runnable::run)
            .build();
    /** Whether what was written last was new to the store: so is what comes, then, until the store says otherwise. */
    private volatile boolean ahead;

    public Folding(Documents<S> documents, Fold<S> fold) {
        this.documents = documents;
        this.fold = fold;
    }

    /** What happened to one document by one event. */
    @FunctionalInterface
    public interface Step<S> {
        void happened(RecordedEvent event, @Nullable S before, Held<S> after);
    }

    /** What a batch makes of one document. */
    private static final class Course<S> {
        final @Nullable Held<S> before;
        final List<RecordedEvent> events = new ArrayList<>();
        Held<S> after;

        Course(@Nullable Held<S> before, Held<S> after) {
            this.before = before;
            this.after = after;
        }

        static <S> @Nullable S content(@Nullable Held<S> held) {
            return held == null ? null : held.content();
        }
    }

    /**
     * The changed documents, not written yet; {@code step} hears of each change in order, and of none that was applied before. What
     * it throws is the event's fault.
     */
    public Mono<Collection<Changed<S>>> fold(List<RecordedEvent> batch, Step<S> step) {
        return Mono.defer(() -> {
            Map<String, RecordedEvent> concerned = concerned(batch);
            Map<String, Held<S>> current = new HashMap<>();
            Set<String> missing = new LinkedHashSet<>();
            concerned.forEach((id, first) -> {
                Documents.Sized<S> known = recent.getIfPresent(id);
                if (known != null) {
                    current.put(id, known.held());
                } else if (!ahead || !begins(first)) {
                    missing.add(id);
                }
            });
            return documents
                    .load(missing)
                    .doOnNext(stored -> {
                        recent.put(stored.held().id(), stored);
                        current.put(stored.held().id(), stored.held());
                    })
                    .onErrorMap(RefusedDocumentsException.class, unreadable -> poison(unreadable, concerned))
                    .then(Mono.just(current))
                    .publishOn(FoldingThreads.EACH)
                    .map(stored -> changes(batch, stored, step));
        });
    }

    /** Folds and writes, for a view that needs nothing between the two. */
    public Mono<Void> apply(List<RecordedEvent> batch) {
        return fold(batch, (event, before, after) -> {}).flatMap(this::write);
    }

    /** Fails with {@link PoisonousEventException} when the store refuses some of them; the others are written then. */
    public Mono<Void> write(Collection<Changed<S>> changed) {
        return documents
                .write(changed)
                .doOnSuccess(done -> {
                    changed.forEach(this::remember);
                    // What comes again changes nothing: so this was new.
                    ahead |= !changed.isEmpty();
                })
                // Of what was written in part some is there.
                .doOnError(any -> ahead = false)
                .onErrorMap(RefusedDocumentsException.class, refused -> refused(changed, refused));
    }

    /** Forgets what it remembers, so that the next batch begins with what is stored. */
    public void forget() {
        ahead = false;
        recent.invalidateAll();
    }

    private void remember(Changed<S> change) {
        RawBsonDocument bytes = change.bytes();
        recent.put(
                change.after().id(),
                new Documents.Sized<>(change.after(), bytes == null ? LEAST_WEIGHT : bytes.getByteLength()));
    }

    private PoisonousEventException refused(Collection<Changed<S>> changed, RefusedDocumentsException refused) {
        Map<String, RecordedEvent> first = new LinkedHashMap<>();
        for (Changed<S> change : changed) {
            // Which of the others were written, and which somebody else wrote, is asked of the store the next time.
            recent.invalidate(change.after().id());
            if (change.first() != null) {
                first.put(change.after().id(), change.first());
            }
        }
        return poison(refused, first);
    }

    private static PoisonousEventException poison(
            RefusedDocumentsException refused, Map<String, RecordedEvent> concerned) {
        RecordedEvent first = refused.reasons().keySet().stream()
                .filter(concerned::containsKey)
                .map(concerned::get)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("Nobody asked for these documents", refused));
        return new PoisonousEventException(first, refused);
    }

    /** The documents that a batch is about, and the first event about each. */
    private Map<String, RecordedEvent> concerned(List<RecordedEvent> batch) {
        Map<String, RecordedEvent> concerned = new LinkedHashMap<>();
        for (RecordedEvent event : batch) {
            ids(event).forEach(id -> concerned.putIfAbsent(id, event));
        }
        return concerned;
    }

    private List<String> ids(RecordedEvent event) {
        return blamed(event, () -> fold.ids(event.event()));
    }

    private boolean begins(RecordedEvent event) {
        return blamed(event, () -> fold.begins(event.event()));
    }

    private Collection<Changed<S>> changes(List<RecordedEvent> batch, Map<String, Held<S>> stored, Step<S> step) {
        Map<String, Course<S>> courses = new LinkedHashMap<>();
        for (RecordedEvent event : batch) {
            for (String id : ids(event)) {
                Course<S> course = courses.get(id);
                Held<S> held = course == null ? stored.get(id) : course.after;
                if (held == null || held.position() < event.position()) {
                    Held<S> after = after(held, id, event);
                    if (course == null) {
                        course = new Course<>(held, after);
                        courses.put(id, course);
                    }
                    course.after = after;
                    course.events.add(event);
                    blamed(event, () -> {
                        step.happened(event, Course.content(held), after);
                        return true;
                    });
                }
            }
        }
        return courses.values().stream().map(this::changed).toList();
    }

    private Changed<S> changed(Course<S> course) {
        long from = course.before == null ? 0 : course.before.position();
        return new Changed<>(course.after, from, course.events.getFirst(), bytes(course));
    }

    /** A document that cannot be written down is so since one of its events: it is found by folding them once more. */
    private RawBsonDocument bytes(Course<S> course) {
        try {
            return documents.bytes(course.after);
        } catch (RuntimeException | StackOverflowError cannot) {
            Held<S> held = course.before;
            for (RecordedEvent event : course.events) {
                Held<S> after = after(held, course.after.id(), event);
                blamed(event, () -> documents.bytes(after));
                held = after;
            }
            throw new PoisonousEventException(course.events.getLast(), cannot);
        }
    }

    private Held<S> after(@Nullable Held<S> before, String id, RecordedEvent event) {
        return blamed(event, () -> new Held<>(id, event.position(), fold.after(Course.content(before), id, event)));
    }

    private static <T> T blamed(RecordedEvent event, Supplier<T> work) {
        try {
            return work.get();
        } catch (RuntimeException | StackOverflowError cause) {
            throw new PoisonousEventException(event, cause);
        }
    }
}
