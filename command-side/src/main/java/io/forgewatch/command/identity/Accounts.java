package io.forgewatch.command.identity;

import io.forgewatch.command.decision.EventFeed;
import io.forgewatch.command.identity.IdentityCommand.OpenAccount;
import io.forgewatch.event.identity.IdentityEvent.AccountOpened;
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

    /** Empty when there is none of this name. */
    Mono<AccountOpened> find(String username) {
        if (!OpenAccount.isUsername(username)) {
            return Mono.empty();
        }
        return feed.of(Account.subject(username), 0, EVENTS)
                .reduce(account.initial(username), (state, recorded) -> account.evolve(state, recorded.event()))
                .flatMap(state ->
                        state instanceof Account.State.Open(AccountOpened opened) ? Mono.just(opened) : Mono.empty());
    }
}
