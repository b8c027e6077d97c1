package io.forgewatch.command.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.forgewatch.command.fixture.HouseClock;
import io.forgewatch.command.identity.Attempts.Ticket;
import io.forgewatch.command.identity.Attempts.Verdict;
import io.forgewatch.web.AddressBlock;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class AttemptsTest {

    private final HouseClock clock = new HouseClock(Instant.EPOCH);
    private final Attempts attempts = new Attempts(clock);
    private final AddressBlock here = network("192.0.2.1");
    private final AddressBlock there = network("192.0.2.2");

    @Test
    void givenTenFailures_whenTriedAgain_thenThereIsAWaitUntilOneComesBack() {
        fail("a", here, 10);
        assertThat(wait("a", here)).isEqualTo(Duration.ofSeconds(30));
        clock.move(Duration.ofSeconds(30));
        assertThat(wait("a", here)).isZero();
        assertThat(wait("a", here)).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void givenTenFailures_whenAnotherNameOrNetworkTries_thenItNeedNotWait() {
        fail("a", here, 10);
        assertThat(wait("b", here)).isZero();
        assertThat(wait("a", there)).isZero();
    }

    @Test
    void givenManyAtOnce_whenNoneIsAnsweredYet_thenNoMoreGoThanTokensThereAre() {
        for (int attempt = 0; attempt < 10; attempt++) {
            assertThat(attempts.unknown("a", here)).isInstanceOf(Verdict.Go.class);
        }
        assertThat(attempts.unknown("a", here)).isInstanceOf(Verdict.Wait.class);
    }

    @Test
    void givenFailures_whenItSucceeds_thenTheyAreForgotten() {
        fail("a", here, 9);
        go("a", here).succeeded();
        fail("a", here, 10);
        assertThat(wait("a", here)).isPositive();
    }

    @Test
    void givenPasswordsThatWereNeverLookedAt_whenTriedAgain_thenNothingIsOwed() {
        for (int attempt = 0; attempt < 300; attempt++) {
            go("a", here).neverLooked();
        }
        assertThat(wait("a", here)).isZero();
    }

    /** All the world guesses at one account: nobody is locked out, each network has its attempt. */
    @Test
    void givenGuessesFromEverywhere_whenAnHonestNetworkTries_thenItIsLetInAndFromThenOnWaitsTheDelay() {
        for (int network = 0; network < 200; network++) {
            attempts.unknown("a", network("198.51.100." + network));
        }
        assertThat(wait("a", here)).isZero();
        assertThat(wait("a", here)).isEqualTo(Attempts.DELAY);
        clock.move(Attempts.DELAY);
        assertThat(wait("a", here)).isZero();
        assertThat(wait("b", there)).isZero();
    }

    @Test
    void givenManyNamesFromOneNetwork_whenAnotherIsTried_thenThatNetworkWaitsAndNoOther() {
        for (int name = 0; name < 100; name++) {
            fail("name" + name, here, 1);
        }
        assertThat(wait("another", here)).isEqualTo(Duration.ofMillis(200));
        assertThat(wait("another", there)).isZero();
        clock.move(Duration.ofMillis(200));
        assertThat(wait("another", here)).isZero();
    }

    @Test
    void givenOneIpv6Network_whenTheAddressChanges_thenItCountsAsOne() {
        fail("a", network("2001:db8::1"), 10);
        assertThat(wait("a", network("2001:db8::2"))).isPositive();
        assertThat(wait("a", network("2001:db8:0:1::2"))).isZero();
    }

    @Test
    void givenAKnownNetwork_whenAnyNumberFails_thenItNeverWaitsButOthersGoFirst() {
        for (int attempt = 0; attempt < 10; attempt++) {
            assertThat(attempts.known("a", here).isSuspect()).isFalse();
        }
        for (int attempt = 0; attempt < 1_000; attempt++) {
            assertThat(attempts.known("a", here).isSuspect()).isTrue();
        }
        assertThat(attempts.known("b", here).isSuspect()).isFalse();
        attempts.known("a", here).succeeded();
        assertThat(attempts.known("a", here).isSuspect()).isFalse();
    }

    @Test
    void givenFailuresLongAgo_whenTriedAgain_thenTheyAreForgotten() {
        fail("a", here, 10);
        clock.move(Duration.ofMinutes(5));
        for (int attempt = 0; attempt < 10; attempt++) {
            assertThat(wait("a", here)).isZero();
        }
        assertThat(wait("a", here)).isPositive();
    }

    private void fail(String username, AddressBlock network, int times) {
        for (int time = 0; time < times; time++) {
            go(username, network);
        }
    }

    private Ticket go(String username, AddressBlock network) {
        return ((Verdict.Go) attempts.unknown(username, network)).ticket();
    }

    /** Zero when it was let in, and then it failed. */
    private Duration wait(String username, AddressBlock network) {
        return attempts.unknown(username, network) instanceof Verdict.Wait(Duration wait) ? wait : Duration.ZERO;
    }

    private static AddressBlock network(String address) {
        return AddressBlock.ofClient(InetAddress.ofLiteral(address));
    }
}
