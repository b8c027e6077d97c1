package io.forgewatch.command.identity;

import io.forgewatch.command.credential.SessionTable;
import io.forgewatch.command.credential.SessionTable.Session;
import io.forgewatch.command.identity.TokenIssuer.Token;
import io.forgewatch.web.Problem;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Keeps people signed in 会话. A refresh token is used once, for the next pair of tokens. An answer can be lost: within
 * {@link #GRACE} the same token has the same answer, on any instance. Later it is a copy in two hands, and nobody knows in which one
 * the thief's: the whole session ends.
 */
final class Sessions {

    static final Duration GRACE = Duration.ofSeconds(10);

    /** A session that is not renewed ends. */
    static final Duration RESTS = Duration.ofDays(7);

    private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);

    private final SessionTable table;
    private final RefreshTokens refreshing;
    private final Accounts accounts;
    private final TokenIssuer issuer;
    private final Clock clock;

    Sessions(SessionTable table, RefreshTokens refreshing, Accounts accounts, TokenIssuer issuer, Clock clock) {
        this.table = table;
        this.refreshing = refreshing;
        this.accounts = accounts;
        this.issuer = issuer;
        this.clock = clock;
    }

    /** For whoever has just shown who they are. */
    Mono<Token> begin(Holder account) {
        return Mono.defer(() -> {
            Instant now = now();
            RefreshToken first = refreshing.first();
            return table.begin(first.session(), account.username(), first.hash(), now, now.plus(RESTS))
                    .then(Mono.fromSupplier(() -> issuer.issue(account, first, now)));
        });
    }

    /** Fails with 401 {@code refresh-token-invalid}, or {@code refresh-token-repeated} when the session ends by it. */
    Mono<Token> renew(String text) {
        return Mono.defer(() -> refreshing.read(text).map(this::renewed).orElseGet(() -> Mono.error(invalid())));
    }

    /** Ends one; whether it went on. */
    Mono<Boolean> end(UUID session) {
        return table.end(session);
    }

    /** Ends all sessions of an account but perhaps one; says how many. */
    Mono<Long> endAll(String username, Optional<UUID> but) {
        return table.endAll(username, but);
    }

    private Mono<Token> renewed(RefreshToken used) {
        RefreshToken next = refreshing.next(used);
        Instant now = now();
        return table.renew(used.session(), used.hash(), next.hash(), now, now.plus(RESTS))
                .switchIfEmpty(Mono.defer(() -> again(used, now)))
                .flatMap(session -> issued(session, next));
    }

    /** A token that is not the newest of its session. */
    private Mono<Session> again(RefreshToken used, Instant now) {
        return table.find(used.session(), now)
                .switchIfEmpty(Mono.error(Sessions::invalid))
                .flatMap(session -> {
                    if (used.generation() >= session.generation()) {
                        // The store went back to an earlier state: nobody has stolen anything.
                        return Mono.error(invalid());
                    }
                    boolean lost = session.previous() != null
                            && MessageDigest.isEqual(used.hash(), session.previous())
                            && !now.isAfter(session.renewedAt().plus(GRACE));
                    return lost ? Mono.just(session) : repeated(used, session);
                });
    }

    private Mono<Session> repeated(RefreshToken used, Session session) {
        return table.end(used.session())
                .doOnNext(ended -> LOG.warn(
                        "A refresh token of {} came a second time after {}: session {} has ended",
                        session.account(),
                        GRACE,
                        used.session()))
                .then(Mono.error(Problem.unauthorized(
                        "refresh-token-repeated",
                        "This refresh token was used before, so its session has ended: sign in again. 刷新令牌已被使用过，会话已结束，请重新登录。")));
    }

    private Mono<Token> issued(Session session, RefreshToken next) {
        return accounts.find(session.account())
                .switchIfEmpty(Mono.defer(() -> table.end(next.session()).then(Mono.error(invalid()))))
                .map(account -> issuer.issue(account, next, session.renewedAt()));
    }

    /** As exactly as the table keeps it. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private static Problem invalid() {
        return Problem.unauthorized(
                "refresh-token-invalid",
                "The refresh token is not one of ours, or its session has ended: sign in again. 刷新令牌无效或会话已结束，请重新登录。");
    }
}
