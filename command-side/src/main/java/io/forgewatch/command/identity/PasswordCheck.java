package io.forgewatch.command.identity;

import io.forgewatch.command.security.Lane;
import io.forgewatch.command.security.PasswordHashes;
import io.forgewatch.command.security.PasswordLanes;
import java.util.Optional;
import reactor.core.publisher.Mono;

/**
 * Holds a password against an account's, in the turn of its lane. Looks the account up there too, so that strangers ask the store
 * no more than passwords can be checked; and takes as long where there is none.
 */
final class PasswordCheck {

    private final Accounts accounts;
    private final PasswordHashes hashes;
    private final PasswordLanes lanes;
    private final FirstAccount first;

    PasswordCheck(Accounts accounts, PasswordHashes hashes, PasswordLanes lanes, FirstAccount first) {
        this.accounts = accounts;
        this.hashes = hashes;
        this.lanes = lanes;
        this.first = first;
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
                .map(Optional::of)
                .defaultIfEmpty(Optional.empty())
                .flatMap(account -> account.map(known -> hashes.matches(password, known.passwordHash()))
                        .orElseGet(() -> hashes.matchesNobody(password))
                        .filter(right -> right)
                        .flatMap(right -> Mono.justOrEmpty(account)));
    }
}
