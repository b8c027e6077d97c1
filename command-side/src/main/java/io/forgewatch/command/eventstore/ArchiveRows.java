package io.forgewatch.command.eventstore;

import io.forgewatch.command.decision.EventArchive.Order;
import io.forgewatch.command.decision.EventArchive.Span;
import io.forgewatch.command.decision.Sought;
import io.forgewatch.event.Tag;
import io.forgewatch.event.identity.Jurisdiction;
import io.r2dbc.spi.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Reads the events' table for those who look back, each time by an index and a bounded number of rows. */
final class ArchiveRows {

    // Positions have no gaps, and time rises with them: halving finds a moment in as many steps as the head has bits.
    private static final String HALVING = "with recursive halves(low, high) as ("
            + " select 0::bigint, (select coalesce(max(position), 0) + 1 from events)"
            + " union all"
            + " select case when e.at >= $1 then h.low else e.position end,"
            + " case when e.at >= $1 then e.position else h.high end"
            + " from halves h join events e on e.position = (h.low + h.high) / 2 where h.high - h.low > 1)"
            + " select low, high from halves order by high - low limit 1";

    private final Reads reads;

    ArchiveRows(Reads reads) {
        this.reads = reads;
    }

    /**
     * Where a moment lies.
     *
     * @param last the last position before it
     * @param first the first position at or after it; the head + 1 when there is none
     */
    record Edge(long last, long first) {}

    Mono<Edge> edge(Instant moment) {
        return reads.read(connection -> Flux.from(connection
                                .createStatement(HALVING)
                                .bind(0, moment)
                                .execute())
                        .concatMap(result -> result.map((row, meta) -> new Edge(
                                Objects.requireNonNull(row.get(0, Long.class)),
                                Objects.requireNonNull(row.get(1, Long.class))))))
                .next();
    }

    /** Positions at which a sought event may be, in order. */
    Mono<List<Long>> candidates(Seek seek, Span span, Order order, int most) {
        if (seek.sql().isEmpty()) {
            return Mono.just(LongStream.rangeClosed(span.after() + 1, span.upTo())
                    .map(position -> order == Order.OLDEST_FIRST ? position : span.upTo() + span.after() + 1 - position)
                    .limit(most)
                    .boxed()
                    .toList());
        }
        String sql = seek.sql().get().replace("DIRECTION", direction(order));
        return reads.read(connection -> {
                    Statement statement = connection
                            .createStatement(sql)
                            .bind(0, span.after())
                            .bind(1, span.upTo())
                            .bind(2, most);
                    for (int index = 0; index < seek.values().size(); index++) {
                        statement.bind(3 + index, seek.values().get(index));
                    }
                    return Flux.from(statement.execute())
                            .concatMap(result ->
                                    result.map((row, meta) -> Objects.requireNonNull(row.get(0, Long.class))));
                })
                .collectList();
    }

    /** Those of the candidates that meet all conditions, in order. */
    Mono<List<StoredEvent>> matching(Sought sought, Collection<Long> candidates, Order order, int most) {
        Conditions conditions = new Conditions();
        conditions.and("position = any (?)", candidates.toArray(Long[]::new));
        if (!sought.types().isEmpty()) {
            conditions.and("name = any (?)", sought.types().toArray(String[]::new));
        }
        conditions.and("actor = ?", sought.actor());
        conditions.and("at >= ?", sought.from());
        conditions.and("at < ?", sought.to());
        conditions.and("exists (select from unnest(tags) t(tag) where t.tag like ?)", pattern(sought.within()));
        String sql = "select " + EventRows.COLUMNS + " from events where " + conditions.sql() + " order by position "
                + direction(order) + " limit " + most;
        return reads.read(connection -> Flux.from(
                                conditions.bind(connection.createStatement(sql)).execute())
                        .concatMap(result -> result.map((row, meta) -> EventRows.event(row))))
                .collectList();
    }

    Flux<StoredEvent> known(Collection<UUID> ids) {
        return reads.read(connection -> Flux.from(connection
                        .createStatement(
                                "select " + EventRows.COLUMNS + " from events where id = any ($1) order by position")
                        .bind(0, ids.toArray(UUID[]::new))
                        .execute())
                .concatMap(result -> result.map((row, meta) -> EventRows.event(row))));
    }

    private static String direction(Order order) {
        return order == Order.OLDEST_FIRST ? "asc" : "desc";
    }

    /** The tag of an enterprise within, with two characters for the industry before a region's digits. */
    private static @Nullable String pattern(Jurisdiction within) {
        return switch (within) {
            case Jurisdiction.Nation nation -> null;
            case Jurisdiction.Region(String prefix) -> Criteria.text(Selections.tag(Tag.within("__" + prefix + "%")));
            case Jurisdiction.Enterprise(var id) -> Criteria.text(Selections.tag(Tag.within(id.value())));
        };
    }

    /** Conditions that all must hold, with what is bound to them; what is null is no condition. */
    private static final class Conditions {

        private final List<String> texts = new ArrayList<>();
        private final List<Object> values = new ArrayList<>();

        void and(String text, @Nullable Object value) {
            if (value != null) {
                values.add(value);
                texts.add(text.replace("?", "$" + values.size()));
            }
        }

        String sql() {
            return String.join(" and ", texts);
        }

        Statement bind(Statement statement) {
            for (int index = 0; index < values.size(); index++) {
                statement.bind(index, values.get(index));
            }
            return statement;
        }
    }
}
