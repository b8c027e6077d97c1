package io.forgewatch.command.automation;

import io.forgewatch.command.eventstore.Database;
import io.r2dbc.spi.Row;
import io.r2dbc.spi.Statement;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.axonframework.messaging.eventhandling.processing.streaming.token.store.UnableToClaimTokenException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Who is parked by which automation. Written only under a claim of that automation, and by its last run here: what an earlier run
 * still has on its way to the database changes nothing.
 */
final class ParkedRows {

    private final Database database;
    private final String owner;

    /** @param owner that claims automations for this instance */
    ParkedRows(Database database, String owner) {
        this.database = database;
        this.owner = owner;
    }

    /** Somebody parked by an automation. */
    record OfAutomation(String automation, Parked parked) {}

    /** All that some automations have parked. */
    Flux<OfAutomation> of(List<String> automations) {
        return database.read(connection -> Flux.from(connection
                        .createStatement("select key, position, reason, automation from parked"
                                + " where automation = any ($1) order by automation, key")
                        .bind(0, automations.toArray(String[]::new))
                        .execute())
                .concatMap(result -> result.map((row, meta) ->
                        new OfAutomation(Objects.requireNonNull(row.get(3, String.class)), parked(row)))));
    }

    /** All that an automation has parked, taken over by a run of it; fails where its claim is another's. */
    Mono<List<Parked>> begin(String automation, UUID run) {
        return database.write(connection -> Flux.from(connection
                                .createStatement(
                                        "with mine as (select from tokens where processor = $1 and owner = $2),"
                                                + " begun as (update parked set run = $3 where automation = $1"
                                                + " and exists (select from mine) returning key, position, reason)"
                                                + " select key, position, reason from mine left join begun on true")
                                .bind(0, automation)
                                .bind(1, owner)
                                .bind(2, run)
                                .execute())
                        .concatMap(result -> result.map((row, meta) -> row.get(0, String.class) == null
                                ? Optional.<Parked>empty()
                                : Optional.of(parked(row)))))
                .switchIfEmpty(Mono.error(() -> notMine(automation)))
                .<Parked>handle((one, sink) -> one.ifPresent(sink::next))
                .collectList();
    }

    /** Parks somebody, or says that what is left alone begins later. */
    Mono<Void> park(String automation, UUID run, Parked parked) {
        return owned(
                automation,
                run,
                "insert into parked (automation, key, position, reason, run) select $1, $4, $5, $6, $3 from tokens"
                        + " where processor = $1 and owner = $2 on conflict (automation, key)"
                        + " do update set position = excluded.position, reason = excluded.reason"
                        + " where parked.run = excluded.run",
                statement -> statement
                        .bind(3, parked.key())
                        .bind(4, parked.position())
                        .bind(5, parked.reason()));
    }

    Mono<Void> release(String automation, UUID run, String key) {
        return owned(
                automation,
                run,
                "delete from parked where automation = $1 and key = $4 and run = $3"
                        + " and exists (select from tokens where processor = $1 and owner = $2)",
                statement -> statement.bind(3, key));
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
                Objects.requireNonNull(row.get(1, Long.class)),
                Objects.requireNonNull(row.get(2, String.class)));
    }
}
