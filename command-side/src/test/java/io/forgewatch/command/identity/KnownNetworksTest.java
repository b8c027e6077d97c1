package io.forgewatch.command.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.forgewatch.command.eventstore.SignInNetworkTable;
import io.forgewatch.command.fixture.HouseClock;
import io.forgewatch.command.security.KeyedMarks;
import io.forgewatch.web.AddressBlock;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

class KnownNetworksTest {

    private static final AddressBlock HERE = AddressBlock.parse("192.0.2.1");
    private static final AddressBlock THERE = AddressBlock.parse("192.0.2.2");

    private final HouseClock clock = new HouseClock(Instant.parse("2026-11-24T22:35:00Z"));
    private final InMemoryNetworks table = new InMemoryNetworks();

    private KnownNetworks instance() {
        return new KnownNetworks(table, marks(), clock);
    }

    private static KeyedMarks marks() {
        return new KeyedMarks(new byte[32], "sign-in");
    }

    @Test
    void givenASignIn_whenAskedHereAndOnAnotherInstance_thenItIsKnownAndNothingElseIs() {
        KnownNetworks first = instance();
        assertThat(knows(first, "li", HERE)).isFalse();
        first.signedIn("li", HERE).block();
        assertThat(knows(first, "li", HERE)).isTrue();
        KnownNetworks other = instance();
        assertThat(knows(other, "li", HERE)).isTrue();
        assertThat(knows(other, "li", THERE)).isFalse();
        assertThat(knows(other, "wang", HERE)).isFalse();
    }

    @Test
    void givenASignIn_whenThirtyDaysAreOver_thenItIsKnownNoLonger() {
        instance().signedIn("li", HERE).block();
        clock.move(KnownNetworks.KNOWN_FOR);
        assertThat(knows(instance(), "li", HERE)).isTrue();
        clock.move(Duration.ofSeconds(1));
        assertThat(knows(instance(), "li", HERE)).isFalse();
    }

    @Test
    void givenManyNamesAtOneNetwork_whenAsked_thenTheStoreIsAskedOnce() {
        KnownNetworks networks = instance();
        for (int name = 0; name < 1_000; name++) {
            knows(networks, "name" + name, HERE);
        }
        assertThat(table.looks()).isOne();
    }

    private static AddressBlock ipv6(int site, int network) {
        return AddressBlock.ofClient(InetAddress.ofLiteral("2001:db8:%x:%x::1".formatted(site, network)));
    }

    @Test
    void givenAFloodFromAllNetworksOfASite_whenAsked_thenTheStoreIsAskedAFewTimesAndOthersAreKnown() {
        instance().signedIn("li", HERE).block();
        KnownNetworks networks = instance();
        for (int network = 0; network < 5_000; network++) {
            assertThat(knows(networks, "li", ipv6(0, network))).isFalse();
        }
        assertThat(table.looks()).isEqualTo(NetworkLookups.OF_SITE);
        assertThat(knows(networks, "li", HERE)).isTrue();
    }

    @Test
    void givenALookUpThatWasNotMade_whenTheSiteMayAskAgain_thenTheAccountIsKnown() {
        AddressBlock own = ipv6(0, 0xffff);
        instance().signedIn("li", own).block();
        KnownNetworks networks = instance();
        for (int network = 0; network < NetworkLookups.OF_SITE; network++) {
            knows(networks, "li", ipv6(0, network));
        }
        assertThat(knows(networks, "li", own)).isFalse();
        clock.move(Duration.ofSeconds(1));
        assertThat(knows(networks, "li", own)).isTrue();
    }

    @Test
    void givenAStoreThatSaysNothingToASite_whenManyAreAsked_thenItHasOneLookUpAndAnotherSiteIsKnown() {
        InMemoryNetworks real = new InMemoryNetworks();
        real.seen(
                        marks().mark("network", HERE.toString()),
                        marks().mark("account", "li"),
                        clock.instant(),
                        Instant.EPOCH)
                .block();
        AtomicInteger under = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        SignInNetworkTable silent = new SignInNetworkTable() {
            @Override
            public Mono<Set<String>> accountsSeen(String network, Instant since) {
                return network.equals(marks().mark("network", HERE.toString()))
                        ? real.accountsSeen(network, since)
                        : Mono.<Set<String>>never()
                                .doOnSubscribe(begun -> most.accumulateAndGet(under.incrementAndGet(), Math::max))
                                .doFinally(end -> under.decrementAndGet());
            }

            @Override
            public Mono<Void> seen(String network, String account, Instant at, Instant oldest) {
                return Mono.empty();
            }
        };
        KnownNetworks networks = new KnownNetworks(silent, marks(), clock);
        Mono<List<Boolean>> flood = Flux.range(0, 1_000)
                .flatMap(network -> networks.knows("li", ipv6(0, network)), 1_000)
                .collectList()
                .cache();
        flood.subscribe();
        assertThat(knows(networks, "li", HERE)).isTrue();
        assertThat(most.get()).isLessThanOrEqualTo(1);
        // All give up at the same moment then: one that is just being cancelled may meet the next for an instant.
        assertThat(flood.block(Duration.ofSeconds(60))).hasSize(1_000).containsOnly(false);
        assertThat(most.get()).isBetween(1, NetworkLookups.AT_ONCE);
    }

    @Test
    void givenSignIns_whenTheTableIsRead_thenItHoldsNeitherNamesNorAddresses() {
        instance().signedIn("li.ming", HERE).block();
        assertThat(table.content()).doesNotContain("li", "192").isNotEqualTo("{}");
    }

    @Test
    void givenAStoreInTrouble_whenASignInIsToBeNoted_thenItCompletes() {
        SignInNetworkTable broken = new SignInNetworkTable() {
            @Override
            public Mono<Set<String>> accountsSeen(String network, Instant since) {
                return Mono.error(new IllegalStateException("away"));
            }

            @Override
            public Mono<Void> seen(String network, String account, Instant at, Instant oldest) {
                return Mono.error(new IllegalStateException("away"));
            }
        };
        assertThat(new KnownNetworks(broken, marks(), clock)
                        .signedIn("li", HERE)
                        .hasElement()
                        .block())
                .isFalse();
    }

    private static boolean knows(KnownNetworks networks, String username, AddressBlock network) {
        return Boolean.TRUE.equals(networks.knows(username, network).block(Duration.ofSeconds(10)));
    }
}
