package io.forgewatch.command.eventstore;

import io.forgewatch.command.decision.EventArchive.Order;
import io.forgewatch.command.decision.EventArchive.Span;
import io.forgewatch.command.decision.SelectedEvents;
import io.forgewatch.command.decision.Sought;
import io.forgewatch.event.DomainEvent;
import io.forgewatch.event.EventTypes;
import io.forgewatch.event.RecordedEvent;
import io.forgewatch.event.identity.Jurisdiction;
import java.util.List;
import java.util.Set;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Events by their types as the tables give them: of all of a type by the index of names, of the newest by that of tags. */
final class StoredSelectedEvents implements SelectedEvents {

    private static final String NEWEST = "select max(t.position) as position from event_tags t"
            + " where t.tag = any ($1) and t.position <= $2 and t.name = any ($3) group by t.tag, t.name order by position";

    private final SelectedRows selected;
    private final ArchiveRows archive;

    StoredSelectedEvents(Database database) {
        this.selected = new SelectedRows(database);
        this.archive = new ArchiveRows(database);
    }

    /** @throws IllegalArgumentException when one of the types has no index */
    @Override
    public Flux<RecordedEvent> ofTypes(long position, Set<Class<? extends DomainEvent>> types) {
        Set<String> names = EventTypes.names(types);
        Seek seek = Seek.of(new Sought(new Jurisdiction.Nation(), null, null, names, null, null));
        if (names.isEmpty() || !seek.whole() || seek.sql().isEmpty()) {
            throw new IllegalArgumentException("Not all of these are found by an index: " + names);
        }
        return Mono.defer(() -> page(seek, 0, position))
                .expand(page -> page.size() < SelectedRows.PAGE ? Mono.empty() : page(seek, page.getLast(), position))
                .concatMap(page -> selected.events(Flux.fromIterable(page)), 1);
    }

    private Mono<List<Long>> page(Seek seek, long after, long upTo) {
        return archive.candidates(seek, new Span(after, upTo), Order.OLDEST_FIRST, SelectedRows.PAGE);
    }

    @Override
    public Flux<RecordedEvent> newest(long position, String tag, Set<Class<? extends DomainEvent>> types) {
        String[] names = EventTypes.names(types).toArray(String[]::new);
        return selected.values(tag, position)
                .filter(page -> !page.isEmpty())
                .concatMap(
                        page -> {
                            String[] tags =
                                    page.stream().map(SelectedRows.Value::tag).toArray(String[]::new);
                            return selected.events(
                                    selected.rows(NEWEST, List.of(tags, position, names), SelectedRows::position));
                        },
                        1);
    }
}
