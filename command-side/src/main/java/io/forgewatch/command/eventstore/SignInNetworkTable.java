package io.forgewatch.command.eventstore;

import java.time.Instant;
import java.util.Set;
import reactor.core.publisher.Mono;

/**
 * From which networks accounts signed in lately, for all instances. Both are told by marks, keyed hashes of which this knows nothing
 * more. Not events: nothing is decided on it, nobody proves anything by it, and it is to be forgotten. Fails with the database.
 */
public interface SignInNetworkTable {

    /** The accounts that signed in from a network at or after an instant: the latest of them, when there are very many. */
    Mono<Set<String>> accountsSeen(String network, Instant since);

    /**
     * Notes that an account signed in from a network. Of an account the latest few networks are kept.
     *
     * @param oldest what was not seen since is forgotten, some of it each time
     */
    Mono<Void> seen(String network, String account, Instant at, Instant oldest);
}
