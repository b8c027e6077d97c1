package io.forgewatch.command.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class AttemptsTest {

    private static final class Hand extends Clock {
        private Instant now = Instant.EPOCH;

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    private final Hand hand = new Hand();
    private final Attempts attempts = new Attempts(hand);
    private final InetAddress here = address("192.0.2.1");

    @Test
    void givenTenFailures_whenAskedAgain_thenThereIsAWaitUntilOneComesBack() {
        fail("a", here, 10);
        assertThat(attempts.wait("a", here)).isEqualTo(Duration.ofSeconds(30));
        assertThat(attempts.wait("b", here)).isZero();
        assertThat(attempts.wait("a", address("192.0.2.2"))).isZero();
        hand.now = hand.now.plusSeconds(30);
        assertThat(attempts.wait("a", here)).isZero();
    }

    @Test
    void givenMoreFailuresInFlight_whenAskedAgain_thenTheDebtIsWaitedOff() {
        fail("a", here, 14);
        assertThat(attempts.wait("a", here)).isEqualTo(Duration.ofSeconds(150));
    }

    @Test
    void givenSuccess_whenAskedAgain_thenTheNamesFailuresAreForgotten() {
        fail("a", here, 14);
        attempts.succeeded("a", here);
        assertThat(attempts.wait("a", here)).isZero();
    }

    @Test
    void givenManyNamesFromOneAddress_whenAskedAgain_thenTheAddressWaits() {
        for (int name = 0; name < 101; name++) {
            fail("name" + name, here, 1);
        }
        assertThat(attempts.wait("another", here)).isEqualTo(Duration.ofSeconds(6));
    }

    @Test
    void givenOneIpv6Network_whenTheAddressChanges_thenItCountsAsOne() {
        fail("a", address("2001:db8::1"), 10);
        assertThat(attempts.wait("a", address("2001:db8::2"))).isPositive();
        assertThat(attempts.wait("a", address("2001:db8:1::2"))).isZero();
    }

    private void fail(String username, InetAddress address, int times) {
        for (int time = 0; time < times; time++) {
            attempts.failed(username, address);
        }
    }

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
