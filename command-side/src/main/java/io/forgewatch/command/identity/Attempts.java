package io.forgewatch.command.identity;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Slows guessing down: token buckets for failed sign-ins by username and address, and by address alone. Only failures cost
 * something, so that who knows the password is never held up; failures in flight together run up a debt that has to be waited
 * off. In memory: a restart forgives.
 */
final class Attempts {

    /** A bucket's size and how long one token takes to come back. */
    private record Allowance(int size, Duration refill) {}

    private static final Allowance BY_USERNAME = new Allowance(10, Duration.ofSeconds(30));
    private static final Allowance BY_ADDRESS = new Allowance(100, Duration.ofSeconds(3));
    private static final int MOST_BUCKETS = 50_000;
    /** No account's name is longer; what is longer counts as the same. */
    private static final int LONGEST_NAME = 33;

    private static final int IPV6_NETWORK_BYTES = 8;

    private final Clock clock;
    private final Map<String, Bucket> buckets = new LinkedHashMap<>(256, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > MOST_BUCKETS;
        }
    };

    /** @param tokens below 1 when there is something to wait for */
    private record Bucket(double tokens, Instant at) {}

    Attempts(Clock clock) {
        this.clock = clock;
    }

    /** How long this username has to wait at this address before the next attempt; zero when it need not. */
    synchronized Duration wait(String username, @Nullable InetAddress address) {
        Duration one = wait(key(username, address), BY_USERNAME);
        Duration all = wait(key(address), BY_ADDRESS);
        return one.compareTo(all) > 0 ? one : all;
    }

    synchronized void failed(String username, @Nullable InetAddress address) {
        take(key(username, address), BY_USERNAME);
        take(key(address), BY_ADDRESS);
    }

    /** Whoever signs in has shown who they are: their own failures are forgotten, the address's are not. */
    synchronized void succeeded(String username, @Nullable InetAddress address) {
        buckets.remove(key(username, address));
    }

    private Duration wait(String key, Allowance allowance) {
        double missing = 1 - tokens(key, allowance);
        return missing <= 0
                ? Duration.ZERO
                : Duration.ofMillis(
                        (long) Math.ceil(missing * allowance.refill().toMillis()));
    }

    private void take(String key, Allowance allowance) {
        buckets.put(key, new Bucket(tokens(key, allowance) - 1, clock.instant()));
    }

    private double tokens(String key, Allowance allowance) {
        Bucket bucket = buckets.get(key);
        if (bucket == null) {
            return allowance.size();
        }
        double back = (double) Duration.between(bucket.at(), clock.instant()).toMillis()
                / allowance.refill().toMillis();
        return Math.min(allowance.size(), bucket.tokens() + Math.max(0, back));
    }

    private static String key(String username, @Nullable InetAddress address) {
        return key(address) + "/"
                + (username.length() <= LONGEST_NAME ? username : username.substring(0, LONGEST_NAME));
    }

    /** An IPv6 network of 64 bits is one house, and counts as one address. */
    private static String key(@Nullable InetAddress address) {
        if (address == null) {
            return "?";
        }
        byte[] bytes = address.getAddress();
        return HexFormat.of()
                .formatHex(address instanceof Inet6Address ? Arrays.copyOf(bytes, IPV6_NETWORK_BYTES) : bytes);
    }
}
