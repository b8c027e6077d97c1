package io.forgewatch.command.identity;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.forgewatch.command.eventstore.SignInNetworkTable;
import io.forgewatch.command.security.KeyedMarks;
import io.forgewatch.web.AddressBlock;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * From where an account is known 常用网络: a network from which it signed in within 30 days, on whatever instance. Looked up by
 * network, all its accounts at once, and remembered for some seconds: whatever number of names strangers try, the store is asked
 * once in that time for each network that they come from; and however many networks those are, no more than {@link NetworkLookups}
 * allows. Who cannot be looked up is a stranger for the moment.
 */
final class KnownNetworks {

    static final Duration KNOWN_FOR = Duration.ofDays(30);

    private static final Logger LOG = LoggerFactory.getLogger(KnownNetworks.class);

    /** So late another instance's sign-in may be seen here. */
    private static final Duration REMEMBERED = Duration.ofSeconds(5);

    /** A sign-in is written down again when the last time is so long ago. */
    private static final Duration WRITTEN_AGAIN = Duration.ofHours(6);

    private static final int MOST_REMEMBERED = 100_000;
    private static final int MOST_WRITTEN = 50_000;

    private final SignInNetworkTable table;
    private final KeyedMarks marks;
    private final Clock clock;
    private final NetworkLookups lookups;
    private final AsyncCache<String, Set<String>> accounts;
    private final Cache<Pair, Boolean> written;

    private record Pair(String network, String account) {}

    KnownNetworks(SignInNetworkTable table, KeyedMarks marks, Clock clock) {
        this.table = table;
        this.marks = marks;
        this.clock = clock;
        this.lookups = new NetworkLookups(new HouseTime(clock));
        this.accounts = Caffeine.newBuilder()
                .maximumWeight(MOST_REMEMBERED)
                .weigher((String network, Set<String> seen) -> 1 + seen.size())
                .expireAfterWrite(REMEMBERED)
                .buildAsync();
        this.written = Caffeine.newBuilder()
                .maximumSize(MOST_WRITTEN)
                .expireAfterWrite(WRITTEN_AGAIN)
                .build();
    }

    /** Whether the account signed in from this network within 30 days; fails with the store. */
    Mono<Boolean> knows(String username, AddressBlock network) {
        Pair pair = pair(username, network);
        return Mono.fromFuture(
                        () -> accounts.get(
                                pair.network(),
                                // None where it was not looked up: that is not remembered.
                                (asked, executor) -> lookups.of(
                                                network,
                                                Mono.defer(() -> table.accountsSeen(
                                                        asked, clock.instant().minus(KNOWN_FOR))))
                                        .toFuture()),
                        // Others wait for the same answer.
                        true)
                .map(seen -> seen.contains(pair.account()))
                .defaultIfEmpty(false);
    }

    /** Notes a sign-in. Completes in any case: whoever signed in need not wait for a store that has trouble. */
    Mono<Void> signedIn(String username, AddressBlock network) {
        Pair pair = pair(username, network);
        if (written.getIfPresent(pair) != null) {
            return Mono.empty();
        }
        return Mono.defer(() -> table.seen(
                        pair.network(),
                        pair.account(),
                        clock.instant(),
                        clock.instant().minus(KNOWN_FOR)))
                .doOnSuccess(done -> remember(pair))
                .onErrorResume(failure -> {
                    LOG.warn("From where an account signed in was not noted: {}", failure.toString());
                    return Mono.empty();
                });
    }

    private void remember(Pair pair) {
        written.put(pair, true);
        accounts.asMap()
                .computeIfPresent(
                        pair.network(),
                        (network, known) -> known.thenApply(seen -> {
                            Set<String> more = new HashSet<>(seen);
                            more.add(pair.account());
                            return Set.copyOf(more);
                        }));
    }

    private Pair pair(String username, AddressBlock network) {
        return new Pair(marks.mark("network", network.toString()), marks.mark("account", username));
    }
}
