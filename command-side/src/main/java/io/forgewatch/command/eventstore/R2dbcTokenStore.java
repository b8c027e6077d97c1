package io.forgewatch.command.eventstore;

import io.r2dbc.spi.Row;
import io.r2dbc.spi.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.axonframework.messaging.core.unitofwork.ProcessingContext;
import org.axonframework.messaging.eventhandling.processing.streaming.segmenting.Segment;
import org.axonframework.messaging.eventhandling.processing.streaming.token.GlobalSequenceTrackingToken;
import org.axonframework.messaging.eventhandling.processing.streaming.token.TrackingToken;
import org.axonframework.messaging.eventhandling.processing.streaming.token.store.TokenStore;
import org.axonframework.messaging.eventhandling.processing.streaming.token.store.UnableToClaimTokenException;
import org.axonframework.messaging.eventhandling.processing.streaming.token.store.UnableToInitializeTokenException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * How far each processor has come, and which instance works on it: Axon's {@link TokenStore} over R2DBC, without a blocking
 * call. A claim is a row's owner with a time by the database's clock; one that was not extended for the claim's time may be taken
 * by another owner. Whoever lost a claim can store nothing under it any more: it is told by {@link UnableToClaimTokenException}.
 */
public final class R2dbcTokenStore implements TokenStore {

    private static final int EVERYTHING = 0;

    private final Database database;
    private final String owner;
    private final long claimMillis;

    /**
     * @param owner names this instance; two that run at once must not have the same
     * @param claim for how long a claim holds when it is not extended
     */
    public R2dbcTokenStore(Database database, String owner, Duration claim) {
        this.database = database;
        this.owner = owner;
        this.claimMillis = claim.toMillis();
    }

    public String owner() {
        return owner;
    }

    @Override
    public CompletableFuture<List<Segment>> initializeTokenSegments(
            String processorName,
            int segmentCount,
            @Nullable TrackingToken token,
            @Nullable ProcessingContext context) {
        List<Segment> segments = Segment.splitBalanced(new Segment(0, EVERYTHING), segmentCount - 1);
        Integer[] ids = segments.stream().map(Segment::getSegmentId).toArray(Integer[]::new);
        Integer[] masks = segments.stream().map(Segment::getMask).toArray(Integer[]::new);
        String sql = "insert into tokens (processor, segment, mask, position)"
                + " select $1, s.id, s.mask, $4 from unnest($2::integer[], $3::integer[]) s(id, mask)"
                + " where not exists (select from tokens where processor = $1) on conflict do nothing";
        return future(changed(
                        sql,
                        statement -> position(
                                statement.bind(0, processorName).bind(1, ids).bind(2, masks), 3, token))
                .flatMap(rows -> rows == segmentCount
                        ? Mono.just(segments)
                        : Mono.error(new UnableToClaimTokenException(
                                "Segments of " + processorName + " are there already"))));
    }

    @Override
    public CompletableFuture<Void> initializeSegment(
            @Nullable TrackingToken token, String processorName, Segment segment, @Nullable ProcessingContext context) {
        String sql =
                "insert into tokens (processor, segment, mask, position) values ($1, $2, $3, $4) on conflict do nothing";
        return future(changed(
                        sql,
                        statement -> position(
                                of(statement, processorName, segment.getSegmentId())
                                        .bind(2, segment.getMask()),
                                3,
                                token))
                .flatMap(rows -> rows == 1
                        ? Mono.<Void>empty()
                        : Mono.error(new UnableToInitializeTokenException(
                                "Segment " + segment.getSegmentId() + " of " + processorName + " is there already"))));
    }

    @Override
    public CompletableFuture<Void> storeToken(
            @Nullable TrackingToken token, String processorName, int segmentId, @Nullable ProcessingContext context) {
        return future(owned(
                "update tokens set position = $4, claimed_at = now()"
                        + " where processor = $1 and segment = $2 and owner = $3",
                processorName,
                segmentId,
                statement -> position(statement, 3, token)));
    }

    @Override
    public CompletableFuture<TrackingToken> fetchToken(
            String processorName, int segmentId, @Nullable ProcessingContext context) {
        return future(rows(
                        "update tokens set owner = $3, claimed_at = now() where processor = $1 and segment = $2"
                                + " and (owner is null or owner = $3 or claimed_at < now() - $4 * interval '1 millisecond')"
                                + " returning coalesce(position, -1)",
                        statement -> of(statement, processorName, segmentId)
                                .bind(2, owner)
                                .bind(3, claimMillis),
                        row -> Objects.requireNonNull(row.get(0, Long.class)))
                .next()
                .switchIfEmpty(Mono.error(() -> notClaimed(processorName, segmentId)))
                .<TrackingToken>mapNotNull(
                        position -> position < 0 ? null : new GlobalSequenceTrackingToken(position)));
    }

    @Override
    public CompletableFuture<Void> extendClaim(
            String processorName, int segmentId, @Nullable ProcessingContext context) {
        return future(owned(
                "update tokens set claimed_at = now() where processor = $1 and segment = $2 and owner = $3",
                processorName,
                segmentId,
                statement -> statement));
    }

    @Override
    public CompletableFuture<Void> releaseClaim(
            String processorName, int segmentId, @Nullable ProcessingContext context) {
        String sql = "update tokens set owner = null, claimed_at = null"
                + " where processor = $1 and segment = $2 and owner = $3";
        return future(changed(
                        sql,
                        statement -> of(statement, processorName, segmentId).bind(2, owner))
                .then());
    }

    @Override
    public CompletableFuture<Void> deleteToken(
            String processorName, int segmentId, @Nullable ProcessingContext context) {
        return future(owned(
                "delete from tokens where processor = $1 and segment = $2 and owner = $3",
                processorName,
                segmentId,
                statement -> statement));
    }

    @Override
    public CompletableFuture<Segment> fetchSegment(
            String processorName, int segmentId, @Nullable ProcessingContext context) {
        return future(segments(" and segment = $2", statement -> of(statement, processorName, segmentId))
                .next());
    }

    @Override
    public CompletableFuture<List<Segment>> fetchSegments(String processorName, @Nullable ProcessingContext context) {
        return future(
                segments("", statement -> statement.bind(0, processorName)).collectList());
    }

    @Override
    public CompletableFuture<List<Segment>> fetchAvailableSegments(
            String processorName, @Nullable ProcessingContext context) {
        return future(segments(
                        " and (owner is null or owner = $2 or claimed_at < now() - $3 * interval '1 millisecond')",
                        statement ->
                                statement.bind(0, processorName).bind(1, owner).bind(2, claimMillis))
                .collectList());
    }

    /**
     * How a processor's only segment stands.
     *
     * @param position as it was stored last
     * @param free whether this owner could claim it
     */
    public record Share(String processor, long position, boolean free) {}

    /** Those of these processors that are there. */
    public Flux<Share> shares(List<String> processors) {
        return rows(
                "select processor, coalesce(position, 0), owner is null or owner = $2"
                        + " or claimed_at < now() - $3 * interval '1 millisecond'"
                        + " from tokens where processor = any ($1)",
                statement -> statement
                        .bind(0, processors.toArray(String[]::new))
                        .bind(1, owner)
                        .bind(2, claimMillis),
                row -> new Share(
                        Objects.requireNonNull(row.get(0, String.class)),
                        Objects.requireNonNull(row.get(1, Long.class)),
                        Boolean.TRUE.equals(row.get(2, Boolean.class))));
    }

    /**
     * Stores how far processors with one segment are, and extends their claims, all in one statement.
     *
     * @return those that are still this owner's
     */
    public Flux<String> storeAll(Map<String, Long> positions) {
        String[] processors = positions.keySet().toArray(String[]::new);
        Long[] reached = Arrays.stream(processors).map(positions::get).toArray(Long[]::new);
        return rows(
                "update tokens t set position = s.position, claimed_at = now()"
                        + " from unnest($1::text[], $2::bigint[]) s(processor, position)"
                        + " where t.processor = s.processor and t.segment = 0 and t.owner = $3 returning t.processor",
                statement -> statement.bind(0, processors).bind(1, reached).bind(2, owner),
                row -> Objects.requireNonNull(row.get(0, String.class)));
    }

    /** The same for all that use one database: tokens are only comparable within one. */
    @Override
    public CompletableFuture<String> retrieveStorageIdentifier(@Nullable ProcessingContext context) {
        return future(rows(
                        "select system_identifier::text || '/' || current_database() from pg_control_system()",
                        statement -> statement,
                        row -> Objects.requireNonNull(row.get(0, String.class)))
                .next());
    }

    /** As Axon asks for it: completed with null where there is nothing. */
    @SuppressWarnings("NullAway") // its interface says nothing of nulls
    private static <T> CompletableFuture<T> future(Mono<T> mono) {
        CompletableFuture<T> future = new CompletableFuture<>();
        mono.subscribe(future::complete, future::completeExceptionally, () -> future.complete(null));
        return future;
    }

    private Flux<Segment> segments(String and, Function<Statement, Statement> bound) {
        return rows(
                "select segment, mask from tokens where processor = $1" + and + " order by segment",
                bound,
                row -> new Segment(
                        Objects.requireNonNull(row.get(0, Integer.class)),
                        Objects.requireNonNull(row.get(1, Integer.class))));
    }

    /** A change under this owner's claim; fails where there is none. */
    private Mono<Void> owned(String sql, String processor, int segment, Function<Statement, Statement> bound) {
        return changed(
                        sql,
                        statement ->
                                bound.apply(of(statement, processor, segment).bind(2, owner)))
                .flatMap(rows -> rows > 0 ? Mono.empty() : Mono.error(notClaimed(processor, segment)));
    }

    private Mono<Long> changed(String sql, Function<Statement, Statement> bound) {
        return database.write(connection -> Flux.from(
                                bound.apply(connection.createStatement(sql)).execute())
                        .flatMap(result -> result.getRowsUpdated()))
                .reduce(0L, Long::sum);
    }

    private <T> Flux<T> rows(String sql, Function<Statement, Statement> bound, Function<Row, T> read) {
        return database.write(connection -> Flux.from(
                        bound.apply(connection.createStatement(sql)).execute())
                .concatMap(result -> result.map((row, meta) -> read.apply(row))));
    }

    private static Statement of(Statement statement, String processor, int segment) {
        return statement.bind(0, processor).bind(1, segment);
    }

    private static Statement position(Statement statement, int index, @Nullable TrackingToken token) {
        return token == null
                ? statement.bindNull(index, Long.class)
                : statement.bind(index, token.position().orElseThrow());
    }

    private UnableToClaimTokenException notClaimed(String processor, int segment) {
        return new UnableToClaimTokenException(
                "Segment " + segment + " of " + processor + " is not there or not claimed by " + owner);
    }
}
