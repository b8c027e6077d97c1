package io.forgewatch.command.identity;

import io.forgewatch.command.decision.EventFeed;
import io.forgewatch.command.identity.IdentityCommand.OpenAccount;
import reactor.core.publisher.Mono;

/**
 * Finds an account by replaying its events: what was just opened can sign in at once, also after a restart and on another
 * instance.
 */
final class Accounts {

    /** More than an account ever has. */
    private static final int EVENTS = 1_000;

    private final EventFeed feed;
    private final Account account;

    Accounts(EventFeed feed, Account account) {
        this.feed = feed;
        this.account = account;
    }

    /** Empty when there is none of this name, or it is closed. */
    Mono<Holder> find(String username) {
        return state(username)
                .flatMap(state -> state instanceof Account.State.Open(Holder holder) ? Mono.just(holder) : Mono.empty());
    }

    /** How it stands now; empty for a name that can be no account's. */
    Mono<Account.State> state(String username) {
        if (!OpenAccount.isUsername(username)) {
            return Mono.empty();
        }
        return feed.of(Account.subject(username), 0, EVENTS)
                .reduce(account.initial(username), (state, recorded) -> account.evolve(state, recorded.event()));
    }
}
