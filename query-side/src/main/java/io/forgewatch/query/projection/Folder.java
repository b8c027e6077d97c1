package io.forgewatch.query.projection;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * This instance's part in one generation of a view: it folds it while it holds the lease, and follows what is stored of it while
 * another instance does. Who has stopped for good gives the lease back and tries no more: another instance's code may know what
 * to do.
 */
final class Folder {

    private static final Logger LOG = LoggerFactory.getLogger(Folder.class);

    /** How old what a follower knows may be, beside what the folder has not written down yet. */
    private static final Duration FOLLOW_EVERY = Duration.ofMillis(100);

    private final Generation generation;
    private final ViewDefinition definition;
    private final ProjectionStore store;
    private final EventLog log;
    private final Progress progress;
    private final Tenancy tenancy;

    private volatile @Nullable ProjectionRun current;
    private volatile @Nullable Tenure tenure;
    private volatile List<Parked> parked = List.of();
    private @Nullable Sighting sighting;
    private long lookedNanos;
    private boolean stopped;

    Folder(
            Generation generation,
            ViewDefinition definition,
            ProjectionStore store,
            EventLog log,
            Progress progress,
            Tenancy tenancy) {
        this.generation = generation;
        this.definition = definition;
        this.store = store;
        this.log = log;
        this.progress = progress;
        this.tenancy = tenancy;
    }

    /** Never completes, never fails. */
    Mono<Void> run() {
        return Mono.defer(this::round)
                .onErrorResume(failure -> {
                    LOG.warn("Who folds {} cannot be told at the moment", generation, failure);
                    return Mono.empty();
                })
                .then(Mono.delay(FOLLOW_EVERY, Schedulers.boundedElastic()))
                .repeat()
                .then();
    }

    /** The run of it, while it is folded here. */
    Optional<ProjectionRun> running() {
        return Optional.ofNullable(current);
    }

    /** Whose events are not taken in, as far as this instance knows. */
    List<Parked> parked() {
        return running().map(ProjectionRun::parked).orElse(parked);
    }

    /** Writes down how far it is and gives the lease back. Called when the run was ended. */
    Mono<Void> leave() {
        ProjectionRun run = current;
        Tenure held = tenure;
        current = null;
        tenure = null;
        if (run == null || held == null) {
            return Mono.empty();
        }
        return run.keep()
                .onErrorResume(LostLeaseException.class, lost -> Mono.empty())
                .then(release(held));
    }

    private Mono<Void> round() {
        long now = System.nanoTime();
        if (stopped || (sighting != null && now - lookedNanos < tenancy.beat().toNanos())) {
            return followed();
        }
        lookedNanos = now;
        return store.leases()
                .load(generation)
                .flatMap(this::taken)
                .flatMap(this::folded)
                .switchIfEmpty(Mono.defer(this::followed).then(Mono.defer(this::parkedByOthers)));
    }

    /** Empty while it is another one's. */
    private Mono<Tenure> taken(Lease seen) {
        long now = System.nanoTime();
        // Of a former life under the same name, when this is the first look: two of one name take it from each other
        // once.
        boolean mine = sighting == null && seen.owner().equals(tenancy.instance());
        sighting = sighting == null ? new Sighting(seen, now) : sighting.seen(seen, now);
        if (!mine && !sighting.mayTake(now, tenancy.term())) {
            return Mono.empty();
        }
        Lease next = seen.takenBy(tenancy.instance());
        return store.leases()
                .replace(generation, seen, next)
                .filter(won -> won)
                .map(won -> new Tenure(next, tenancy.term(), now));
    }

    private Mono<Void> folded(Tenure held) {
        ProjectionRun run = new ProjectionRun(
                generation, definition.projection().apply(generation), log, store.checkpoints(), progress, held);
        LOG.info("{} is folded here under token {}", generation, held.token());
        return store.checkpoints()
                .claim(generation, held.token())
                .then(Mono.fromRunnable(() -> {
                    tenure = held;
                    current = run;
                }))
                .then(Mono.firstWithSignal(run.run(), renewing(held)))
                .onErrorResume(failure -> ended(held, failure));
    }

    private Mono<Void> ended(Tenure held, Throwable failure) {
        parked = parked();
        current = null;
        tenure = null;
        sighting = null;
        if (failure instanceof LostLeaseException) {
            LOG.warn("{} is folded here no more: {}", generation, failure.getMessage());
            sighting = new Sighting(held.lease(), System.nanoTime());
            return Mono.empty();
        }
        stopped = ProjectionRun.isHopeless(failure);
        return release(held).then(stopped ? Mono.empty() : Mono.error(failure));
    }

    private Mono<Void> release(Tenure held) {
        return store.leases()
                .replace(generation, held.lease(), held.lease().released())
                .then();
    }

    private Mono<Void> renewing(Tenure held) {
        return Flux.interval(tenancy.beat(), Schedulers.boundedElastic())
                .onBackpressureDrop()
                .concatMap(beat -> renewed(held), 1)
                .then();
    }

    private Mono<Void> renewed(Tenure held) {
        long asked = System.nanoTime();
        if (!held.isHeld(asked)) {
            return Mono.error(new LostLeaseException(generation, held.token()));
        }
        Lease before = held.lease();
        return store.leases()
                .replace(generation, before, before.renewed())
                .flatMap(won ->
                        won ? Mono.just(before.renewed()) : store.leases().load(generation))
                // The answer to the last renewal may have been lost.
                .flatMap(now -> now.isSameTenureAs(before)
                        ? Mono.<Void>fromRunnable(() -> held.renewed(now, asked))
                        : Mono.error(new LostLeaseException(generation, held.token())))
                .timeout(tenancy.term())
                .onErrorResume(failure -> failure instanceof LostLeaseException ? Mono.error(failure) : Mono.empty());
    }

    private Mono<Void> followed() {
        return store.checkpoints()
                .load(generation)
                .filter(stored ->
                        stored.position() > progress.of(generation) || (!stopped && !progress.isKnown(generation)))
                .doOnNext(stored -> progress.advance(generation, stored.position()))
                .then();
    }

    private Mono<Void> parkedByOthers() {
        return store.checkpoints()
                .parked(generation)
                .collectList()
                .doOnNext(stored -> parked = List.copyOf(stored))
                .then();
    }
}
