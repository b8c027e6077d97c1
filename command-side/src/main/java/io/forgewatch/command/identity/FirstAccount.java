package io.forgewatch.command.identity;

import io.forgewatch.command.decision.Commands;
import io.forgewatch.command.decision.RefusedException;
import io.forgewatch.command.identity.IdentityCommand.OpenAccount;
import io.forgewatch.command.personal.Confidences;
import io.forgewatch.command.security.PasswordHashes;
import io.forgewatch.event.Actor;
import io.forgewatch.event.identity.Jurisdiction;
import io.forgewatch.event.identity.Role;
import io.forgewatch.event.personal.PersonalSubject;
import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.ApplicationListener;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * Opens the ministry's first account from {@code forgewatch.bootstrap.username} and {@code .password} when there is none of that
 * name; one that is there stays as it is. Sign-in waits for it, so that nobody is turned away while it is under way.
 */
final class FirstAccount implements ApplicationListener<ApplicationStartedEvent> {

    private static final Logger LOG = LoggerFactory.getLogger(FirstAccount.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Retry RETRY =
            Retry.backoff(Long.MAX_VALUE, Duration.ofMillis(100)).maxBackoff(Duration.ofSeconds(5));

    private final Mono<Void> opened;

    FirstAccount(
            String username,
            String password,
            Accounts accounts,
            Passwords passwords,
            PasswordHashes hashes,
            Confidences confidences,
            Commands commands,
            Clock clock) {
        this.opened = username.isBlank()
                ? Mono.empty()
                : accounts.state(username)
                        .filter(state -> !(state instanceof Account.State.None))
                        .hasElement()
                        .flatMap(there -> there
                                ? Mono.<Void>empty()
                                : open(username, password, passwords, hashes, confidences, commands, clock))
                        .timeout(PATIENCE)
                        .doOnError(failure -> LOG.warn("The first account is not opened yet: {}", failure.toString()))
                        .retryWhen(RETRY)
                        .cache();
    }

    /** Completes when it is there; fails with {@link java.util.concurrent.TimeoutException} after 10 s of trying. */
    Mono<Void> opened() {
        return opened.timeout(PATIENCE);
    }

    @Override
    public void onApplicationEvent(ApplicationStartedEvent started) {
        opened.subscribe(nothing -> {}, failure -> LOG.error("The first account cannot be opened", failure));
    }

    private static Mono<Void> open(
            String username,
            String password,
            Passwords passwords,
            PasswordHashes hashes,
            Confidences confidences,
            Commands commands,
            Clock clock) {
        return hashes.hash(username, password)
                .zipWith(confidences.confide(PersonalSubject.account(username), username))
                .flatMap(both -> passwords.kept(
                        username,
                        Passwords.newCredential(),
                        both.getT1(),
                        credential -> commands.send(
                                new OpenAccount(
                                        username,
                                        Role.MINISTRY,
                                        new Jurisdiction.Nation().wire(),
                                        both.getT2(),
                                        both.getT1(),
                                        credential,
                                        clock.instant()),
                                Actor.system("start"),
                                null)))
                .doOnNext(answer -> LOG.info("Opened the first account, {}", username))
                .then()
                // Another instance has begun at the same time: there is one now.
                .onErrorComplete(failure -> failure instanceof RefusedException refused
                        && refused.refusal().code().equals(Account.TAKEN));
    }
}
