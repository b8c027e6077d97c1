package io.forgewatch.command.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.forgewatch.command.eventstore.SignInNetworkTable;
import io.forgewatch.command.security.KeyedMarks;
import io.forgewatch.web.AddressBlock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

class KnownNetworksTest {

    private static final AddressBlock HERE = AddressBlock.parse("192.0.2.1");
    private static final AddressBlock THERE = AddressBlock.parse("192.0.2.2");

    private final HouseClock clock = new HouseClock(Instant.parse("2026-11-24T22:35:00Z"));
    private final InMemoryNetworks table = new InMemoryNetworks();

    private KnownNetworks instance() {
        return new KnownNetworks(table, new KeyedMarks(new byte[32], "sign-in"), clock);
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
        assertThat(new KnownNetworks(broken, new KeyedMarks(new byte[32], "sign-in"), clock)
                        .signedIn("li", HERE)
                        .hasElement()
                        .block())
                .isFalse();
    }

    private static boolean knows(KnownNetworks networks, String username, AddressBlock network) {
        return Boolean.TRUE.equals(networks.knows(username, network).block(Duration.ofSeconds(10)));
    }
}
