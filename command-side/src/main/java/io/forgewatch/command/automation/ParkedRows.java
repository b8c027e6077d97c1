package io.forgewatch.command.automation;

import io.forgewatch.command.eventstore.Database;
import io.forgewatch.command.eventstore.MessageIds;
import io.forgewatch.command.parking.Again;
import io.forgewatch.command.parking.Build;
import io.r2dbc.spi.Row;
import io.r2dbc.spi.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.axonframework.messaging.eventhandling.processing.streaming.token.store.UnableToClaimTokenException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * What is parked by which automation. Written only under a claim of that automation, and by its last run here: what an earlier run
 * still has on its way to the database changes nothing.
 */
final class ParkedRows {

    private static final String FAILING = "FAILING";
    private static final String BEHIND = "BEHIND";
    private static final int MOST_TOLD = 10_000;
    private static final String COLUMNS = "subject, coalesce(tag, subject), position, cause, reason";

    private final Database database;
    private final String owner;
    private final String build;

    /** @param owner that claims automations for this instance */
    ParkedRows(Database database, String owner, Build build) {
        this.database = database;
        this.owner = owner;
        this.build = build.version();
    }

    /** Something parked by an automation. */
    record OfAutomation(String automation, Parked parked) {}

    /** What some automations have parked; of very much the first of it. */
    Flux<OfAutomation> of(List<String> automations) {
        return database.read(connection -> Flux.from(connection
                        .createStatement("select " + COLUMNS + ", worker from parkings"
                                + " where worker = any ($1) order by worker, subject limit $2")
                        .bind(0, automations.toArray(String[]::new))
                        .bind(1, MOST_TOLD)
                        .execute())
                .concatMap(result -> result.map((row, meta) ->
                        new OfAutomation(Objects.requireNonNull(row.get(5, String.class)), parked(row)))));
    }

    /**
     * All that an automation has parked, taken over by a run of it; fails where its claim is another's. What a release without
     * this table has parked is moved into it.
     */
    Mono<List<Parked>> begin(String automation, UUID run) {
        return database.write(connection -> Flux.from(connection
                                .createStatement(
                                        "with mine as (select from tokens where processor = $1 and owner = $2),"
                                                + " moved as (delete from parked where automation = $1"
                                                + " and exists (select from mine) returning key, position, reason),"
                                                + " entered as (insert into parkings (id, worker, subject, cause, enterprise, tag,"
                                                + " position, reason, build, next_try_at, run) select gen_random_uuid(), $1, key,"
                                                + " 'FAILING', case when key like 'within=%' then substr(key, 8) end, key,"
                                                + " position, reason, '', now(), $3 from moved"
                                                + " on conflict (worker, subject, entry) do update set run = excluded.run,"
                                                + " position = least(parkings.position, excluded.position) returning "
                                                + COLUMNS
                                                + "), begun as (update parkings set run = $3,"
                                                + " next_try_at = case when build = $4 then next_try_at else now() end"
                                                + " where worker = $1 and exists (select from mine)"
                                                + " and subject not in (select key from moved) returning " + COLUMNS
                                                + ")"
                                                + " select parked.* from mine left join"
                                                + " (select * from entered union all select * from begun) parked on true")
                                .bind(0, automation)
                                .bind(1, owner)
                                .bind(2, run)
                                .bind(3, build)
                                .execute())
                        .concatMap(result -> result.map((row, meta) -> row.get(0, String.class) == null
                                ? Optional.<Parked>empty()
                                : Optional.of(parked(row)))))
                .switchIfEmpty(Mono.error(() -> notMine(automation)))
                .<Parked>handle((one, sink) -> one.ifPresent(sink::next))
                .collectList();
    }

    /** Those of a run that are to be tried again by now. */
    Flux<String> due(String automation, UUID run) {
        return database.read(connection -> Flux.from(connection
                        .createStatement("select subject from parkings where worker = $1 and next_try_at <= now()"
                                + " and run = $2 order by next_try_at, subject")
                        .bind(0, automation)
                        .bind(1, run)
                        .execute())
                .concatMap(result -> result.map((row, meta) -> Objects.requireNonNull(row.get(0, String.class)))));
    }

    /** Parks something; what is parked already begins at the earlier of both positions. */
    Mono<Void> park(String automation, UUID run, Parked parked, @Nullable String enterprise) {
        Duration pause = parked.behind() ? Duration.ZERO : Again.later();
        return owned(
                automation,
                run,
                "insert into parkings (id, worker, subject, cause, enterprise, tag, position, reason, build, next_try_at,"
                        + " run) select $4, $1, $5, $6, $7, $8, $9, $10, $11, now() + $12 * interval '1 millisecond', $3"
                        + " from tokens where processor = $1 and owner = $2 on conflict (worker, subject, entry) do update"
                        + " set position = least(parkings.position, excluded.position), reason = excluded.reason,"
                        + " cause = excluded.cause, build = excluded.build where parkings.run = excluded.run",
                statement -> {
                    Statement bound = statement
                            .bind(3, MessageIds.next())
                            .bind(4, parked.key())
                            .bind(5, parked.behind() ? BEHIND : FAILING)
                            .bind(7, parked.tag())
                            .bind(8, parked.position())
                            .bind(9, parked.reason())
                            .bind(10, build)
                            .bind(11, pause.toMillis());
                    return enterprise == null ? bound.bindNull(6, String.class) : bound.bind(6, enterprise);
                });
    }

    /** What is left alone begins later. */
    Mono<Void> done(String automation, UUID run, String key, long position) {
        return changed(automation, run, "position = $5", key, statement -> statement.bind(4, position));
    }

    /** It failed again, and waits for its next turn. */
    Mono<Void> failed(String automation, UUID run, String key, String reason) {
        return changed(
                automation,
                run,
                "reason = $5, build = $6, attempts = attempts + 1, cause = 'FAILING',"
                        + " next_try_at = now() + $7 * interval '1 millisecond'",
                key,
                statement -> statement
                        .bind(4, reason)
                        .bind(5, build)
                        .bind(6, Again.later().toMillis()));
    }

    Mono<Void> release(String automation, UUID run, String key) {
        return owned(
                automation,
                run,
                "delete from parkings where worker = $1 and subject = $4 and run = $3"
                        + " and exists (select from tokens where processor = $1 and owner = $2)",
                statement -> statement.bind(3, key));
    }

    private Mono<Void> changed(String automation, UUID run, String change, String key, UnaryOperator<Statement> bound) {
        return owned(
                automation,
                run,
                "update parkings set " + change + " where worker = $1 and subject = $4 and run = $3"
                        + " and exists (select from tokens where processor = $1 and owner = $2)",
                statement -> bound.apply(statement.bind(3, key)));
    }

    private Mono<Void> owned(String automation, UUID run, String sql, UnaryOperator<Statement> bound) {
        return database.write(connection -> Flux.from(bound.apply(connection
                                        .createStatement(sql)
                                        .bind(0, automation)
                                        .bind(1, owner)
                                        .bind(2, run))
                                .execute())
                        .flatMap(result -> result.getRowsUpdated()))
                .reduce(0L, Long::sum)
                .flatMap(rows -> rows > 0 ? Mono.empty() : Mono.error(notMine(automation)));
    }

    private UnableToClaimTokenException notMine(String automation) {
        return new UnableToClaimTokenException(automation + " is not claimed by " + owner + ", or was begun anew");
    }

    private static Parked parked(Row row) {
        return new Parked(
                Objects.requireNonNull(row.get(0, String.class)),
                Objects.requireNonNull(row.get(1, String.class)),
                Objects.requireNonNull(row.get(2, Long.class)),
                BEHIND.equals(row.get(3, String.class)),
                Objects.requireNonNull(row.get(4, String.class)));
    }
}
