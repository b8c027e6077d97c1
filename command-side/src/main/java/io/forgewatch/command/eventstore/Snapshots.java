package io.forgewatch.command.eventstore;

import io.forgewatch.command.decision.Decider;
import io.r2dbc.spi.Row;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * States of entities of many events, so that none has to be made from its first event again. A table of our own, since Axon 5.0.1
 * has none. Disposable: a snapshot that other code made, that can't be read or that is missing costs a longer load, no more.
 */
final class Snapshots {

    /** After so many events since the last one a new one is usually taken. */
    static final int EVERY = 500;

    private static final Logger LOG = LoggerFactory.getLogger(Snapshots.class);
    private static final int AT_ONCE = 2;
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final Database database;
    private final int every;
    private final Semaphore places = new Semaphore(AT_ONCE);
    private final Map<String, String> versions = new ConcurrentHashMap<>();
    /** Entities that have one, as far as this instance knows: the others need not be asked for. */
    private final Set<String> known = ConcurrentHashMap.newKeySet();

    private final Mono<Void> read;

    Snapshots(Database database) {
        this(database, EVERY);
    }

    /** @param every after so many events since the last one a new one is taken */
    Snapshots(Database database, int every) {
        this.database = database;
        this.every = every;
        this.read = database.read(connection -> Flux.from(connection
                                .createStatement("select entity from snapshots")
                                .execute())
                        .flatMap(result -> result.map((row, meta) -> Objects.requireNonNull(row.get(0, String.class)))))
                .doOnNext(known::add)
                .then();
    }

    /** Learns which there are; fails with the database. */
    Mono<Void> read() {
        return read;
    }

    boolean has(String entity) {
        return known.contains(entity);
    }

    /** An entity's snapshot; empty where there is none that this code can use. */
    Mono<EntityCache.Known> load(Decider<?, ?> decider, String entity) {
        return load(decider, entity, Work.PRESENT);
    }

    /** @param work of those who wait for it */
    Mono<EntityCache.Known> load(Decider<?, ?> decider, String entity, Work work) {
        return database.of(work)
                .read(connection -> Flux.from(connection
                                .createStatement(
                                        "select type, evolve, position, state from snapshots where entity = $1")
                                .bind(0, entity)
                                .execute())
                        .flatMap(result -> result.map((row, meta) -> Stored.of(row))))
                .next()
                .publishOn(Schedulers.boundedElastic())
                .flatMap(stored -> Mono.fromCallable(() -> usable(decider, stored)))
                .timeout(LONGEST)
                .onErrorResume(unusable -> {
                    LOG.warn("The snapshot of {} is not used: {}", entity, String.valueOf(unusable));
                    known.remove(entity);
                    return Mono.empty();
                });
    }

    private EntityCache.Known usable(Decider<?, ?> decider, Stored stored) throws IOException, ClassNotFoundException {
        Class<?> type = Class.forName(stored.type(), false, decider.getClass().getClassLoader());
        if (!stored.evolve().equals(version(decider, type))) {
            throw new IOException("it was made by other code");
        }
        return new EntityCache.Known(SnapshotJson.read(stored.state(), type), stored.position(), 0);
    }

    /** Whether a state of so many events more than its last snapshot is worth a new one. */
    boolean due(int events) {
        return events >= every;
    }

    /** Takes a snapshot beside the work; when enough of them are under way already, another time. */
    void take(Decider<?, ?> decider, String entity, EntityCache.Known state) {
        if (places.tryAcquire()) {
            Mono.fromCallable(() -> stored(decider, state))
                    .subscribeOn(Schedulers.boundedElastic())
                    .flatMap(stored -> write(entity, stored))
                    .timeout(LONGEST)
                    .doFinally(signal -> places.release())
                    .subscribe(
                            rows -> known.add(entity),
                            failure -> LOG.warn("No snapshot of {}: {}", entity, String.valueOf(failure)));
        }
    }

    /** A state that would not be read back as it is has none. */
    private Stored stored(Decider<?, ?> decider, EntityCache.Known known) throws IOException {
        Object state = known.state();
        byte[] json = SnapshotJson.write(state);
        if (!SnapshotJson.read(json, state.getClass()).equals(state)) {
            throw new IOException("the state of " + decider.name() + " is not the same when it is read back");
        }
        return new Stored(state.getClass().getName(), version(decider, state.getClass()), known.position(), json);
    }

    private Mono<Long> write(String entity, Stored stored) {
        return database.write(connection -> Flux.from(connection
                                .createStatement("insert into snapshots as s (entity, type, evolve, position, state)"
                                        + " values ($1, $2, $3, $4, $5) on conflict (entity) do update set"
                                        + " type = excluded.type, evolve = excluded.evolve, position = excluded.position,"
                                        + " state = excluded.state, taken_at = now()"
                                        + " where s.position < excluded.position or s.evolve <> excluded.evolve")
                                .bind(0, entity)
                                .bind(1, stored.type())
                                .bind(2, stored.evolve())
                                .bind(3, stored.position())
                                .bind(4, stored.state())
                                .execute())
                        .flatMap(result -> result.getRowsUpdated()))
                .reduce(0L, Long::sum);
    }

    private String version(Decider<?, ?> decider, Class<?> state) throws IOException {
        String key = decider.name() + '/' + state.getName();
        String version = versions.get(key);
        if (version == null) {
            version = EvolveVersion.of(decider, state);
            versions.put(key, version);
        }
        return version;
    }

    @SuppressWarnings("ArrayRecordComponent") // on its way between the row and the reader
    private record Stored(String type, String evolve, long position, byte[] state) {

        static Stored of(Row row) {
            return new Stored(
                    Objects.requireNonNull(row.get(0, String.class)),
                    Objects.requireNonNull(row.get(1, String.class)),
                    Objects.requireNonNull(row.get(2, Long.class)),
                    Objects.requireNonNull(row.get(3, byte[].class)));
        }
    }
}
