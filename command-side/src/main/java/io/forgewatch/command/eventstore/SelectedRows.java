package io.forgewatch.command.eventstore;

import io.forgewatch.event.RecordedEvent;
import io.r2dbc.spi.Row;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Reads the tables for those who select. Page by page, so that no query takes long, however much there is; and all of a page before
 * anything is done with it: a reader that is slow keeps no connection.
 */
final class SelectedRows {

    static final int PAGE = 2_000;

    /** Follows the equals sign: all tags of a key lie between the two. */
    private static final char ABOVE = '=' + 1;

    private static final String VALUES = "with recursive found(tag, number) as ("
            + " select (select min(t.tag) from event_tags t where t.tag > $1 and t.tag < $2), 1"
            + " union all"
            + " select (select min(t.tag) from event_tags t where t.tag > f.tag and t.tag < $2), f.number + 1"
            + " from found f where f.tag is not null and f.number < $3)"
            + " select f.tag, coalesce((select t.name from event_tags t where t.tag = f.tag and t.position <= $4"
            + " order by t.position desc limit 1), '') from found f where f.tag is not null";

    private static final String EVENTS =
            "select " + EventRows.COLUMNS + " from events where position = any ($1) order by position";

    private final Database database;

    SelectedRows(Database database) {
        this.database = database;
    }

    /** @param newest the name of its newest event; empty where it has none yet */
    record Value(String tag, String newest) {}

    /** The values of a tag in pages: found by a loose index scan, one seek each, and the newest event of each by another. */
    Flux<List<Value>> values(String tag, long position) {
        return Mono.defer(() -> page(tag + '=', tag + ABOVE, position))
                .expand(page ->
                        page.size() < PAGE ? Mono.empty() : page(page.getLast().tag(), tag + ABOVE, position));
    }

    private Mono<List<Value>> page(String after, String below, long position) {
        return rows(
                        VALUES,
                        List.of(after, below, PAGE, position),
                        row -> new Value(
                                Objects.requireNonNull(row.get(0, String.class)),
                                Objects.requireNonNull(row.get(1, String.class))))
                .collectList();
    }

    /** The events at some positions, which come in order. */
    Flux<RecordedEvent> events(Flux<Long> positions) {
        return positions
                .buffer(EventRows.PAGE)
                .concatMap(page -> rows(EVENTS, List.of((Object) page.toArray(Long[]::new)), EventRows::event), 1)
                // A hundred thousand are made of their bytes at a start: not on an event loop, and while the next page
                // is read.
                .publishOn(Schedulers.boundedElastic(), EventRows.PAGE)
                .map(StoredEvent::recorded);
    }

    <T> Flux<T> rows(String sql, List<Object> values, Function<Row, T> read) {
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

    static long position(Row row) {
        return Objects.requireNonNull(row.get(0, Long.class));
    }
}
