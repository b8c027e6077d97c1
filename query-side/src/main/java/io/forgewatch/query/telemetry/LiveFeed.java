package io.forgewatch.query.telemetry;

import io.forgewatch.query.projection.FrameLog;
import io.forgewatch.standing.StandingStream;
import io.forgewatch.standing.StandingStreams;
import io.forgewatch.standing.Stands;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;

/**
 * Keeps the live readings going: takes back the last snapshot, goes on with the frames after it, and writes what changed every
 * minute. Without a snapshot it begins ten minutes back, which is as far as anybody's being online is judged.
 */
final class LiveFeed implements Stands {

    private static final Duration SNAPSHOT_EVERY = Duration.ofSeconds(60);
    private static final Duration COUNT_EVERY = Duration.ofSeconds(1);
    private static final Duration WITHOUT_SNAPSHOT = Duration.ofMinutes(10);

    private final LiveReadings live;
    private final FrameIntake intake;
    private final FrameLog log;
    private final Snapshots snapshots;
    private final Clock clock;
    private final FeedTrouble trouble = new FeedTrouble();
    private final Scheduler keeping = Schedulers.boundedElastic();
    private final List<StandingStream> standing;

    LiveFeed(
            LiveReadings live,
            FrameIntake intake,
            FrameLog log,
            Snapshots snapshots,
            Clock clock,
            StandingStreams streams) {
        this.live = live;
        this.intake = intake;
        this.log = log;
        this.snapshots = snapshots;
        this.clock = clock;
        // Each by itself: who is online is counted, and what is known kept, also while no frame can be taken.
        this.standing = List.of(
                streams.of("live readings", this::taking),
                streams.of("live readings kept", this::writing),
                streams.of("live readings counted", this::counting));
    }

    @Override
    public List<StandingStream> standing() {
        return standing;
    }

    private Mono<Void> taking() {
        return restored()
                .doOnNext(state -> trouble.begun())
                .flatMapMany(state -> log.after(state.offsets(), clock.instant().minus(WITHOUT_SNAPSHOT)))
                .doOnNext(frame -> {
                    intake.take(frame);
                    trouble.goesOn();
                })
                .concatWith(Mono.error(() -> new IllegalStateException("There are other partitions now")))
                // Each frame that comes ends the row of failures: the next one waits as short as the first.
                .retryWhen(Retry.backoff(Long.MAX_VALUE, Duration.ofMillis(200))
                        .maxBackoff(Duration.ofSeconds(10))
                        .jitter(0.5)
                        .scheduler(keeping)
                        .transientErrors(true)
                        .doBeforeRetry(signal -> trouble.beginsAgain(signal.failure())))
                .then();
    }

    private Flux<Long> writing() {
        return Flux.interval(SNAPSHOT_EVERY, keeping)
                .onBackpressureDrop()
                .concatMap(tick -> keep().doOnSuccess(kept -> trouble.kept())
                        .onErrorResume(failure -> {
                            trouble.notKept(failure);
                            live.enterprises().forEach(LiveEnterprise::keepAgain);
                            return Mono.empty();
                        })
                        .thenReturn(tick));
    }

    private Flux<Long> counting() {
        return Flux.interval(COUNT_EVERY, keeping).onBackpressureDrop().doOnNext(tick -> live.recount());
    }

    /** Writes what changed since the last time. */
    Mono<Void> keep() {
        return Mono.defer(() -> {
            // The state first: what comes in between is in the readings already and is passed over after a restart.
            IntakeState state = intake.state();
            Flux<Snapshot> changed = Flux.fromIterable(live.enterprises()).mapNotNull(intake::snapshot);
            return state.ranks().isEmpty() ? Mono.empty() : snapshots.keep(state, changed);
        });
    }

    private Mono<IntakeState> restored() {
        return snapshots.restore(live::restore).then(snapshots.state()).doOnNext(intake::begin);
    }

    /** Why it does not go on, while it does not. */
    FeedTrouble trouble() {
        return trouble;
    }
}
