package io.forgewatch.command.eventstore;

import io.forgewatch.command.decision.UnendedEvents;
import io.forgewatch.event.DomainEvent;
import io.forgewatch.event.EventType;
import io.forgewatch.event.EventTypes;
import io.forgewatch.event.RecordedEvent;
import io.r2dbc.spi.Row;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * What is not over as the tables give it. Values are found by a loose index scan (one seek each) and judged by their newest event
 * (another); only of what is not over events are read. Page by page, so that no query takes long, however many values there are.
 */
final class StoredUnendedEvents implements UnendedEvents {

    private static final int PAGE = 2_000;

    /** Follows the equals sign: all tags of a key lie between the two. */
    private static final char ABOVE = '=' + 1;

    private static final String VALUES = "with recursive found(tag, number) as ("
            + " select (select min(t.tag) from event_tags t where t.tag > $1 and t.tag < $2), 1"
            + " union all"
            + " select (select min(t.tag) from event_tags t where t.tag > f.tag and t.tag < $2), f.number + 1"
            + " from found f where f.tag is not null and f.number < $3)"
            + " select f.tag, coalesce((select t.name from event_tags t where t.tag = f.tag and t.position <= $4"
            + " order by t.position desc limit 1), '') from found f where f.tag is not null";

    private static final String POSITIONS = "select s.position from unnest($1) o(tag) cross join lateral"
            + " (select t.position from event_tags t where t.tag = o.tag and t.position <= $2 and t.position > coalesce("
            + "(select c.position from event_tags c where c.tag = o.tag and c.position <= $2 and c.name = any ($3)"
            + " order by c.position desc limit 1), 0)) s order by s.position";

    private static final String EVENTS =
            "select " + EventRows.COLUMNS + " from events where position = any ($1) order by position";

    private final Database database;

    StoredUnendedEvents(Database database) {
        this.database = database;
    }

    @Override
    public Flux<RecordedEvent> upTo(long position, String tag, Set<Class<? extends DomainEvent>> endings) {
        Set<String> names = Set.copyOf(
                endings.stream().map(EventTypes::of).map(EventType::name).toList());
        return Mono.defer(() -> page(tag + '=', tag + ABOVE, position))
                .expand(page ->
                        page.size() < PAGE ? Mono.empty() : page(page.getLast().tag(), tag + ABOVE, position))
                .concatMap(page -> events(unended(page, names), position, names), 1);
    }

    /** @param newest the name of its newest event; empty where it has none yet */
    private record Value(String tag, String newest) {}

    private Mono<List<Value>> page(String after, String below, long position) {
        return rows(
                        VALUES,
                        List.of(after, below, PAGE, position),
                        row -> new Value(text(row.get(0, String.class)), text(row.get(1, String.class))))
                .collectList();
    }

    private static List<String> unended(List<Value> page, Set<String> endings) {
        return page.stream()
                .filter(value -> !value.newest().isEmpty() && !endings.contains(value.newest()))
                .map(Value::tag)
                .toList();
    }

    private Flux<RecordedEvent> events(List<String> tags, long position, Set<String> endings) {
        if (tags.isEmpty()) {
            return Flux.empty();
        }
        List<Object> values = List.of(tags.toArray(String[]::new), position, endings.toArray(String[]::new));
        return rows(POSITIONS, values, row -> Objects.requireNonNull(row.get(0, Long.class)))
                .buffer(EventRows.PAGE)
                .concatMap(
                        positions -> rows(EVENTS, List.of((Object) positions.toArray(Long[]::new)), EventRows::event),
                        1)
                .map(StoredEvent::recorded);
    }

    private <T> Flux<T> rows(String sql, List<Object> values, Function<Row, T> read) {
        // All of a page before anything is done with it: a reader that is slow keeps no connection.
        return database.read(connection -> {
                    var statement = connection.createStatement(sql);
                    for (int index = 0; index < values.size(); index++) {
                        statement.bind(index, values.get(index));
                    }
                    return Flux.from(statement.execute())
                            .concatMap(result -> result.map((row, meta) -> read.apply(row)));
                })
                .collectList()
                .flatMapIterable(found -> found);
    }

    private static String text(@Nullable String value) {
        return Objects.requireNonNull(value);
    }
}
