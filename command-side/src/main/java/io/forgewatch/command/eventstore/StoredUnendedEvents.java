package io.forgewatch.command.eventstore;

import io.forgewatch.command.decision.UnendedEvents;
import io.forgewatch.event.DomainEvent;
import io.forgewatch.event.EventTypes;
import io.forgewatch.event.RecordedEvent;
import java.util.List;
import java.util.Set;
import reactor.core.publisher.Flux;

/** What is not over as the tables give it: values are judged by their newest event, and only of what is not over events are read. */
final class StoredUnendedEvents implements UnendedEvents {

    private static final String POSITIONS = "select s.position from unnest($1) o(tag) cross join lateral"
            + " (select t.position from event_tags t where t.tag = o.tag and t.position <= $2 and t.position > coalesce("
            + "(select c.position from event_tags c where c.tag = o.tag and c.position <= $2 and c.name = any ($3)"
            + " order by c.position desc limit 1), 0)) s order by s.position";

    private final SelectedRows selected;

    StoredUnendedEvents(Database database) {
        this.selected = new SelectedRows(database);
    }

    @Override
    public Flux<RecordedEvent> upTo(long position, String tag, Set<Class<? extends DomainEvent>> endings) {
        Set<String> names = EventTypes.names(endings);
        return selected.values(tag, position).concatMap(page -> events(unended(page, names), position, names), 1);
    }

    private static List<String> unended(List<SelectedRows.Value> page, Set<String> endings) {
        return page.stream()
                .filter(value -> !value.newest().isEmpty() && !endings.contains(value.newest()))
                .map(SelectedRows.Value::tag)
                .toList();
    }

    private Flux<RecordedEvent> events(List<String> tags, long position, Set<String> endings) {
        if (tags.isEmpty()) {
            return Flux.empty();
        }
        List<Object> values = List.of(tags.toArray(String[]::new), position, endings.toArray(String[]::new));
        return selected.events(selected.rows(POSITIONS, values, SelectedRows::position));
    }
}
