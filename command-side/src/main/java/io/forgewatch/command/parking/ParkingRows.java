package io.forgewatch.command.parking;

import io.forgewatch.command.eventstore.Database;
import io.r2dbc.spi.Row;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What is parked, of all workers and instances. */
final class ParkingRows {

    private static final String WORK =
            "select (array_agg(id order by id))[1], worker, subject, max(enterprise), max(cause),"
                    + " count(*), min(since), max(attempts), min(next_try_at), (array_agg(reason order by id))[1] from parkings";

    private final Database database;

    ParkingRows(Database database) {
        this.database = database;
    }

    /**
     * How much is parked.
     *
     * @param worker an automation's name, {@code signals} or {@code due-dates}
     * @param failing how many subjects of it fail
     * @param behind of how many more came than can wait
     * @param oldestSeconds how long the oldest that fails has been parked; 0 where none does
     */
    record Standing(String worker, long failing, long behind, double oldestSeconds) {}

    /** All of it, the oldest first. */
    Flux<ParkedWork> all() {
        return database.read(connection -> Flux.from(connection
                        .createStatement(WORK + " group by worker, subject order by min(since), worker, subject")
                        .execute())
                .concatMap(result -> result.map((row, meta) -> work(row))));
    }

    /** All that is parked of what this is of is to be tried now; empty where there is none. */
    Mono<ParkedWork> resume(UUID id) {
        return database.write(connection -> Flux.from(connection
                                .createStatement("with asked as (select worker, subject from parkings where id = $1),"
                                        + " dates as (update due_dates set claimed_until = null where state = 'WAITING'"
                                        + " and key in (select subject from asked where worker = 'due-dates'))"
                                        + " update parkings p set next_try_at = now() from asked"
                                        + " where p.worker = asked.worker and p.subject = asked.subject")
                                .bind(0, id)
                                .execute())
                        .concatMap(result -> result.getRowsUpdated()))
                .then(Mono.defer(() -> one(id)));
    }

    private Mono<ParkedWork> one(UUID id) {
        return database.read(connection -> Flux.from(connection
                                .createStatement(
                                        WORK + " where (worker, subject) in"
                                                + " (select worker, subject from parkings where id = $1) group by worker, subject")
                                .bind(0, id)
                                .execute())
                        .concatMap(result -> result.map((row, meta) -> work(row))))
                .next();
    }

    /** Of each worker that has parked anything. */
    Flux<Standing> standing() {
        return database.read(connection -> Flux.from(connection
                        .createStatement("select worker, count(distinct subject) filter (where cause = 'FAILING'),"
                                + " count(distinct subject) filter (where cause = 'BEHIND'), coalesce(extract(epoch from"
                                + " now() - min(since) filter (where cause = 'FAILING')), 0)::float8"
                                + " from parkings group by worker order by worker")
                        .execute())
                .concatMap(result -> result.map((row, meta) -> new Standing(
                        Objects.requireNonNull(row.get(0, String.class)),
                        Objects.requireNonNull(row.get(1, Long.class)),
                        Objects.requireNonNull(row.get(2, Long.class)),
                        Objects.requireNonNull(row.get(3, Double.class))))));
    }

    private static ParkedWork work(Row row) {
        return new ParkedWork(
                Objects.requireNonNull(row.get(0, UUID.class)),
                Objects.requireNonNull(row.get(1, String.class)),
                Objects.requireNonNull(row.get(2, String.class)),
                row.get(3, String.class),
                ParkedWork.Cause.valueOf(Objects.requireNonNull(row.get(4, String.class))),
                Objects.requireNonNull(row.get(5, Long.class)),
                Objects.requireNonNull(row.get(6, Instant.class)),
                Objects.requireNonNull(row.get(7, Integer.class)),
                Objects.requireNonNull(row.get(8, Instant.class)),
                row.get(9, String.class));
    }
}
