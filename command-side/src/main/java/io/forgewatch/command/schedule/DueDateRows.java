package io.forgewatch.command.schedule;

import io.forgewatch.command.decision.Command;
import io.forgewatch.command.decision.DueDate;
import io.forgewatch.command.eventstore.Database;
import io.forgewatch.command.eventstore.DeciderNames;
import io.forgewatch.command.eventstore.MessageIds;
import io.forgewatch.command.parking.Build;
import io.forgewatch.command.parking.Reasons;
import io.forgewatch.event.Actor;
import io.forgewatch.event.EventJson;
import io.forgewatch.event.enterprise.EnterpriseId;
import io.r2dbc.spi.Row;
import io.r2dbc.spi.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The table of due dates. */
final class DueDateRows {

    /** For so long a row belongs to who took it; whoever dies in between leaves it to the others afterwards. */
    static final Duration CLAIM = Duration.ofSeconds(30);

    /** So many of an owner are taken at once beside those of others. */
    private static final int OF_ONE_AT_ONCE = 8;

    private static final int LOOKED_AT = 2_048;
    /** So many in one transaction: nobody who works on the table waits for more than that. */
    static final int FORGOTTEN_AT_ONCE = 1_000;

    private static final String FREE = "state = 'WAITING' and (claimed_until is null or claimed_until < now())";
    private static final String NOT_BUSY = " and (owner is null or owner <> all ($1))";

    private final Database database;
    private final DeciderNames names;
    private final String build;

    DueDateRows(Database database, DeciderNames names, Build build) {
        this.database = database;
        this.names = names;
        this.build = build.version();
    }

    /**
     * A date that was taken.
     *
     * @param attempts how often it was sent in vain
     * @param owner the enterprise whose it is, or what else its command is decided on; empty for nobody
     */
    record Due(
            String key,
            Instant at,
            String commandName,
            String command,
            int attempts,
            DueDate.@Nullable Origin origin,
            String owner) {}

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
        String[] owners = dates.stream().map(DueDate::command).map(this::owner).toArray(String[]::new);
        String[] commands = dates.stream()
                .map(date -> EventJson.MAPPER.writeValueAsString(date.command()))
                .toArray(String[]::new);
        @Nullable String[] actors = ofOrigin(dates, origin -> origin.actor().wire());
        @Nullable String[] idempotencyKeys = ofOrigin(dates, DueDate.Origin::idempotencyKey);
        @Nullable String[] causes = ofOrigin(dates, origin -> origin.cause().toString());
        return database.write(connection -> Flux.from(connection
                                .createStatement("insert into due_dates"
                                        + " (key, due_at, command_name, command, actor, idempotency_key, cause, owner)"
                                        + " select key, due_at::timestamptz, name, command, actor, id, cause::uuid, owner"
                                        + " from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[],"
                                        + " $6::text[], $7::text[], $8::text[])"
                                        + " d(key, due_at, name, command, actor, id, cause, owner)"
                                        + " on conflict (key) do nothing")
                                .bind(0, keys)
                                .bind(1, moments)
                                .bind(2, names)
                                .bind(3, commands)
                                .bind(4, actors)
                                .bind(5, idempotencyKeys)
                                .bind(6, causes)
                                .bind(7, owners)
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

    /** In whose order its command goes. */
    private String owner(Command command) {
        String decided = names.decision(command);
        String key = decided.substring(decided.indexOf('/') + 1);
        try {
            return EnterpriseId.of(key).value();
        } catch (RuntimeException ofNoEnterprise) {
            return key;
        }
    }

    /** What was parked by other code is to be tried at once. */
    Mono<Void> begin() {
        return changed(
                "with others as (update parkings set build = $1, next_try_at = now()"
                        + " where worker = 'due-dates' and build <> $1 returning subject)"
                        + " update due_dates set claimed_until = null"
                        + " where state = 'WAITING' and key in (select subject from others)",
                statement -> statement.bind(0, build));
    }

    /**
     * Takes what is due; others skip what is taken.
     *
     * @param busy those of whom enough are held
     */
    Flux<Due> take(Instant now, int limit, Set<String> busy) {
        return database.write(connection -> Flux.from(connection
                        .createStatement("update due_dates d set claimed_until = now() + $2"
                                + " * interval '1 second' where key in (select key from due_dates where " + FREE
                                + " and key in (select key from (select key, due_at, row_number() over"
                                + " (partition by owner order by due_at) place from (select key, due_at, owner"
                                + " from due_dates where due_at <= $3 and " + FREE + NOT_BUSY
                                + " order by due_at limit "
                                + LOOKED_AT + ") due) placed where place <= " + OF_ONE_AT_ONCE
                                + " order by due_at limit $4) for update skip locked) returning key, due_at,"
                                + " command_name, command, attempts, actor, idempotency_key, cause, owner")
                        .bind(0, busy.toArray(String[]::new))
                        .bind(1, CLAIM.toSeconds())
                        .bind(2, now)
                        .bind(3, limit)
                        .execute())
                .concatMap(result -> result.map((row, meta) -> due(row))));
    }

    private Due due(Row row) {
        String commandName = Objects.requireNonNull(row.get(2, String.class));
        String command = Objects.requireNonNull(row.get(3, String.class));
        String owner = row.get(8, String.class);
        return new Due(
                Objects.requireNonNull(row.get(0, String.class)),
                Objects.requireNonNull(row.get(1, Instant.class)),
                commandName,
                command,
                Objects.requireNonNull(row.get(4, Integer.class)),
                origin(row),
                owner == null ? owner(commandName, command) : owner);
    }

    /** Of one that a release without owners entered; nobody's where only other code can read it. */
    private String owner(String commandName, String command) {
        try {
            return owner(EventJson.MAPPER.readValue(command, names.named(commandName)));
        } catch (RuntimeException illegible) {
            return "";
        }
    }

    /** They still wait for their turn. */
    Mono<Void> extend(List<String> keys) {
        return changed(
                "update due_dates set claimed_until = now() + $2 * interval '1 second'"
                        + " where key = any ($1) and state = 'WAITING' and claimed_until >= now()",
                statement -> statement.bind(0, keys.toArray(String[]::new)).bind(1, CLAIM.toSeconds()));
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

    /** They are done, and no longer there. Entered again they are fired once more, which their keys make a repeat. */
    Mono<Void> fired(List<String> keys) {
        return changed(
                "with parked as (delete from parkings where worker = 'due-dates' and subject = any ($1))"
                        + " delete from due_dates where key = any ($1)",
                statement -> statement.bind(0, keys.toArray(String[]::new)));
    }

    /** Forgets those that were fired by a release that kept them, part by part; answers how many parts there were. */
    Mono<Long> forgetFired() {
        return forgetSome("").expand(this::forgetSome).count();
    }

    /** In the order of the keys, so that no row is looked at twice; answers with the last one, if any. */
    private Mono<String> forgetSome(String after) {
        return database.write(connection -> Flux.from(connection
                                .createStatement("with fired as materialized (select key from due_dates where key > $1"
                                        + " and state = 'FIRED' order by key limit $2 for update skip locked),"
                                        + " gone as (delete from due_dates where key in (select key from fired))"
                                        + " select coalesce(max(key), '') from fired")
                                .bind(0, after)
                                .bind(1, FORGOTTEN_AT_ONCE)
                                .execute())
                        .flatMap(result -> result.map((row, meta) -> Objects.requireNonNull(row.get(0, String.class)))))
                .next()
                .filter(last -> !last.isEmpty());
    }

    /**
     * It was sent in vain.
     *
     * @param attempts how often by now
     * @param parked whether that is to be seen
     */
    Mono<Void> failed(Due due, int attempts, Throwable failure, boolean parked, Duration retryIn) {
        return changed(
                "with failed as (update due_dates set last_error = $1, attempts = $8,"
                        + " claimed_until = now() + $2 * interval '1 millisecond' where key = $3 and state = 'WAITING'"
                        + " returning key, attempts, claimed_until)"
                        + " insert into parkings (id, worker, subject, cause, enterprise, reason, build, attempts,"
                        + " next_try_at) select $4, 'due-dates', key, 'FAILING', $5, $1, $6, attempts, claimed_until"
                        + " from failed where $7 on conflict (worker, subject, entry) do update set"
                        + " reason = excluded.reason, build = excluded.build, attempts = excluded.attempts,"
                        + " next_try_at = excluded.next_try_at",
                statement -> {
                    Statement bound = statement
                            .bind(0, Reasons.of(failure))
                            .bind(1, retryIn.toMillis())
                            .bind(2, due.key())
                            .bind(3, MessageIds.next())
                            .bind(5, build)
                            .bind(6, parked)
                            .bind(7, attempts);
                    return EnterpriseId.FORM.isOne(due.owner())
                            ? bound.bind(4, due.owner())
                            : bound.bindNull(4, String.class);
                });
    }

    /** @param busy those of whom enough are held */
    Mono<Next> next(Set<String> busy) {
        return database.read(connection -> Flux.from(connection
                                .createStatement(
                                        "select (select min(due_at) from due_dates where " + FREE + NOT_BUSY + "),"
                                                + " (select extract(epoch from min(claimed_until) - now())::float8 from due_dates"
                                                + " where state = 'WAITING' and claimed_until >= now())")
                                .bind(0, busy.toArray(String[]::new))
                                .execute())
                        .flatMap(result -> result.map(
                                (row, meta) -> new Next(row.get(0, Instant.class), row.get(1, Double.class)))))
                .next();
    }

    private Mono<Void> changed(String sql, UnaryOperator<Statement> bound) {
        return database.write(connection -> Flux.from(
                                bound.apply(connection.createStatement(sql)).execute())
                        .flatMap(result -> result.getRowsUpdated()))
                .then();
    }
}
