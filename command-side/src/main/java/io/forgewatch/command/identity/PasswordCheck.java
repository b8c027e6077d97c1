package io.forgewatch.command.identity;

import io.forgewatch.command.credential.PasswordTable.Password;
import io.forgewatch.command.security.Lane;
import io.forgewatch.command.security.PasswordHashes;
import io.forgewatch.command.security.PasswordLanes;
import java.time.Clock;
import java.util.Optional;
import reactor.core.publisher.Mono;

/**
 * Holds a password against an account's, in the turn of its lane. Looks the account up there too, so that strangers ask the store
 * no more than passwords can be checked; and takes as long where there is none.
 */
final class PasswordCheck {

    private final Accounts accounts;
    private final Passwords passwords;
    private final PasswordHashes hashes;
    private final PasswordLanes lanes;
    private final FirstAccount first;
    private final Clock clock;

    PasswordCheck(
            Accounts accounts,
            Passwords passwords,
            PasswordHashes hashes,
            PasswordLanes lanes,
            FirstAccount first,
            Clock clock) {
        this.accounts = accounts;
        this.passwords = passwords;
        this.hashes = hashes;
        this.lanes = lanes;
        this.first = first;
        this.clock = clock;
    }

    /**
     * The account, when it is there and the password is its; else empty. Fails as {@link PasswordLanes#in} does.
     *
     * @param whose who shares a part of the lane
     */
    Mono<Holder> right(String username, String password, Lane lane, String whose) {
        return first.opened().then(lanes.in(lane, whose, Mono.defer(() -> found(username, password))));
    }

    private Mono<Holder> found(String username, String password) {
        return accounts.find(username)
                .filter(holder -> !holder.isOver(clock.instant()))
                .map(Optional::of)
                .defaultIfEmpty(Optional.empty())
                .flatMap(account -> passwords
                        // The same steps whether there is an account or not.
                        .of(username, account.map(Holder::credential).orElse(Holder.FIRST))
                        .map(Optional::of)
                        .defaultIfEmpty(Optional.empty())
                        .flatMap(kept -> compared(account, kept, password)));
    }

    private Mono<Holder> compared(Optional<Holder> account, Optional<Password> kept, String password) {
        if (account.isEmpty() || kept.isEmpty()) {
            return hashes.matchesNobody(password).then(Mono.empty());
        }
        return hashes.matches(password, kept.get().hash())
                .filter(right -> right)
                .flatMap(right -> passwords.move(account.get(), kept.get()).thenReturn(account.get()));
    }
}
