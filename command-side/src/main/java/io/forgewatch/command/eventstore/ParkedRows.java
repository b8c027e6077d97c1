package io.forgewatch.command.eventstore;

import io.r2dbc.spi.Statement;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.axonframework.messaging.eventhandling.processing.streaming.token.store.UnableToClaimTokenException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Who is parked by which automation. Written only under a claim of that automation. */
final class ParkedRows {

    private final Database database;
    private final String owner;

    /** @param owner that claims automations for this instance */
    ParkedRows(Database database, String owner) {
        this.database = database;
        this.owner = owner;
    }

    /** Somebody parked by an automation. */
    record Row(String automation, Parked parked) {}

    /** All that some automations have parked. */
    Flux<Row> of(List<String> automations) {
        return database.read(connection -> Flux.from(connection
                        .createStatement("select automation, key, position, reason from parked"
                                + " where automation = any ($1) order by automation, key")
                        .bind(0, automations.toArray(String[]::new))
                        .execute())
                .concatMap(result -> result.map((row, meta) -> new Row(
                        Objects.requireNonNull(row.get(0, String.class)),
                        new Parked(
                                Objects.requireNonNull(row.get(1, String.class)),
                                Objects.requireNonNull(row.get(2, Long.class)),
                                Objects.requireNonNull(row.get(3, String.class)))))));
    }

    /** Parks somebody, or says that what is left alone begins later. */
    Mono<Void> park(String automation, Parked parked) {
        return owned(
                automation,
                "insert into parked (automation, key, position, reason) select $1, $3, $4, $5 from tokens"
                        + " where processor = $1 and owner = $2 on conflict (automation, key)"
                        + " do update set position = excluded.position, reason = excluded.reason",
                statement -> statement
                        .bind(2, parked.key())
                        .bind(3, parked.position())
                        .bind(4, parked.reason()));
    }

    Mono<Void> release(String automation, String key) {
        return owned(
                automation,
                "delete from parked where automation = $1 and key = $3"
                        + " and exists (select from tokens where processor = $1 and owner = $2)",
                statement -> statement.bind(2, key));
    }

    private Mono<Void> owned(String automation, String sql, UnaryOperator<Statement> bound) {
        return database.write(connection -> Flux.from(bound.apply(connection
                                        .createStatement(sql)
                                        .bind(0, automation)
                                        .bind(1, owner))
                                .execute())
                        .flatMap(result -> result.getRowsUpdated()))
                .reduce(0L, Long::sum)
                .flatMap(rows -> rows > 0
                        ? Mono.empty()
                        : Mono.error(new UnableToClaimTokenException(automation + " is not claimed by " + owner)));
    }
}
