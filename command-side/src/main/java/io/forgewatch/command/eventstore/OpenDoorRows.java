package io.forgewatch.command.eventstore;

import io.r2dbc.spi.Connection;
import java.time.Duration;
import java.util.Objects;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The table of open doors. */
public final class OpenDoorRows implements OpenDoorTable {

    /** Four times as long as it takes until a row is written again. */
    static final Duration FRESH_FOR = Duration.ofSeconds(20);

    private static final Duration KEPT_FOR = Duration.ofHours(1);
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private final Database database;

    public OpenDoorRows(Database database) {
        this.database = database;
    }

    @Override
    public Mono<Void> isOpen(InstanceId instance) {
        return database.write(connection -> Flux.concat(written(connection, instance), forgotten(connection)))
                .timeout(LONGEST)
                .then();
    }

    private static Publisher<Long> written(Connection connection, InstanceId instance) {
        return Flux.from(connection
                        .createStatement("insert into open_doors (instance, seen_at) values ($1, now())"
                                + " on conflict (instance) do update set seen_at = excluded.seen_at")
                        .bind(0, instance.value())
                        .execute())
                .concatMap(result -> result.getRowsUpdated());
    }

    /** Names of pods come once. What another one is just writing or forgetting is left to it. */
    private static Publisher<Long> forgotten(Connection connection) {
        return Flux.defer(() -> Flux.from(connection
                        .createStatement("delete from open_doors where instance in (select instance from open_doors"
                                + " where seen_at < now() - $1 * interval '1 second' for update skip locked)")
                        .bind(0, KEPT_FOR.toSeconds())
                        .execute())
                .concatMap(result -> result.getRowsUpdated()));
    }

    /** A row of the future is of a clock that went back meanwhile: it would count for long. */
    @Override
    public Mono<Boolean> isOpenElsewhere(InstanceId instance) {
        return database.read(connection -> Flux.from(connection
                                .createStatement("select exists (select from open_doors where instance <> $1"
                                        + " and seen_at between now() - $2 * interval '1 second'"
                                        + " and now() + $2 * interval '1 second')")
                                .bind(0, instance.value())
                                .bind(1, FRESH_FOR.toSeconds())
                                .execute())
                        .concatMap(
                                result -> result.map((row, meta) -> Objects.requireNonNull(row.get(0, Boolean.class)))))
                .timeout(LONGEST)
                .next();
    }
}
