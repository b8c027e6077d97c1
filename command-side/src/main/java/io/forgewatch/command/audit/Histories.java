package io.forgewatch.command.audit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.forgewatch.command.audit.History.Change;
import io.forgewatch.command.audit.History.State;
import io.forgewatch.command.decision.EventArchive;
import io.forgewatch.command.decision.EventArchive.Order;
import io.forgewatch.command.decision.EventArchive.Span;
import io.forgewatch.command.decision.Selection;
import io.forgewatch.command.decision.Sought;
import io.forgewatch.event.RecordedEvent;
import io.forgewatch.event.Subject;
import io.forgewatch.event.enterprise.EnterpriseId;
import io.forgewatch.event.identity.Jurisdiction;
import io.forgewatch.event.personal.PersonalEvent.PersonalDataErased;
import io.forgewatch.web.Cursor;
import io.forgewatch.web.ListParameters;
import io.forgewatch.web.Page;
import io.forgewatch.web.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Tells histories with a bounded amount of work each, however long a story is. The first who asks has marks set along the story, so
 * many events a request, and is told to come again while the end is not reached; whoever asks then has only what lies between two
 * marks gone through: for how it was, for how it is, and for a page of changes.
 */
final class Histories {

    /** Events from a mark to the next. */
    static final int APART = 1_000;

    /** Marks that one request sets. */
    private static final int MOST_MARKS = 20;

    private static final Duration LONGEST_MARKING = Duration.ofSeconds(10);

    private static final long LARGEST = 32L << 20;

    /** What was legible when they were set may have been erased since, here or elsewhere. */
    private static final Duration LONGEST_KEPT = Duration.ofMinutes(2);

    private final EventArchive archive;
    private final int apart;
    private final int mostMarks;
    private final Cache<Key, List<Mark>> kept = Caffeine.newBuilder()
            .maximumWeight(LARGEST)
            .weigher((Key key, List<Mark> marks) ->
                    Math.clamp(marks.stream().mapToLong(Mark::bytes).sum(), 1, Integer.MAX_VALUE))
            .expireAfterWrite(LONGEST_KEPT)
            .build();

    /** @param erased the position of the last erasure of personal data: what was set before it is not used after it */
    private record Key(Subject subject, long erased) {}

    Histories(EventArchive archive) {
        this(archive, APART, MOST_MARKS);
    }

    Histories(EventArchive archive, int apart, int mostMarks) {
        this.archive = archive;
        this.apart = apart;
        this.mostMarks = mostMarks;
    }

    /** A subject's story, with what is known of its course. */
    private record Course(Subject subject, Selection selection, List<Mark> marks, Retelling now) {

        /** The last mark of those that meet a condition; the beginning meets all. */
        Mark last(Predicate<Mark> condition) {
            return marks.stream()
                    .filter(condition)
                    .reduce((one, later) -> later)
                    .orElse(marks.getFirst());
        }

        /** The last but one: so that there is something to tell between it and what comes after the last. */
        Mark lastButOne(Predicate<Mark> condition) {
            List<Mark> met = marks.stream().filter(condition).toList();
            return met.size() < 2 ? marks.getFirst() : met.get(met.size() - 2);
        }
    }

    /**
     * The history of a subject.
     *
     * @param list which page of the changes; one may have fewer than its limit, even none, with a cursor that goes on
     * @return fails with 404 when it is not, or was not at the moment, and with 503 {@code view-building} while marks are set
     */
    Mono<History> of(Subject subject, List<Strand<?>> strands, Moment moment, ListParameters list) {
        Selection selection =
                strands.stream().map(Strand::selection).reduce(Selection::or).orElseThrow();
        return erased().map(erased -> new Key(subject, erased))
                .flatMap(key -> marked(key, selection, new ArrayList<>(begun(key, strands)), 0, System.nanoTime()))
                .flatMap(course -> Mono.zip(then(course, moment), changes(course, moment, list))
                        .map(found -> history(course, found.getT1(), found.getT2())));
    }

    private List<Mark> begun(Key key, List<Strand<?>> strands) {
        List<Mark> known = kept.getIfPresent(key);
        return known == null ? List.of(Mark.beginning(strands)) : known;
    }

    private Mono<Long> erased() {
        Sought erasures = new Sought(
                new Jurisdiction.Nation(), null, null, Set.of(PersonalDataErased.class.getSimpleName()), null, null);
        return archive.span(erasures)
                .flatMap(span -> archive.look(erasures, new Span(0, span.upTo()), Order.NEWEST_FIRST, 1))
                .map(look ->
                        look.found().isEmpty() ? 0L : look.found().getFirst().position());
    }

    /** Goes on from the last mark, sets new ones, and comes to the end of the story. */
    private Mono<Course> marked(Key key, Selection selection, List<Mark> marks, int set, long began) {
        Mark last = marks.getLast();
        return archive.selected(selection, last.position())
                .take(apart)
                .publishOn(Schedulers.parallel())
                .collectList()
                .flatMap(events -> {
                    Retelling telling = new Retelling(key.subject(), last, 0);
                    events.forEach(traced -> telling.after(traced.recorded()));
                    if (events.size() < apart) {
                        return Mono.just(new Course(key.subject(), selection, List.copyOf(marks), telling));
                    }
                    marks.add(telling.mark());
                    kept.put(key, List.copyOf(marks));
                    return set + 1 == mostMarks || System.nanoTime() - began > LONGEST_MARKING.toNanos()
                            ? Mono.error(Problem.viewBuilding())
                            : marked(key, selection, marks, set + 1, began);
                });
    }

    private Mono<State> then(Course course, Moment moment) {
        if (course.now().first() == null) {
            return Mono.error(Problem.notFound());
        }
        if (moment.isNow()) {
            return Mono.justOrEmpty(course.now().now());
        }
        return told(course, course.last(moment::reaches), moment::includes, 0)
                .flatMap(telling -> Mono.justOrEmpty(telling.now()))
                .switchIfEmpty(Mono.error(() -> notYet(course.now().first())));
    }

    private Mono<Page<Change>> changes(Course course, Moment moment, ListParameters list) {
        long before = list.cursor().map(cursor -> cursor.number(0)).orElse(Long.MAX_VALUE);
        Mark from = course.lastButOne(mark -> moment.reaches(mark) && mark.position() < before);
        return told(
                        course,
                        from,
                        recorded -> moment.includes(recorded) && recorded.position() < before,
                        list.limit() + 1)
                .map(telling -> page(telling.changes(), list, from));
    }

    private static Page<Change> page(List<Change> changes, ListParameters list, Mark from) {
        if (changes.size() > list.limit() || from.position() == 0) {
            return Page.of(changes, list, change -> Cursor.of(Long.toString(change.position())));
        }
        return new Page<>(changes, list.next(Cursor.of(Long.toString(from.position() + 1))));
    }

    private Mono<Retelling> told(Course course, Mark from, Predicate<RecordedEvent> until, int most) {
        return archive.selected(course.selection(), from.position())
                .takeWhile(traced -> until.test(traced.recorded()))
                .publishOn(Schedulers.parallel())
                .reduce(
                        new Retelling(course.subject(), from, most),
                        (telling, traced) -> telling.after(traced.recorded()));
    }

    private static History history(Course course, State then, Page<Change> changes) {
        State now = course.now().now();
        return new History(
                AuditItem.Named.of(course.subject()),
                EnterpriseId.of(course.subject().id()).value(),
                then,
                now == null ? then : now,
                FieldChange.between(then.state(), now == null ? then.state() : now.state()),
                changes);
    }

    private static Problem notYet(@Nullable RecordedEvent first) {
        return first == null
                ? Problem.notFound()
                : new Problem(
                        404,
                        "not-found",
                        "It did not exist then: it begins at position " + first.position() + ", " + first.at()
                                + ". 当时尚不存在，首个事件位置 " + first.position() + "。");
    }
}
