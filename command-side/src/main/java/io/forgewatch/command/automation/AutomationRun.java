package io.forgewatch.command.automation;

import io.forgewatch.command.eventstore.RecentEvents;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * One automation as this instance sees it: whether it runs here, how far it is, and why it goes no further. What fails is tried
 * again from where it stands, after pauses that grow; what keeps failing is given up for as long as such a pause, so that an
 * instance with other code may try. Nothing is ever skipped.
 */
final class AutomationRun {

    private static final Logger LOG = LoggerFactory.getLogger(AutomationRun.class);
    private static final Duration LONGEST_RELEASE = Duration.ofSeconds(5);

    private final AutomationRunner runner;
    private final RecentEvents recent;
    private final Disposable.Swap work = Disposables.swap();

    private volatile boolean here;
    private volatile boolean resting;
    private volatile long position;
    private volatile long storedAt;
    private volatile @Nullable Standstill standstill;
    private volatile List<Parked> parkedElsewhere = List.of();

    AutomationRun(AutomationRunner runner, RecentEvents recent) {
        this.runner = runner;
        this.recent = recent;
    }

    String name() {
        return runner.name();
    }

    boolean isHere() {
        return here;
    }

    /** Whether it was given up a moment ago, and is left to others yet. */
    boolean isResting() {
        return resting;
    }

    long position() {
        return position;
    }

    AutomationReport report() {
        long reached = position;
        List<Parked> parked = here ? runner.parked() : parkedElsewhere;
        return new AutomationReport(
                name(),
                here,
                reached,
                Math.max(0, recent.head() - reached),
                standstill,
                parked,
                here ? runner.behindFor() : Duration.ZERO);
    }

    /** Whether it is time again to store the position of what runs here. */
    boolean isToBeStored(long now, long everyNanos) {
        if (!here || now - storedAt < everyNanos) {
            return false;
        }
        storedAt = now;
        return true;
    }

    /** How far it is while others may run it, and whom it left alone, as was stored. */
    void stored(long at, Collection<Parked> parked) {
        if (!here) {
            arrived(at);
            parkedElsewhere = List.copyOf(parked);
        }
    }

    /**
     * Runs it here from now on.
     *
     * @param from up to where it was done before
     * @param release stores how far it is, and lets others have it
     */
    void begin(long from, LongFunction<Mono<Void>> release) {
        arrived(from);
        storedAt = System.nanoTime();
        here = true;
        LOG.info("{} runs here, after position {}", name(), from);
        work.update(Flux.defer(() -> runner.run(recent.follow(position), position))
                .doOnNext(this::arrived)
                .retryWhen(Retry.from(attempts -> attempts.concatMap(attempt -> stumbled(attempt.failure()))))
                .then()
                .onErrorResume(failure -> rest(release))
                .subscribe());
    }

    /** Here it runs no longer, whatever the reason. */
    void end() {
        here = false;
        work.update(Disposables.disposed());
        resting = false;
    }

    private void arrived(long at) {
        position = at;
        Standstill before = standstill;
        if (before != null && at > before.position()) {
            standstill = null;
            LOG.info("{} goes on, after position {}", name(), at);
        }
    }

    /** Completes with something when it is to be tried again here; fails when others should try. */
    private Mono<Long> stumbled(Throwable failure) {
        Standstill before = standstill;
        Standstill now = before == null ? Standstill.first(position, failure) : before.next(position, failure);
        standstill = now;
        tell(now, failure);
        return now.isLasting() ? Mono.error(failure) : Mono.delay(now.pause(chance()));
    }

    private void tell(Standstill now, Throwable failure) {
        if (now.attempts() == 1 || now.attempts() == Standstill.LASTING) {
            LOG.error("{} stands still after position {}, attempt {}", name(), now.position(), now.attempts(), failure);
        } else {
            LOG.warn("{} still stands, attempt {}: {}", name(), now.attempts(), now.why());
        }
    }

    private Mono<Void> rest(LongFunction<Mono<Void>> release) {
        long reached = position;
        resting = true;
        here = false;
        Standstill now = standstill;
        Duration pause = now == null ? Duration.ZERO : now.pause(chance());
        return release.apply(reached)
                .timeout(LONGEST_RELEASE)
                .onErrorResume(failure -> {
                    LOG.warn("{} is not given up before its claim runs out: {}", name(), failure.toString());
                    return Mono.empty();
                })
                .then(Mono.delay(pause))
                .then()
                .doFinally(signal -> resting = false);
    }

    private static double chance() {
        return ThreadLocalRandom.current().nextDouble();
    }
}
