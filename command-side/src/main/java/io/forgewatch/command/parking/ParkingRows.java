package io.forgewatch.command.parking;

import io.forgewatch.command.eventstore.Database;
import io.forgewatch.event.enterprise.EnterpriseId;
import io.forgewatch.event.enterprise.Industry;
import io.forgewatch.event.identity.Jurisdiction;
import io.r2dbc.spi.Row;
import io.r2dbc.spi.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What is parked, of all workers and instances. */
final class ParkingRows {

    private static final String COLUMNS =
            "max(enterprise), max(cause), count(*), min(since), max(attempts), min(next_try_at)";
    private static final UUID BEFORE_ALL = new UUID(0, 0);

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
     * @param oldestSeconds how long the oldest has been parked, whether it fails or is behind; 0 where none is
     */
    record Standing(String worker, long failing, long behind, double oldestSeconds) {}

    /**
     * What is parked of those whom somebody may see, by the first row of each subject: what was parked first comes first.
     *
     * @param after the last one of the page before; null for the first page
     * @param most how many subjects
     */
    Flux<ParkedWork> page(Jurisdiction whose, @Nullable UUID after, int most) {
        Whose scope = Whose.of(whose);
        return database.lookBack(connection -> {
            Statement asked = connection
                    .createStatement("select f.id, f.worker, f.subject, w.*, f.reason from"
                            + " (select p.id, p.worker, p.subject, p.reason from parkings p where p.id > $1 and "
                            + scope.condition() + " and not exists (select from parkings e where e.worker = p.worker"
                            + " and e.subject = p.subject and e.id < p.id) order by p.id limit $2) f"
                            + " cross join lateral (select " + COLUMNS + " from parkings o"
                            + " where o.worker = f.worker and o.subject = f.subject) w order by f.id")
                    .bind(0, after == null ? BEFORE_ALL : after)
                    .bind(1, most);
            for (int i = 0; i < scope.values().size(); i++) {
                asked.bind(i + 2, scope.values().get(i));
            }
            return Flux.from(asked.execute()).concatMap(result -> result.map((row, meta) -> work(row)));
        });
    }

    /** All that is parked of what this is of is to be tried now; empty where there is none. */
    Mono<ParkedWork> resume(UUID id) {
        return database.write(connection -> Flux.from(connection
                                .createStatement("with asked as (select worker, subject from parkings where id = $1),"
                                        + " dates as (update due_dates set claimed_until = null where state = 'WAITING'"
                                        + " and key in (select subject from asked where worker = 'due-dates')),"
                                        + " tried as (update parkings p set next_try_at = now() from asked"
                                        + " where p.worker = asked.worker and p.subject = asked.subject returning p.*)"
                                        + " select (array_agg(id order by id))[1], worker, subject, " + COLUMNS
                                        + ", (array_agg(reason order by id))[1] from tried group by worker, subject")
                                .bind(0, id)
                                .execute())
                        .concatMap(result -> result.map((row, meta) -> work(row))))
                .next();
    }

    /** Of each worker that has parked anything. */
    Flux<Standing> standing() {
        return database.read(connection -> Flux.from(connection
                        .createStatement("select worker, count(distinct subject) filter (where cause = 'FAILING'),"
                                + " count(distinct subject) filter (where cause = 'BEHIND'),"
                                + " extract(epoch from now() - min(since))::float8"
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

    /**
     * Whose rows somebody may see, as an index finds them.
     *
     * @param condition on {@code p}, with its values from the third on
     */
    private record Whose(String condition, List<String> values) {

        private static final String LAST = "~";

        /** What is nobody's alone is seen by those who see all. */
        static Whose of(Jurisdiction jurisdiction) {
            return switch (jurisdiction) {
                case Jurisdiction.Nation all -> new Whose("true", List.of());
                case Jurisdiction.Enterprise(EnterpriseId one) -> new Whose("p.enterprise = $3", List.of(one.value()));
                case Jurisdiction.Region(String prefix) ->
                    new Whose(
                            "(p.enterprise between $3 and $4 or p.enterprise between $5 and $6)",
                            Stream.of(Industry.STEEL, Industry.ALUMINIUM)
                                    .map(industry -> industry.prefix() + prefix)
                                    .flatMap(first -> Stream.of(first, first + LAST))
                                    .toList());
            };
        }
    }
}
