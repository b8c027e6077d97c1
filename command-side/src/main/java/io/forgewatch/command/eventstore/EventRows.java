package io.forgewatch.command.eventstore;

import io.forgewatch.event.EventJson;
import io.r2dbc.spi.Row;
import io.r2dbc.spi.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/** Reads the events' table. */
public final class EventRows {

    /** Rows a page; also how many are fetched ahead of a reader. */
    static final int PAGE = 1_024;

    private static final JsonMapper JSON = EventJson.MAPPER;
    // Made here and not on an event loop: Jackson takes a lock to find out how a type is read.
    private static final ObjectReader METADATA = JSON.readerFor(new TypeReference<Map<String, String>>() {});
    static final String COLUMNS = "position, id, name, version, at, metadata, tags, payload";

    private final Reads reads;

    EventRows(Reads reads) {
        this.reads = reads;
    }

    /** The last position, 0 when there is none. */
    Mono<Long> head() {
        return number(reads.read(connection -> Flux.from(connection
                        .createStatement("select coalesce(max(position), 0) from events")
                        .execute())
                .flatMap(result -> result.map((row, meta) -> Objects.requireNonNull(row.get(0, Long.class))))));
    }

    /** An event by its place in the order: position 0 and no id before the first. */
    record Place(long position, @Nullable UUID id) {}

    /** The last event's place. */
    Mono<Place> newest() {
        return reads.read(connection -> Flux.from(connection
                                .createStatement("select position, id from events order by position desc limit 1")
                                .execute())
                        .flatMap(result -> result.map((row, meta) ->
                                new Place(Objects.requireNonNull(row.get(0, Long.class)), row.get(1, UUID.class)))))
                .next()
                .defaultIfEmpty(new Place(0, null));
    }

    /** Where the store ends, whether it still has an event in its place, and what its clock said meanwhile. */
    record Standing(long head, boolean has, Instant clock) {}

    Mono<Standing> standing(Place seen) {
        return reads.read(connection -> Flux.from(connection
                                .createStatement(
                                        "select coalesce(max(position), 0), (select id from events where position"
                                                + " = $1), clock_timestamp() from events")
                                .bind(0, seen.position())
                                .execute())
                        .flatMap(result -> result.map((row, meta) -> new Standing(
                                Objects.requireNonNull(row.get(0, Long.class)),
                                Objects.equals(row.get(1, UUID.class), seen.id()),
                                Objects.requireNonNull(row.get(2, Instant.class))))))
                .next();
    }

    /** The position before the first event at or after a moment; the head when there is none. */
    Mono<Long> before(Instant moment) {
        return number(reads.read(connection -> Flux.from(connection
                        .createStatement("select coalesce((select min(position) - 1 from events where at >= $1),"
                                + " (select max(position) from events), 0)")
                        .bind(0, moment)
                        .execute())
                .flatMap(result -> result.map((row, meta) -> Objects.requireNonNull(row.get(0, Long.class))))));
    }

    /** One page of events after a position. */
    Flux<StoredEvent> after(long position) {
        return between(position + 1, position + PAGE);
    }

    /** The event in a position, and one page of those after it. */
    Flux<StoredEvent> from(long position) {
        return between(position, position + PAGE);
    }

    private Flux<StoredEvent> between(long first, long last) {
        return reads.read(connection -> Flux.from(connection
                        .createStatement("select " + COLUMNS + " from events where position >= $1 and position <= $2"
                                + " order by position")
                        .bind(0, first)
                        .bind(1, last)
                        .execute())
                .concatMap(result -> result.map((row, meta) -> event(row))));
    }

    /** Events that bear a tag, after a position, oldest first. */
    public Flux<StoredEvent> bearing(String tag, long position, int limit) {
        return reads.read(connection -> Flux.from(connection
                        .createStatement("select " + COLUMNS + " from events where position in (select position from"
                                + " event_tags where tag = $1 and position > $2 order by position limit $3)"
                                + " order by position")
                        .bind(0, tag)
                        .bind(1, position)
                        .bind(2, limit)
                        .execute())
                .concatMap(result -> result.map((row, meta) -> event(row))));
    }

    /**
     * What an entity is made of, and up to where that was looked for: both of one snapshot.
     *
     * @param event null in the last one
     * @param position of the event; in the last one the store's head
     */
    record Sourced(long position, @Nullable StoredEvent event) {}

    /** Matching events after a position in order, then one without an event. */
    Flux<Sourced> matching(EventCriteria criteria, long position) {
        return Mono.defer(() -> page(criteria, position))
                .expand(page ->
                        page.size() > PAGE ? page(criteria, page.get(PAGE - 1).position()) : Mono.empty())
                .concatMapIterable(page -> page.size() > PAGE ? page.subList(0, PAGE) : page, 1);
    }

    /** A full page of matching events and the store's head; with fewer events they were all. */
    private Mono<List<Sourced>> page(EventCriteria criteria, long after) {
        List<Object> values = new ArrayList<>();
        values.add(after);
        List<String> selects = new ArrayList<>();
        for (Criteria one : Criteria.of(criteria)) {
            selects.add('(' + select(one, values) + " order by t.position limit " + PAGE + ')');
        }
        String sql = "with found as materialized (select position from (" + String.join(" union ", selects)
                + ") all_of_them order by position limit " + PAGE
                + ") (select " + COLUMNS + " from found join events using (position) order by position)"
                + " union all select coalesce(max(position), 0), null, null, null, null, null, null, null from events";
        return reads.read(connection -> {
                    Statement statement = connection.createStatement(sql);
                    for (int index = 0; index < values.size(); index++) {
                        statement.bind(index, values.get(index));
                    }
                    return Flux.from(statement.execute()).concatMap(result -> result.map((row, meta) -> sourced(row)));
                })
                .collectList();
    }

    private static String select(Criteria one, List<Object> values) {
        StringBuilder sql = new StringBuilder();
        if (one.tag().isEmpty()) {
            sql.append("select t.position from events t where t.position > $1");
        } else {
            sql.append("select t.position from event_tags t where t.position > $1 and t.tag = ")
                    .append(next(one.tag(), values));
        }
        if (!one.types().isEmpty()) {
            sql.append(" and t.name = any (")
                    .append(next(one.typeArray(), values))
                    .append(')');
        }
        for (String more : one.moreArray()) {
            sql.append(" and exists (select from event_tags o where o.position = t.position and o.tag = ")
                    .append(next(more, values))
                    .append(')');
        }
        return sql.toString();
    }

    private static String next(Object value, List<Object> values) {
        values.add(value);
        return "$" + values.size();
    }

    private static Sourced sourced(Row row) {
        long position = Objects.requireNonNull(row.get(0, Long.class));
        return new Sourced(position, row.get(1, UUID.class) == null ? null : event(row));
    }

    static StoredEvent event(Row row) {
        return new StoredEvent(
                Objects.requireNonNull(row.get(0, Long.class)),
                Objects.requireNonNull(row.get(1, UUID.class)),
                Objects.requireNonNull(row.get(2, String.class)),
                Objects.requireNonNull(row.get(3, String.class)),
                Objects.requireNonNull(row.get(4, Instant.class)),
                METADATA.readValue(Objects.requireNonNull(row.get(5, String.class))),
                Criteria.tags(Objects.requireNonNull(row.get(6, String[].class))),
                Objects.requireNonNull(row.get(7, byte[].class)));
    }

    private static Mono<Long> number(Flux<Long> rows) {
        return rows.next();
    }
}
