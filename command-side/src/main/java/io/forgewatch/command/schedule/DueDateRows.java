package io.forgewatch.command.schedule;

import io.forgewatch.command.decision.Command;
import io.forgewatch.command.decision.DueDate;
import io.forgewatch.command.eventstore.Database;
import io.forgewatch.event.Actor;
import io.forgewatch.event.EventJson;
import io.r2dbc.spi.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The table of due dates. */
final class DueDateRows {

    /** For so long a row belongs to who took it; whoever dies in between leaves it to the others afterwards. */
    private static final Duration CLAIM = Duration.ofSeconds(30);

    private final Database database;

    DueDateRows(Database database) {
        this.database = database;
    }

    /** @param attempts how often it was taken, this time included */
    record Due(
            String key,
            Instant at,
            String commandName,
            String command,
            int attempts,
            DueDate.@Nullable Origin origin) {}

    /**
     * When to look again.
     *
     * @param due the next due date by the house's clock, or null
     * @param retryIn seconds until one that failed is tried again, or null
     */
    record Next(@Nullable Instant due, @Nullable Double retryIn) {}

    Mono<Void> enter(List<DueDate> dates) {
        String[] keys = dates.stream().map(DueDate::key).toArray(String[]::new);
        String[] moments = dates.stream().map(date -> date.at().toString()).toArray(String[]::new);
        String[] names = dates.stream()
                .map(date -> Command.name(date.command().getClass()))
                .toArray(String[]::new);
        String[] commands = dates.stream()
                .map(date -> EventJson.MAPPER.writeValueAsString(date.command()))
                .toArray(String[]::new);
        @Nullable String[] actors = ofOrigin(dates, origin -> origin.actor().wire());
        @Nullable String[] idempotencyKeys = ofOrigin(dates, DueDate.Origin::idempotencyKey);
        @Nullable String[] causes = ofOrigin(dates, origin -> origin.cause().toString());
        return database.write(connection -> Flux.from(connection
                                .createStatement("insert into due_dates"
                                        + " (key, due_at, command_name, command, actor, idempotency_key, cause)"
                                        + " select key, due_at::timestamptz, name, command, actor, id, cause::uuid"
                                        + " from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[],"
                                        + " $6::text[], $7::text[]) d(key, due_at, name, command, actor, id, cause)"
                                        + " on conflict (key) do nothing")
                                .bind(0, keys)
                                .bind(1, moments)
                                .bind(2, names)
                                .bind(3, commands)
                                .bind(4, actors)
                                .bind(5, idempotencyKeys)
                                .bind(6, causes)
                                .execute())
                        .flatMap(result -> result.getRowsUpdated()))
                .then();
    }

    private static @Nullable String[] ofOrigin(List<DueDate> dates, Function<DueDate.Origin, String> part) {
        return dates.stream()
                .map(DueDate::origin)
                .map(origin -> origin == null ? null : part.apply(origin))
                .toArray(String[]::new);
    }

    /** Takes what is due; others skip what is taken. */
    Flux<Due> take(Instant now, int limit) {
        return database.write(connection -> Flux.from(connection
                        .createStatement(
                                "update due_dates d set attempts = attempts + 1, claimed_until = now() + $1"
                                        + " * interval '1 second' where key in (select key from due_dates where state ="
                                        + " 'WAITING' and due_at <= $2 and (claimed_until is null or claimed_until < now())"
                                        + " order by due_at limit $3 for update skip locked)"
                                        + " returning key, due_at, command_name, command, attempts, actor, idempotency_key, cause")
                        .bind(0, CLAIM.toSeconds())
                        .bind(1, now)
                        .bind(2, limit)
                        .execute())
                .concatMap(result -> result.map((row, meta) -> new Due(
                        Objects.requireNonNull(row.get(0, String.class)),
                        Objects.requireNonNull(row.get(1, Instant.class)),
                        Objects.requireNonNull(row.get(2, String.class)),
                        Objects.requireNonNull(row.get(3, String.class)),
                        Objects.requireNonNull(row.get(4, Integer.class)),
                        origin(row)))));
    }

    private static DueDate.@Nullable Origin origin(Row row) {
        String actor = row.get(5, String.class);
        return actor == null
                ? null
                : new DueDate.Origin(
                        Actor.fromWire(actor),
                        Objects.requireNonNull(row.get(6, String.class)),
                        Objects.requireNonNull(row.get(7, UUID.class)));
    }

    Mono<Void> fired(List<String> keys, Instant now) {
        return database.write(connection -> Flux.from(connection
                                .createStatement(
                                        "update due_dates set state = 'FIRED', fired_at = $1, last_error = null"
                                                + " where key = any ($2)")
                                .bind(0, now)
                                .bind(1, keys.toArray(String[]::new))
                                .execute())
                        .flatMap(result -> result.getRowsUpdated()))
                .then();
    }

    /** @param retryIn when it is tried again, or null when it never is */
    Mono<Void> failed(String key, String error, @Nullable Duration retryIn) {
        return database.write(connection -> Flux.from(connection
                                .createStatement("update due_dates set last_error = $1, state = $2,"
                                        + " claimed_until = now() + $3 * interval '1 millisecond' where key = $4")
                                .bind(0, error)
                                .bind(1, retryIn == null ? "FAILED" : "WAITING")
                                .bind(2, retryIn == null ? 0L : retryIn.toMillis())
                                .bind(3, key)
                                .execute())
                        .flatMap(result -> result.getRowsUpdated()))
                .then();
    }

    /** It was not answered at all: this time is not counted. */
    Mono<Void> unanswered(String key, String error, Duration retryIn) {
        return database.write(connection -> Flux.from(connection
                                .createStatement("update due_dates set last_error = $1, attempts = attempts - 1,"
                                        + " claimed_until = now() + $2 * interval '1 millisecond' where key = $3")
                                .bind(0, error)
                                .bind(1, retryIn.toMillis())
                                .bind(2, key)
                                .execute())
                        .flatMap(result -> result.getRowsUpdated()))
                .then();
    }

    Mono<Next> next() {
        return database.read(connection -> Flux.from(connection
                                .createStatement("select (select min(due_at) from due_dates where state = 'WAITING' and"
                                        + " (claimed_until is null or claimed_until < now())), (select extract(epoch from"
                                        + " min(claimed_until) - now())::float8 from due_dates where state = 'WAITING' and"
                                        + " claimed_until >= now())")
                                .execute())
                        .flatMap(result -> result.map(
                                (row, meta) -> new Next(row.get(0, Instant.class), row.get(1, Double.class)))))
                .next();
    }

    Mono<Long> failures() {
        return database.read(connection -> Flux.from(connection
                                .createStatement("select count(*) from due_dates where state = 'FAILED'")
                                .execute())
                        .flatMap(result -> result.map((row, meta) -> Objects.requireNonNull(row.get(0, Long.class)))))
                .next();
    }
}
