package io.forgewatch.command.parking;

import io.forgewatch.command.eventstore.Database;
import io.r2dbc.spi.Row;
import io.r2dbc.spi.Statement;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Parked signals as rows of the table of what is parked; any instance may try any of them. */
final class ParkedSignalRows implements ParkedSignals {

    private static final Duration CLAIM = Duration.ofSeconds(60);
    /** Longer than the clocks of two instances differ, and a write takes. */
    private static final Duration RECENTLY = Duration.ofMinutes(1);

    /** As they came first: ids are made in order. */
    private static final Comparator<Kept> IN_ORDER = Comparator.comparing(Kept::id);

    private static final Duration LONGEST_WRITE = Duration.ofSeconds(20);

    private final Database database;
    private final String build;
    private final OrderedIds ids = new OrderedIds();
    private final Batches<Keeping> batches =
            new Batches<>(one -> one.entry().enterprise(), Keeping::key, batch -> kept(batch));

    /**
     * One that is to be kept.
     *
     * @param joins whether its time is that of what fails of its subject
     * @param pause before it is tried, in milliseconds
     */
    private record Keeping(UUID id, Entry entry, String cause, String reason, boolean joins, long pause) {

        Object key() {
            return List.of(entry.subject(), entry.entry());
        }
    }

    ParkedSignalRows(Database database, Build build) {
        this.database = database;
        this.build = build.version();
    }

    @Override
    public Mono<Void> failing(Entry entry, Throwable failure) {
        return kept(entry, "FAILING", Reasons.of(failure), false, Again.later());
    }

    @Override
    public Mono<Void> behind(Entry entry) {
        return kept(entry, "BEHIND", "More came than can wait", false, Duration.ZERO);
    }

    /** With what fails; where nothing does it is due, and goes as soon as what came before it has gone. */
    @Override
    public Mono<Void> joining(Entry entry) {
        return kept(entry, "BEHIND", "What it is about is parked", true, Duration.ZERO);
    }

    private Mono<Void> kept(Entry entry, String cause, String reason, boolean joins, Duration pause) {
        return Mono.defer(
                () -> batches.written(new Keeping(ids.next(), entry, cause, reason, joins, pause.toMillis())));
    }

    /** An older one, read again after a crash, gives way to what is there. */
    private Mono<Void> kept(List<Keeping> batch) {
        return changed(
                        "insert into parkings (id, worker, subject, entry, cause, enterprise, partition, position, payload, reason,"
                                + " build, next_try_at) select n.id::uuid, 'signals', n.subject, n.entry, n.cause, n.enterprise,"
                                + " n.partition, n.position, decode(n.payload, 'hex'), n.reason, $11,"
                                + " coalesce(case when n.joins then (select min(p.next_try_at) from parkings p"
                                + " where p.worker = 'signals' and p.subject = n.subject and p.cause = 'FAILING') end,"
                                + " now() + n.pause * interval '1 millisecond')"
                                + " from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::integer[],"
                                + " $7::bigint[], $8::text[], $9::text[], $10::boolean[], $12::bigint[]) with ordinality"
                                + " n(id, subject, entry, cause, enterprise, partition, position, payload, reason, joins, pause, ord)"
                                + " order by n.ord"
                                + " on conflict (worker, subject, entry) do update set payload = excluded.payload,"
                                + " partition = excluded.partition, position = excluded.position,"
                                + " version = parkings.version + 1 where parkings.partition <> excluded.partition"
                                + " or parkings.position < excluded.position",
                        statement -> statement
                                .bind(0, texts(batch, one -> one.id().toString()))
                                .bind(1, texts(batch, one -> one.entry().subject()))
                                .bind(2, texts(batch, one -> one.entry().entry()))
                                .bind(3, texts(batch, Keeping::cause))
                                .bind(4, texts(batch, one -> one.entry().enterprise()))
                                .bind(
                                        5,
                                        batch.stream()
                                                .map(one -> one.entry().partition())
                                                .toArray(Integer[]::new))
                                .bind(
                                        6,
                                        batch.stream()
                                                .map(one -> one.entry().offset())
                                                .toArray(Long[]::new))
                                .bind(
                                        7,
                                        texts(
                                                batch,
                                                one -> HexFormat.of()
                                                        .formatHex(one.entry().payload())))
                                .bind(8, texts(batch, Keeping::reason))
                                .bind(9, batch.stream().map(Keeping::joins).toArray(Boolean[]::new))
                                .bind(10, build)
                                .bind(11, batch.stream().map(Keeping::pause).toArray(Long[]::new)))
                .timeout(LONGEST_WRITE);
    }

    private static String[] texts(List<Keeping> batch, Function<Keeping, String> part) {
        return batch.stream().map(part).toArray(String[]::new);
    }

    @Override
    public Flux<Subject> newer(@Nullable UUID after, int most) {
        UUID from = after == null ? OrderedIds.since(Instant.now().minus(RECENTLY)) : after;
        return database.read(connection -> Flux.from(connection
                        .createStatement(
                                "select subject, id from parkings where id > $1 and worker = 'signals' order by id limit $2")
                        .bind(0, from)
                        .bind(1, most)
                        .execute())
                .concatMap(result -> result.map((row, meta) -> new Subject(
                        Objects.requireNonNull(row.get(0, String.class)),
                        Objects.requireNonNull(row.get(1, UUID.class))))));
    }

    @Override
    public Flux<String> subjects(String after, int most) {
        return database.read(connection -> Flux.from(connection
                        .createStatement(
                                "select distinct subject from parkings where worker = 'signals' and subject > $1"
                                        + " order by subject limit $2")
                        .bind(0, after)
                        .bind(1, most)
                        .execute())
                .concatMap(result -> result.map((row, meta) -> Objects.requireNonNull(row.get(0, String.class)))));
    }

    @Override
    public Flux<Kept> due(int most, Set<String> busy) {
        return database.write(connection -> Flux.from(connection
                                .createStatement(
                                        "update parkings set next_try_at = now() + $1 * interval '1 second'"
                                                + " where id in (select id from parkings p where worker = 'signals'"
                                                + " and next_try_at <= now() and enterprise <> all ($3)"
                                                + " and not exists (select from parkings e where e.worker = p.worker"
                                                + " and e.subject = p.subject and e.id < p.id and e.next_try_at > now())"
                                                + " order by next_try_at, id limit $2"
                                                + " for update skip locked) returning id, version, subject, enterprise, payload")
                                .bind(0, CLAIM.toSeconds())
                                .bind(1, most)
                                .bind(2, busy.toArray(String[]::new))
                                .execute())
                        .concatMap(result -> result.map((row, meta) -> kept(row))))
                .collectList()
                .flatMapIterable(all -> all.stream().sorted(IN_ORDER).toList());
    }

    private static Kept kept(Row row) {
        ByteBuffer payload = Objects.requireNonNull(row.get(4, ByteBuffer.class));
        byte[] bytes = new byte[payload.remaining()];
        payload.get(bytes);
        return new Kept(
                Objects.requireNonNull(row.get(0, UUID.class)),
                Objects.requireNonNull(row.get(1, Integer.class)),
                Objects.requireNonNull(row.get(2, String.class)),
                Objects.requireNonNull(row.get(3, String.class)),
                bytes);
    }

    @Override
    public Mono<Boolean> done(Kept kept) {
        return database.write(connection -> Flux.from(connection
                                .createStatement(
                                        "with gone as (delete from parkings where id = $1 and version = $2 returning id),"
                                                + " stays as (update parkings set next_try_at = now() where id = $1 and version <> $2)"
                                                + " select exists (select from gone) and not exists (select from parkings"
                                                + " where worker = 'signals' and subject = $3 and id <> $1)")
                                .bind(0, kept.id())
                                .bind(1, kept.version())
                                .bind(2, kept.subject())
                                .execute())
                        .concatMap(
                                result -> result.map((row, meta) -> Objects.requireNonNull(row.get(0, Boolean.class)))))
                .next();
    }

    @Override
    public Mono<Void> untried(List<Kept> untried) {
        return changed(
                "update parkings set next_try_at = now() where id = any ($1)",
                statement -> statement.bind(0, untried.stream().map(Kept::id).toArray(UUID[]::new)));
    }

    @Override
    public Mono<Void> failed(String subject, Throwable failure) {
        return changed(
                "update parkings set attempts = attempts + 1, cause = 'FAILING', reason = $2, build = $3,"
                        + " next_try_at = now() + $4 * interval '1 millisecond' where worker = 'signals' and subject = $1",
                statement -> statement
                        .bind(0, subject)
                        .bind(1, Reasons.of(failure))
                        .bind(2, build)
                        .bind(3, Again.later().toMillis()));
    }

    @Override
    public Mono<Void> begin() {
        return changed(
                "update parkings set next_try_at = least(next_try_at, now()), build = $1"
                        + " where worker = 'signals' and build <> $1",
                statement -> statement.bind(0, build));
    }

    private Mono<Void> changed(String sql, UnaryOperator<Statement> bound) {
        return database.write(connection -> Flux.from(
                                bound.apply(connection.createStatement(sql)).execute())
                        .flatMap(result -> result.getRowsUpdated()))
                .then();
    }
}
