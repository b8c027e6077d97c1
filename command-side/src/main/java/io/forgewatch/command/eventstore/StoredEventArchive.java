package io.forgewatch.command.eventstore;

import io.forgewatch.command.decision.EventArchive;
import io.forgewatch.command.decision.Selection;
import io.forgewatch.command.decision.Sought;
import io.forgewatch.command.decision.Traced;
import io.forgewatch.event.Subject;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** The archive as the tables give it: candidates by one index, then their rows by position. */
final class StoredEventArchive implements EventArchive {

    /** At most so many rows are looked at in one go when some of them may not match. */
    private static final int MOST_CANDIDATES = 2_000;

    /** So many events of a subject are read at once: then whoever waits for the connection has it. */
    private static final int PAGE = 500;

    /**
     * Positions follow the order of commits, times are taken shortly before: an append may wait for a minute, and clocks of two
     * instances differ. An event this far from its neighbours' time is still found.
     */
    private static final Duration OUT_OF_ORDER = Duration.ofMinutes(5);

    private static final Duration LONGEST_LOOK = Duration.ofSeconds(20);

    private final EventRows rows;
    private final ArchiveRows archive;

    /** The archive on the connections of those who look back. */
    static StoredEventArchive on(Database database) {
        Reads reads = database.of(Work.LOOKING_BACK);
        return new StoredEventArchive(new EventRows(reads), new ArchiveRows(reads));
    }

    StoredEventArchive(EventRows rows, ArchiveRows archive) {
        this.rows = rows;
        this.archive = archive;
    }

    @Override
    public Mono<Span> span(Sought sought) {
        Mono<Long> after = sought.from() == null
                ? Mono.just(0L)
                : archive.edge(sought.from().minus(OUT_OF_ORDER)).map(ArchiveRows.Edge::last);
        Mono<Long> upTo = sought.to() == null
                ? rows.head()
                : archive.edge(sought.to().plus(OUT_OF_ORDER)).map(edge -> edge.first() - 1);
        return Mono.zip(after, upTo, Span::new).timeout(LONGEST_LOOK);
    }

    @Override
    public Mono<Look> look(Sought sought, Span span, Order order, int most) {
        if (span.isEmpty()) {
            return Mono.just(new Look(List.of(), span));
        }
        Seek seek = Seek.of(sought);
        boolean all = seek.whole() && sought.from() == null && sought.to() == null;
        int reach = all ? most : Math.max(most, MOST_CANDIDATES);
        Span part = seek.reach(span, order, reach);
        return archive.candidates(seek, part, order, reach)
                .flatMap(candidates -> matching(sought, candidates, order, most)
                        .map(found -> new Look(
                                judged(sought, found),
                                span.beyond(seen(part, order, candidates, reach, found, most), order))))
                .timeout(LONGEST_LOOK);
    }

    @Override
    public Flux<Traced> selected(Selection selection, long after) {
        return rows.matching(Selections.criteria(selection), after)
                .mapNotNull(EventRows.Sourced::event)
                .map(StoredEventArchive::traced);
    }

    @Override
    public Flux<Traced> about(Subject subject, long after, int most) {
        String tag = Criteria.text(Selections.tag(subject.tag()));
        return page(tag, after, most)
                .expand(page -> page.left() == 0
                        ? Mono.empty()
                        : page(tag, page.events().getLast().position(), page.left()))
                .concatMapIterable(Page::events, 1)
                .map(StoredEventArchive::traced);
    }

    /** @param left how many more are wanted; 0 when there are none */
    private record Page(List<StoredEvent> events, int left) {}

    private Mono<Page> page(String tag, long after, int most) {
        int wanted = Math.min(most, PAGE);
        return rows.bearing(tag, after, wanted)
                .collectList()
                .map(events -> new Page(events, events.size() < wanted ? 0 : most - wanted));
    }

    @Override
    public Flux<Traced> known(Set<UUID> ids) {
        return Flux.fromIterable(ids)
                .buffer(PAGE)
                .concatMap(page -> archive.known(page).collectList(), 1)
                .flatMapIterable(found -> found)
                .sort(Comparator.comparing(StoredEvent::position))
                .map(StoredEventArchive::traced);
    }

    private Mono<List<StoredEvent>> matching(Sought sought, List<Long> candidates, Order order, int most) {
        return candidates.isEmpty()
                ? Mono.just(List.of())
                // What is done with many events goes on elsewhere than where all connections are read.
                : archive.matching(sought, candidates, order, most).publishOn(Schedulers.parallel());
    }

    /** What the tables found is judged once more by what was sought: no index decides what somebody may see. */
    private static List<Traced> judged(Sought sought, List<StoredEvent> found) {
        return found.stream()
                .map(StoredEventArchive::traced)
                .filter(traced -> sought.matches(traced.recorded()))
                .toList();
    }

    /** The position up to which, in that order, all was looked at. */
    private static long seen(
            Span part, Order order, List<Long> candidates, int reach, List<StoredEvent> found, int most) {
        if (found.size() >= most) {
            return found.getLast().position();
        }
        if (candidates.size() >= reach) {
            return candidates.getLast();
        }
        return order == Order.OLDEST_FIRST ? part.upTo() : part.after() + 1;
    }

    private static Traced traced(StoredEvent event) {
        return new Traced(event.recorded(), event.cause());
    }
}
