package io.forgewatch.command.identity;

import io.forgewatch.command.credential.PasswordTable;
import io.forgewatch.command.credential.PasswordTable.Password;
import io.forgewatch.command.decision.Commands.Answer;
import io.forgewatch.command.decision.RefusedException;
import io.forgewatch.command.security.SeededRandom;
import io.forgewatch.web.Problem;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * The passwords of accounts. A new one is kept first, under a credential of its own, and is valid from the event on that names it:
 * whatever happens in between, the account has one password that is valid, and no event has any.
 */
final class Passwords {

    private static final Logger LOG = LoggerFactory.getLogger(Passwords.class);

    /** Reads no file: credentials are made up on event loops. */
    private static final SecureRandom RANDOM = SeededRandom.make();

    private final PasswordTable table;
    private final Clock clock;

    Passwords(PasswordTable table, Clock clock) {
        this.table = table;
        this.clock = clock;
    }

    static String newCredential() {
        return new UUID(RANDOM.nextLong(), RANDOM.nextLong()).toString();
    }

    /** The hash of what is valid for an account; empty when nothing is. */
    Mono<Password> of(String username, String credential) {
        return table.find(username, credential, credential.equals(Holder.FIRST));
    }

    /** Out of the event that has it into the table. Completes in any case: at the next sign-in it is tried again. */
    Mono<Void> move(Holder holder, Password password) {
        return password.moved()
                ? Mono.empty()
                : table.put(holder.username(), holder.credential(), password.hash(), clock.instant())
                        .onErrorResume(failure -> {
                            LOG.warn("A password stays where it is for now: {}", failure.toString());
                            return Mono.empty();
                        });
    }

    /**
     * Keeps a password while a command names it.
     *
     * @param sending sends the command
     */
    Mono<Answer> kept(String username, String credential, String hash, Function<String, Mono<Answer>> sending) {
        return table.put(username, credential, hash, clock.instant())
                .then(Mono.defer(() -> sending.apply(credential)))
                // Who knows what has become of any other failure? A password that no event names is good for nothing.
                .onErrorResume(
                        failure -> failure instanceof RefusedException || failure instanceof Problem,
                        refused -> forget(username, credential).then(Mono.error(refused)))
                .flatMap(answer -> tidied(username, credential, answer.body()).thenReturn(answer));
    }

    /** Of a repeat the answer names the credential of the first time. */
    private Mono<Void> tidied(String username, String credential, Map<String, Object> answer) {
        boolean named = credential.equals(answer.get(Account.CREDENTIAL));
        Mono<Void> unnamed = named ? Mono.empty() : forget(username, credential);
        return answer.get(Account.REPLACED) instanceof String replaced
                ? unnamed.then(forget(username, replaced))
                : unnamed;
    }

    private Mono<Void> forget(String username, String credential) {
        return table.forget(username, credential).onErrorResume(failure -> {
            LOG.warn("A password that is good for nothing is kept still: {}", failure.toString());
            return Mono.empty();
        });
    }
}
