package io.forgewatch.command.credential;

import io.forgewatch.command.eventstore.Database;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.Readable;
import io.r2dbc.spi.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The table of sessions. */
final class SessionRows implements SessionTable {

    private static final Duration LONGEST = Duration.ofSeconds(5);

    /** Places and devices at which one account works; who signs in once more ends the one that rested longest. */
    private static final int MOST_OF_AN_ACCOUNT = 50;

    private static final int FORGOTTEN_AT_ONCE = 100;

    /** However often it is renewed: then the password is asked for again. */
    private static final String LONGEST_SESSION = "interval '30 days'";

    private static final String COLUMNS = "account, generation, token, previous, renewed_at";

    private static final UUID NONE = new UUID(0, 0);

    private final Database database;

    SessionRows(Database database) {
        this.database = database;
    }

    @Override
    public Mono<Void> begin(UUID session, String account, byte[] token, Instant at, Instant endsAt) {
        return database.write(connection -> Flux.concat(
                        run(
                                connection,
                                "insert into sign_in_sessions (id, account, generation, token, begun_at, renewed_at, ends_at)"
                                        + " values ($1, $2, 1, $3, $4, $4, $5)",
                                insert -> insert.bind(0, session)
                                        .bind(1, account)
                                        .bind(2, token)
                                        .bind(3, at)
                                        .bind(4, endsAt)),
                        run(
                                connection,
                                "insert into account_sign_ins as known (account, last_at) values ($1, $2)"
                                        + " on conflict (account) do update"
                                        + " set previous_at = known.last_at, last_at = excluded.last_at",
                                upsert -> upsert.bind(0, account).bind(1, at)),
                        run(
                                connection,
                                "delete from sign_in_sessions where account = $1 and id in (select id from sign_in_sessions"
                                        + " where account = $1 order by renewed_at desc, id desc offset $2)",
                                delete -> delete.bind(0, account).bind(1, MOST_OF_AN_ACCOUNT)),
                        run(
                                connection,
                                "delete from sign_in_sessions where id in (select id from sign_in_sessions where ends_at <= $1"
                                        + " order by ends_at limit $2 for update skip locked)",
                                delete -> delete.bind(0, at).bind(1, FORGOTTEN_AT_ONCE))))
                .timeout(LONGEST)
                .then();
    }

    @Override
    public Mono<Session> renew(UUID session, byte[] token, byte[] next, Instant at, Instant endsAt) {
        return database.write(connection -> sessions(connection
                        .createStatement("update sign_in_sessions set generation = generation + 1, previous = token, token = $3,"
                                + " renewed_at = $4, ends_at = least($5, begun_at + " + LONGEST_SESSION + ")"
                                + " where id = $1 and token = $2 and ends_at > $4 returning " + COLUMNS)
                        .bind(0, session)
                        .bind(1, token)
                        .bind(2, next)
                        .bind(3, at)
                        .bind(4, endsAt)))
                .timeout(LONGEST)
                .next();
    }

    @Override
    public Mono<Session> find(UUID session, Instant at) {
        return database.write(connection -> sessions(connection
                        .createStatement(
                                "select " + COLUMNS + " from sign_in_sessions where id = $1 and ends_at > $2")
                        .bind(0, session)
                        .bind(1, at)))
                .timeout(LONGEST)
                .next();
    }

    @Override
    public Mono<Map<String, SignIns>> signIns(Collection<String> accounts) {
        return database.lookBack(connection -> Flux.from(connection
                                .createStatement("select account, last_at, previous_at from account_sign_ins"
                                        + " where account = any ($1)")
                                .bind(0, accounts.toArray(String[]::new))
                                .execute())
                        .concatMap(result -> result.map((row, meta) -> Map.entry(
                                Objects.requireNonNull(row.get(0, String.class)),
                                new SignIns(
                                        Objects.requireNonNull(row.get(1, Instant.class)),
                                        row.get(2, Instant.class))))))
                .timeout(LONGEST)
                .collectMap(Map.Entry::getKey, Map.Entry::getValue);
    }

    @Override
    public Mono<Boolean> end(UUID session) {
        return database.write(connection -> run(
                        connection,
                        "delete from sign_in_sessions where id = $1",
                        delete -> delete.bind(0, session)))
                .timeout(LONGEST)
                .any(ended -> ended > 0);
    }

    @Override
    public Mono<Long> endAll(String account, Optional<UUID> but) {
        return database.write(connection -> run(
                        connection,
                        "delete from sign_in_sessions where account = $1 and id <> $2",
                        delete -> delete.bind(0, account).bind(1, but.orElse(NONE))))
                .timeout(LONGEST)
                .reduce(0L, Long::sum);
    }

    private static Flux<Session> sessions(Statement statement) {
        return Flux.from(statement.execute()).concatMap(result -> result.map(SessionRows::session));
    }

    private static Session session(Readable row) {
        return new Session(
                Objects.requireNonNull(row.get(0, String.class)),
                Objects.requireNonNull(row.get(1, Integer.class)),
                Objects.requireNonNull(row.get(2, byte[].class)),
                row.get(3, byte[].class),
                Objects.requireNonNull(row.get(4, Instant.class)));
    }

    private static Flux<Long> run(Connection connection, String sql, UnaryOperator<Statement> bound) {
        return Flux.defer(
                () -> Flux.from(bound.apply(connection.createStatement(sql)).execute())
                        .concatMap(result -> result.getRowsUpdated()));
    }
}
