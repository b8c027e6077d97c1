package io.forgewatch.command.detection;

import io.forgewatch.command.bulkhead.Blame;
import io.forgewatch.command.bulkhead.StoreTroubleException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.util.retry.Retry;

/**
 * For how long the store has taken nothing of the signals that are received here. They wait a while; then they are given up, since it
 * may be away for this instance alone and others could do them, and are received again once it answers. Where that was no use, they
 * are left alone for longer each time, so that the group does not change all the time.
 */
final class StoreAbsence {

    static final Duration GIVEN_UP_AFTER = Duration.ofSeconds(15);

    private static final Logger LOG = LoggerFactory.getLogger(StoreAbsence.class);
    private static final Duration FIRST_REST = Duration.ofSeconds(1);
    private static final Duration LONGEST_REST = Duration.ofSeconds(10);
    private static final Duration LONGEST_BETWEEN_LOOKS = Duration.ofSeconds(2);
    private static final Duration LONGEST_LOOK = Duration.ofSeconds(10);
    /** So long after a rest all is well, and the next trouble has nothing to do with the last one. */
    private static final Duration STEADY = Duration.ofMinutes(2);

    private static final long NEVER = Long.MIN_VALUE;

    private final Blame blame;
    private final Scheduler time;

    // Guarded by this.
    private long since = NEVER;
    /** As {@code since}, over all rests: whoever was told that signals wait is told so until one gets through. */
    private long untakenSince = NEVER;

    private long takenAt = NEVER;
    private long restedAt = NEVER;
    private int rests;
    private boolean resting;

    /** @param time by which it waits */
    StoreAbsence(Blame blame, Scheduler time) {
        this.blame = blame;
        this.time = time;
    }

    /** The attempt; where it fails for the store, and nothing got through for a while, with {@link GivenUpException}. */
    <T> Mono<T> attempted(Mono<T> attempt) {
        return Mono.defer(() -> {
            long begun = now();
            return attempt.doOnSuccess(done -> taken())
                    .onErrorMap(
                            StoreTroubleException.class,
                            trouble -> isGivenUp(begun) ? new GivenUpException(trouble) : trouble);
        });
    }

    /** For what was given up: to be begun again once the store answers. */
    Retry whereGivenUp() {
        return Retry.from(ends -> ends.concatMap(
                end -> end.failure() instanceof GivenUpException given ? rested(given) : Mono.error(end.failure())));
    }

    /** How long the store has taken nothing, in trouble or at rest; zero where it takes what comes. */
    synchronized Duration lasting() {
        // Whoever is back and has failed in nothing for a while has no trouble, though nothing came to prove it.
        boolean over =
                untakenSince == NEVER || (!resting && now() - restedAt > GIVEN_UP_AFTER.toMillis() && since == NEVER);
        return over ? Duration.ZERO : Duration.ofMillis(now() - untakenSince);
    }

    /** Whether they are left to others now. */
    synchronized boolean isResting() {
        return resting;
    }

    private synchronized void taken() {
        takenAt = now();
        since = NEVER;
        untakenSince = NEVER;
        if (takenAt - restedAt > STEADY.toMillis()) {
            rests = 0;
        }
    }

    /** An attempt that took long has waited as long; what others got through in the meantime counts. */
    private synchronized boolean isGivenUp(long begun) {
        if (since == NEVER) {
            since = Math.max(begun, takenAt);
            untakenSince = untakenSince == NEVER ? since : untakenSince;
        }
        return now() - since >= GIVEN_UP_AFTER.toMillis();
    }

    private Mono<Boolean> rested(GivenUpException given) {
        Duration rest = rest();
        LOG.warn(
                "The store has taken no signal for {} s ({}): they are left to other instances, for {} ms and until it answers",
                lasting().toSeconds(),
                given.getMessage(),
                rest.toMillis());
        return Mono.delay(rest, time).then(answered()).doOnSuccess(back -> {
            begin();
            LOG.info("The store answers: signals are received again");
        });
    }

    private synchronized Duration rest() {
        long whole = Math.min(FIRST_REST.toMillis() << Math.min(rests, 16), LONGEST_REST.toMillis());
        rests++;
        resting = true;
        return Duration.ofMillis(whole - ThreadLocalRandom.current().nextLong(whole / 2));
    }

    private synchronized void begin() {
        since = NEVER;
        resting = false;
        restedAt = now();
    }

    private Mono<Boolean> answered() {
        return Mono.defer(blame::isAway)
                .timeout(LONGEST_LOOK, time)
                .filter(away -> !away)
                .switchIfEmpty(Mono.error(() -> new IllegalStateException("The store does not answer")))
                .retryWhen(Retry.backoff(Long.MAX_VALUE, FIRST_REST)
                        .maxBackoff(LONGEST_BETWEEN_LOOKS)
                        .jitter(0.5)
                        .scheduler(time));
    }

    private long now() {
        return time.now(TimeUnit.MILLISECONDS);
    }
}
