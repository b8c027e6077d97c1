package io.forgewatch.command.eventstore;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The table of networks that accounts signed in from. */
final class SignInNetworkRows implements SignInNetworkTable {

    private static final Duration LONGEST = Duration.ofSeconds(5);

    /** More than one network of people ever has; a proxy that is not named as one may have more. */
    private static final int MOST_ACCOUNTS = 20_000;

    private static final int MOST_NETWORKS = 50;
    private static final int FORGOTTEN_AT_ONCE = 100;

    private final Database database;

    SignInNetworkRows(Database database) {
        this.database = database;
    }

    @Override
    public Mono<Set<String>> accountsSeen(String network, Instant since) {
        return database.of(Work.SIGN_IN)
                .read(connection -> Flux.from(connection
                                .createStatement("select account from sign_in_networks where network = $1"
                                        + " and signed_in_at >= $2 order by signed_in_at desc limit $3")
                                .bind(0, network)
                                .bind(1, since)
                                .bind(2, MOST_ACCOUNTS)
                                .execute())
                        .concatMap(
                                result -> result.map((row, meta) -> Objects.requireNonNull(row.get(0, String.class)))))
                .timeout(LONGEST)
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public Mono<Void> seen(String network, String account, Instant at, Instant oldest) {
        return database.write(connection -> Flux.concat(
                        run(
                                connection,
                                "insert into sign_in_networks as known (network, account, signed_in_at)"
                                        + " values ($1, $2, $3) on conflict (network, account)"
                                        + " do update set signed_in_at = greatest(known.signed_in_at, excluded.signed_in_at)",
                                insert ->
                                        insert.bind(0, network).bind(1, account).bind(2, at)),
                        run(
                                connection,
                                "delete from sign_in_networks where account = $1 and network in (select network"
                                        + " from sign_in_networks where account = $1 order by signed_in_at desc offset $2)",
                                delete -> delete.bind(0, account).bind(1, MOST_NETWORKS)),
                        run(
                                connection,
                                "delete from sign_in_networks where (network, account) in (select network, account"
                                        + " from sign_in_networks where signed_in_at < $1 order by signed_in_at limit $2"
                                        + " for update skip locked)",
                                delete -> delete.bind(0, oldest).bind(1, FORGOTTEN_AT_ONCE))))
                .timeout(LONGEST)
                .then();
    }

    private static Flux<Long> run(Connection connection, String sql, UnaryOperator<Statement> bound) {
        return Flux.defer(
                () -> Flux.from(bound.apply(connection.createStatement(sql)).execute())
                        .concatMap(result -> result.getRowsUpdated()));
    }
}
