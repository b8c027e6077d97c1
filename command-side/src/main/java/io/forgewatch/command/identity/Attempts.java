package io.forgewatch.command.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.forgewatch.web.AddressBlock;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Slows guessing down 限制猜测. Failed sign-ins cost tokens: of an account at a network, of an account over all networks, of a
 * network over all accounts. An attempt takes its tokens before the password is looked at and gets them back unless it was wrong, so
 * that many at once are no way around.
 *
 * <p>Nobody locks anybody out. An account that is guessed at from everywhere is not closed: each network that has not guessed itself
 * still has its attempt at once, and then one each {@link #DELAY}. Known networks are asked nothing here but whether they have
 * failed much of late.
 *
 * <p>In memory, for this instance: a restart forgives, and two instances give twice as much. What is refused for its network makes
 * no bucket for its name, so one network alone cannot make so many that others' are forgotten.
 */
final class Attempts {

    /** A bucket's size and how long one token takes to come back. */
    private record Allowance(int size, Duration refill) {

        Duration full() {
            return refill.multipliedBy(size);
        }
    }

    /** How long a network waits between attempts at an account that is guessed at from many. */
    static final Duration DELAY = Duration.ofSeconds(30);

    private static final Allowance OF_PAIR = new Allowance(10, Duration.ofSeconds(30));
    private static final Allowance OF_ACCOUNT = new Allowance(20, Duration.ofSeconds(15));
    private static final Allowance OF_NETWORK = new Allowance(100, Duration.ofMillis(200));
    private static final Allowance OF_DELAYED = new Allowance(1, DELAY);
    private static final int MOST_BUCKETS = 50_000;

    private final Buckets<Pair> pairs;
    private final Buckets<Pair> delayed;
    private final Buckets<String> accounts;
    private final Buckets<AddressBlock> networks;

    private record Pair(String account, AddressBlock network) {}

    /** What is said of an attempt before its password is looked at. */
    sealed interface Verdict {

        /** It has to come again after this time, and then it is let in unless others failed from its very network. */
        record Wait(Duration delay) implements Verdict {}

        /** It may go on; what comes of it has to be told. */
        record Go(Ticket ticket) implements Verdict {}
    }

    /** An attempt under way. Exactly one of its ends is told. */
    static final class Ticket {

        private final List<Bucket> paid;
        private final Runnable forgotten;
        private final boolean suspect;

        private Ticket(List<Bucket> paid, Runnable forgotten, boolean suspect) {
            this.paid = List.copyOf(paid);
            this.forgotten = forgotten;
            this.suspect = suspect;
        }

        /** Whether so many have failed for this account at this network that others go first. */
        boolean isSuspect() {
            return suspect;
        }

        /** Whoever signs in has shown who they are: the account's failures at this network are forgotten. */
        void succeeded() {
            neverLooked();
            forgotten.run();
        }

        /** The password was not looked at after all: nothing is owed. */
        void neverLooked() {
            paid.forEach(bucket -> bucket.addTokens(1));
        }
    }

    Attempts(Clock clock) {
        TimeMeter meter = new HouseTime(clock);
        this.pairs = new Buckets<>(OF_PAIR, meter);
        this.delayed = new Buckets<>(OF_DELAYED, meter);
        this.accounts = new Buckets<>(OF_ACCOUNT, meter);
        this.networks = new Buckets<>(OF_NETWORK, meter);
    }

    /** From a network where the account is known: never waits. */
    Ticket known(String username, AddressBlock network) {
        Pair pair = new Pair(username, network);
        Bucket own = pairs.of(pair);
        boolean paid = own.tryConsume(1);
        return new Ticket(paid ? List.of(own) : List.of(), () -> forget(pair), !paid);
    }

    /** From a network where it is not known. */
    Verdict unknown(String username, AddressBlock network) {
        Pair pair = new Pair(username, network);
        List<Bucket> paid = new ArrayList<>();
        // One after the other: what is refused for its network makes no bucket for its name.
        Duration wait = pay(networks.of(network), paid);
        if (wait.isZero()) {
            wait = pay(pairs.of(pair), paid);
        }
        if (wait.isZero() && !pay(accounts.of(username), paid).isZero()) {
            wait = pay(delayed.of(pair), paid);
        }
        Ticket ticket = new Ticket(paid, () -> forget(pair), false);
        if (wait.isZero()) {
            return new Verdict.Go(ticket);
        }
        ticket.neverLooked();
        return new Verdict.Wait(wait);
    }

    private void forget(Pair pair) {
        pairs.forget(pair);
        delayed.forget(pair);
    }

    /** @return how long until there is a token; zero when one was taken */
    private static Duration pay(Bucket bucket, List<Bucket> paid) {
        ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
        if (probe.isConsumed()) {
            paid.add(bucket);
            return Duration.ZERO;
        }
        return Duration.ofNanos(Math.max(1, probe.getNanosToWaitForRefill()));
    }

    /** Buckets of one kind; one that is full again is forgotten. */
    private static final class Buckets<K> {

        private final Allowance allowance;
        private final TimeMeter meter;
        private final Cache<K, Bucket> known;

        Buckets(Allowance allowance, TimeMeter meter) {
            this.allowance = allowance;
            this.meter = meter;
            this.known = Caffeine.newBuilder()
                    .maximumSize(MOST_BUCKETS)
                    .expireAfterAccess(allowance.full())
                    .ticker(meter::currentTimeNanos)
                    .build();
        }

        Bucket of(K key) {
            return known.get(
                    key,
                    missing -> Bucket.builder()
                            .withCustomTimePrecision(meter)
                            .addLimit(limit -> limit.capacity(allowance.size()).refillGreedy(1, allowance.refill()))
                            .build());
        }

        void forget(K key) {
            known.invalidate(key);
        }
    }
}
