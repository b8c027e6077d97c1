package io.forgewatch.command.eventstore;

import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * Learns of events that other instances appended: at once by LISTEN, and by a look now and then should a notification be lost.
 * Also learns at the start, and every hour, of which entities there are snapshots, and forgets old idempotency keys. The same look
 * compares the clocks.
 */
final class StoreNotifications extends StandingWork {

    private static final Logger LOG = LoggerFactory.getLogger(StoreNotifications.class);

    private static final Duration LONGEST_STOP = Duration.ofSeconds(5);

    /** How often the store is looked at where nobody says otherwise. */
    static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    private final Database database;
    private final EventRows rows;
    private final RecentEvents recent;
    private final IdempotencyKeys keys;
    private final Snapshots snapshots;
    private final GroupCommit commits;
    private final StoreClock clock;
    private final Duration lookEvery;

    /** Where nobody asks for the clock. */
    StoreNotifications(
            Database database,
            EventRows rows,
            RecentEvents recent,
            IdempotencyKeys keys,
            Snapshots snapshots,
            GroupCommit commits,
            Duration lookEvery) {
        this(
                database,
                rows,
                recent,
                keys,
                snapshots,
                commits,
                new StoreClock(Clock.systemUTC(), System::nanoTime),
                lookEvery);
    }

    /**
     * As the other one.
     *
     * @param clock told the store's time at every look
     * @param lookEvery how long an event whose notification is lost stays unknown, and a store that went back unnoticed
     */
    StoreNotifications(
            Database database,
            EventRows rows,
            RecentEvents recent,
            IdempotencyKeys keys,
            Snapshots snapshots,
            GroupCommit commits,
            StoreClock clock,
            Duration lookEvery) {
        super(Phases.STORE, LONGEST_STOP);
        this.database = database;
        this.rows = rows;
        this.recent = recent;
        this.keys = keys;
        this.snapshots = snapshots;
        this.commits = commits;
        this.clock = clock;
        this.lookEvery = lookEvery;
    }

    @Override
    protected Disposable begin() {
        return Disposables.composite(
                forEver(
                        "listening",
                        recent.started().thenMany(new Listening(database, recent, Listening.AGAIN).heard())),
                forEver("looking", recent.started().thenMany(every(lookEvery, Mono.defer(this::look)))),
                forEver("snapshots", every(Duration.ofHours(1), snapshots.read())),
                forEver("forgetting keys", every(Duration.ofHours(1), keys.forgetExpired())));
    }

    /** The last to stop: what is on its way into the store is waited for. */
    @Override
    protected Mono<?> end(Disposable work) {
        return super.end(work).then(commits.idle());
    }

    /** After what is missing, and whether what was seen is still there. */
    private Mono<?> look() {
        EventRows.Place seen = recent.newest();
        long asked = clock.now();
        return rows.standing(seen).doOnNext(standing -> {
            clock.told(asked, standing.clock(), clock.now());
            if (standing.has()) {
                recent.mayHaveMoved(standing.head());
            } else {
                database.abandon(new StoreWentBackException("The store no longer has event " + seen.id()
                        + " at position " + seen.position() + "; it ends with " + standing.head() + "."));
            }
        });
    }

    static Flux<?> every(Duration period, Mono<?> work) {
        return Flux.interval(Duration.ZERO, period).onBackpressureDrop().concatMap(tick -> work, 1);
    }

    private static Disposable forEver(String what, Flux<?> work) {
        return work.retryWhen(Retry.backoff(Long.MAX_VALUE, Duration.ofMillis(100))
                        .maxBackoff(Duration.ofSeconds(5))
                        .transientErrors(true)
                        .doBeforeRetry(retry -> LOG.warn(
                                "Event store, {}: {}",
                                what,
                                String.valueOf(retry.failure().getMessage()))))
                .subscribe();
    }
}
