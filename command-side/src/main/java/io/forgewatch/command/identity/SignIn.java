package io.forgewatch.command.identity;

import io.forgewatch.command.identity.Attempts.Ticket;
import io.forgewatch.command.identity.IdentityCommand.OpenAccount;
import io.forgewatch.command.identity.SignInsUnderWay.Turn;
import io.forgewatch.command.identity.TokenIssuer.Token;
import io.forgewatch.command.security.Lane;
import io.forgewatch.web.AddressBlock;
import io.forgewatch.web.Problem;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import reactor.core.publisher.Mono;

/** Gives a token for a password. Whether the name or the password was wrong shows neither in the answer nor in its time. */
final class SignIn {

    /** Where somebody comes from who has no address: all of those are one network. */
    private static final AddressBlock NOWHERE = AddressBlock.parse("0.0.0.0");

    /** Whatever is no account's name counts as one, whose name nobody has. */
    private static final String NO_NAME = "?";

    private static final Duration SOON = Duration.ofSeconds(1);

    private final PasswordCheck passwords;
    private final KnownNetworks networks;
    private final Attempts attempts;
    private final SignInsUnderWay strangers;
    private final Sessions sessions;

    SignIn(PasswordCheck passwords, KnownNetworks networks, Attempts attempts, Sessions sessions) {
        this.passwords = passwords;
        this.networks = networks;
        this.attempts = attempts;
        this.strangers = new SignInsUnderWay(attempts);
        this.sessions = sessions;
    }

    /**
     * Fails with 401 {@code invalid-credentials}; with 429 {@code too-many-attempts} where the account is not known and too much
     * failed, or too many of its sign-ins wait for each other; with 503 when too many sign in at once.
     */
    Mono<Token> signIn(String username, String password, Optional<InetAddress> address) {
        return shown(username, password, address).flatMap(sessions::begin);
    }

    /** Who has shown by a password who they are; fails as the other does. */
    Mono<Holder> shown(String username, String password, Optional<InetAddress> address) {
        AddressBlock network = address.map(AddressBlock::ofClient).orElse(NOWHERE);
        return shown(OpenAccount.isUsername(username) ? username : NO_NAME, password, network);
    }

    private Mono<Holder> shown(String name, String password, AddressBlock network) {
        return networks.knows(name, network)
                .flatMap(known -> known
                        ? toItsEnd(attempt(name, password, network, attempts.known(name, network), true))
                        : stranger(name, password, network));
    }

    /** In one go from its turn to its end: whoever goes away in between takes no turn with them. */
    private Mono<Holder> stranger(String name, String password, AddressBlock network) {
        return Mono.defer(() -> switch (strangers.next(name, network)) {
            case Turn.Refused(Duration wait) -> Mono.error(tooMany(wait));
            case Turn.After(Mono<Void> other) ->
                other.onErrorMap(TimeoutException.class, late -> tooMany(SOON))
                        // It may be known by now where it comes from.
                        .then(Mono.defer(() -> shown(name, password, network)));
            case Turn.Go(Ticket ticket) ->
                toItsEnd(attempt(name, password, network, ticket, false)
                        .doFinally(end -> strangers.ended(name, network)));
        });
    }

    private Mono<Holder> attempt(String name, String password, AddressBlock network, Ticket ticket, boolean known) {
        Lane lane = known ? ticket.isSuspect() ? Lane.SUSPECT : Lane.KNOWN : Lane.UNKNOWN;
        return passwords
                .right(name, password, lane, known ? name : network.toString())
                .doOnSuccess(account -> {
                    if (account != null) {
                        ticket.succeeded();
                    }
                })
                .doOnError(failure -> ticket.neverLooked())
                .switchIfEmpty(Mono.error(SignIn::wrong))
                .flatMap(account -> networks.signedIn(name, network).thenReturn(account));
    }

    /** Whoever has gone away: a guess counts, heard or not. */
    private static Mono<Holder> toItsEnd(Mono<Holder> attempt) {
        return Mono.deferContextual(
                context -> Mono.fromFuture(() -> attempt.contextWrite(context).toFuture(), true));
    }

    private static Problem wrong() {
        return Problem.unauthorized("invalid-credentials", "Wrong username or password. 用户名或密码错误。");
    }

    private static Problem tooMany(Duration wait) {
        return new Problem(
                429,
                "too-many-attempts",
                "Too many sign-ins at once, or too many that failed, for this account or from this network: wait."
                        + " 此账号或所在网络同时登录过多，或登录失败次数过多，请稍后再试。",
                List.of(),
                // Whole seconds, never too few.
                Map.of("Retry-After", Long.toString(Math.max(1, Math.ceilDiv(wait.toMillis(), 1_000)))));
    }
}
