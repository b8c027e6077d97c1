package io.forgewatch.command.credential;

import io.forgewatch.command.eventstore.Database;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.Statement;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.function.UnaryOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The table of passwords. */
final class PasswordRows implements PasswordTable {

    private static final Duration LONGEST = Duration.ofSeconds(5);

    /** What the first release stored: the one place where it is read still. */
    private static final String OPENED = "select e.payload from event_tags t join events e on e.position = t.position"
            + " where t.tag = $1 and e.name = 'AccountOpened' order by t.position limit 1";

    private final Database database;

    PasswordRows(Database database) {
        this.database = database;
    }

    @Override
    public Mono<Password> find(String account, String credential, boolean orOpened) {
        Mono<Password> kept = database.write(connection -> Flux.from(connection
                                .createStatement(
                                        "select hash from account_passwords where account = $1 and credential = $2")
                                .bind(0, account)
                                .bind(1, credential)
                                .execute())
                        .concatMap(result -> result.map(
                                (row, meta) -> new Password(Objects.requireNonNull(row.get(0, String.class)), true))))
                .next();
        return (orOpened ? kept.switchIfEmpty(Mono.defer(() -> opened(account))) : kept).timeout(LONGEST);
    }

    private Mono<Password> opened(String account) {
        return database.write(connection -> Flux.from(connection
                                .createStatement(OPENED)
                                .bind(0, "account=" + account)
                                .execute())
                        .concatMap(result ->
                                result.map((row, meta) -> Objects.requireNonNull(row.get(0, byte[].class)))))
                .next()
                .map(payload -> JsonMapper.shared().readTree(new String(payload, StandardCharsets.UTF_8)))
                .map(event -> event.path("passwordHash"))
                .filter(JsonNode::isString)
                .map(hash -> new Password(hash.asString(), false));
    }

    @Override
    public Mono<Void> put(String account, String credential, String hash, Instant at) {
        return run(
                "insert into account_passwords (account, credential, hash, set_at) values ($1, $2, $3, $4)"
                        + " on conflict (account, credential) do nothing",
                insert -> insert.bind(0, account)
                        .bind(1, credential)
                        .bind(2, hash)
                        .bind(3, at));
    }

    @Override
    public Mono<Void> forget(String account, String credential) {
        return run(
                "delete from account_passwords where account = $1 and credential = $2",
                delete -> delete.bind(0, account).bind(1, credential));
    }

    private Mono<Void> run(String sql, UnaryOperator<Statement> bound) {
        return database.write((Connection connection) -> Flux.from(
                                bound.apply(connection.createStatement(sql)).execute())
                        .concatMap(result -> result.getRowsUpdated()))
                .timeout(LONGEST)
                .then();
    }
}
