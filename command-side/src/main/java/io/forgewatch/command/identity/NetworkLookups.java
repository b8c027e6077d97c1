package io.forgewatch.command.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.forgewatch.command.bulkhead.Bulkhead;
import io.forgewatch.command.bulkhead.FullException;
import io.forgewatch.command.bulkhead.Limits;
import io.forgewatch.web.AddressBlock;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * How much strangers may have looked up: whoever calls chooses the network, and one IPv6 site has 65,536 of them. Of a site one
 * look-up goes on at once, two of all, and sites take turns; each has so many, of which some come back with time. What finds no turn
 * is not looked up, and nobody is kept waiting for it.
 */
final class NetworkLookups {

    static final int AT_ONCE = 2;
    static final int OF_SITE = 64;
    static final int WAITING = 256;

    private static final Duration ONE_BACK_IN = Duration.ofMillis(100);

    /** For a turn and the look-up itself. */
    private static final Duration LONGEST = Duration.ofSeconds(1);

    private static final int MOST_SITES = 50_000;

    private final Bulkhead turns = new Bulkhead(new Limits(AT_ONCE, WAITING, OF_SITE, 1), Schedulers.parallel());
    private final Cache<AddressBlock, Bucket> buckets;
    private final TimeMeter meter;

    NetworkLookups(TimeMeter meter) {
        this.meter = meter;
        this.buckets = Caffeine.newBuilder()
                .maximumSize(MOST_SITES)
                .expireAfterAccess(ONE_BACK_IN.multipliedBy(OF_SITE))
                .ticker(meter::currentTimeNanos)
                .build();
    }

    /** Empty when too much is looked up, or it takes too long. */
    <T> Mono<T> of(AddressBlock network, Mono<T> lookup) {
        return Mono.defer(() -> {
            AddressBlock site = network.site();
            if (turns.waiting() >= WAITING || !bucket(site).tryConsume(1)) {
                return Mono.empty();
            }
            return turns.inTurn(site.toString(), lookup)
                    .timeout(LONGEST)
                    .onErrorResume(NetworkLookups::isTooMuch, late -> Mono.empty());
        });
    }

    private static boolean isTooMuch(Throwable failure) {
        return failure instanceof TimeoutException || failure instanceof FullException;
    }

    private Bucket bucket(AddressBlock site) {
        return buckets.get(
                site,
                missing -> Bucket.builder()
                        .withCustomTimePrecision(meter)
                        .addLimit(limit -> limit.capacity(OF_SITE).refillGreedy(1, ONE_BACK_IN))
                        .build());
    }
}
