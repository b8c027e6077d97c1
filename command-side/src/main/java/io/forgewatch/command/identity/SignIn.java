package io.forgewatch.command.identity;

import io.forgewatch.command.identity.TokenIssuer.Token;
import io.forgewatch.command.security.PasswordHashes;
import io.forgewatch.event.identity.IdentityEvent.AccountOpened;
import io.forgewatch.web.Problem;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Gives a token for a password. Whether the name or the password was wrong shows neither in the answer nor in its time. */
final class SignIn {

    private final Accounts accounts;
    private final PasswordHashes hashes;
    private final TokenIssuer tokens;
    private final Attempts attempts;
    private final FirstAccount first;

    SignIn(Accounts accounts, PasswordHashes hashes, TokenIssuer tokens, Attempts attempts, FirstAccount first) {
        this.accounts = accounts;
        this.hashes = hashes;
        this.tokens = tokens;
        this.attempts = attempts;
        this.first = first;
    }

    /** Fails with 401 {@code invalid-credentials}, 429 {@code too-many-attempts}, or 503 when too many sign in at once. */
    Mono<Token> signIn(String username, String password, @Nullable InetAddress address) {
        return Mono.defer(() -> {
            Duration wait = attempts.wait(username, address);
            return wait.isZero() ? checked(username, password, address) : Mono.error(tooMany(wait));
        });
    }

    private Mono<Token> checked(String username, String password, @Nullable InetAddress address) {
        return first.opened()
                .then(Mono.defer(() -> accounts.find(username)))
                .map(Optional::of)
                .defaultIfEmpty(Optional.empty())
                .flatMap(account -> verified(account, password))
                .map(tokens::issue)
                .doOnSuccess(token -> attempts.succeeded(username, address))
                .doOnError(Problem.class, problem -> attempts.failed(username, address));
    }

    private Mono<AccountOpened> verified(Optional<AccountOpened> account, String password) {
        Mono<Boolean> matches = account.map(known -> hashes.matches(password, known.passwordHash()))
                .orElseGet(() -> hashes.matchesNobody(password));
        return matches.map(right -> account.filter(known -> right).orElseThrow(SignIn::wrong));
    }

    private static Problem wrong() {
        return Problem.unauthorized("invalid-credentials", "Wrong username or password. 用户名或密码错误。");
    }

    private static Problem tooMany(Duration wait) {
        return new Problem(
                429,
                "too-many-attempts",
                "Too many sign-ins have failed: wait. 登录失败次数过多，请稍后再试。",
                List.of(),
                Map.of("Retry-After", Long.toString(wait.toSeconds() + 1)));
    }
}
