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
 * to do. Who holds the lease and gets no further, which no renewal tells him, leaves it to others for a while; and an instance to
 * which Kafka does not answer takes none. To whom nothing came tries to read beside it all, and is back when something comes.
 */
final class Folder {

    private static final Logger LOG = LoggerFactory.getLogger(Folder.class);

    /** How old what a follower knows may be, beside what the folder has not written down yet. */
    private static final Duration FOLLOW_EVERY = Duration.ofMillis(100);

    private static final Duration AFTER_FAILURE = Duration.ofSeconds(2);

    private final Generation generation;
    private final ViewDefinition definition;
    private final ProjectionStore store;
    private final EventLog log;
    private final Progress progress;
    private final Tenancy tenancy;
    private final Rest rest;

    private volatile @Nullable ProjectionRun current;
    private volatile @Nullable Tenure tenure;
    private volatile long followed;
    private volatile long reached;
    private volatile List<Parked> parked = List.of();
    private volatile @Nullable Sighting sighting;
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
        this.rest = new Rest(generation, tenancy.patience());
    }

    /** Never completes, never fails. */
    Mono<Void> run() {
        return Mono.when(rounds(), trials());
    }

    private Mono<Void> rounds() {
        return Mono.defer(this::round)
                .onErrorResume(failure -> {
                    LOG.warn("Who folds {} cannot be told at the moment: {}", generation, failure.toString());
                    return Mono.delay(AFTER_FAILURE, Schedulers.boundedElastic())
                            .then();
                })
                .then(Mono.delay(FOLLOW_EVERY, Schedulers.boundedElastic()))
                .repeat()
                .then();
    }

    /** Beside the rounds, which follow meanwhile what others fold. */
    private Mono<Void> trials() {
        return Mono.defer(() -> rest.isUnproven() ? tried() : Mono.empty())
                .then(Mono.delay(tenancy.beat(), Schedulers.boundedElastic()))
                .repeat()
                .then();
    }

    /**
     * Reads as a run would, and does nothing with it. What was read before may come again and again while nothing behind it does: so
     * that counts only where there is no more. Each trial is a reading of its own, since one that hangs may hang for ever.
     */
    private Mono<Void> tried() {
        return log.from(Math.max(0, read() - 1))
                .filter(batch -> batch.getLast().offset() >= reached || !progress.goesOnBeyond(reached))
                .next()
                .timeout(tenancy.patience())
                .doOnNext(batch -> {
                    LOG.info("{} can be read here again", generation);
                    rest.isProven();
                })
                .onErrorResume(failure -> {
                    LOG.debug("{} cannot be read here yet: {}", generation, failure.toString());
                    return Mono.empty();
                })
                .then();
    }

    /** The run of it, while it is folded here. */
    Optional<ProjectionRun> running() {
        return Optional.ofNullable(current);
    }

    /** Whether another instance holds the lease and renews it. */
    boolean isFoldedElsewhere() {
        Sighting seen = sighting;
        return seen != null
                && !seen.lease().owner().equals(tenancy.instance())
                && !seen.mayTake(System.nanoTime(), tenancy.term());
    }

    /** How many records of the topic it is past, as far as this instance knows. */
    long read() {
        return running().map(ProjectionRun::read).orElse(followed);
    }

    /** Whose events are not taken in, as far as this instance knows: what it knew before, until a run has looked itself. */
    List<Parked> parked() {
        return running().flatMap(ProjectionRun::parked).orElse(parked);
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
            return follow();
        }
        lookedNanos = now;
        return store.leases()
                .load(generation)
                .flatMap(this::taken)
                .flatMap(this::folded)
                .switchIfEmpty(Mono.defer(this::follow).then(Mono.defer(this::parkedByOthers)));
    }

    /** Empty while it is another one's. */
    private Mono<Tenure> taken(Lease seen) {
        long now = System.nanoTime();
        // Of a former life under the same name, when this is the first look: two of one name take it from each other
        // once.
        Sighting before = sighting;
        boolean mine = before == null && seen.owner().equals(tenancy.instance());
        Sighting after = before == null ? new Sighting(seen, now) : before.seen(seen, now);
        sighting = after;
        if (progress.whyAway() != null || rest.lasts(now) || (!mine && !after.mayTake(now, tenancy.term()))) {
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
                .then(Mono.firstWithSignal(run.run(), renewing(held, run)))
                .onErrorResume(failure -> ended(held, run, failure));
    }

    private Mono<Void> ended(Tenure held, ProjectionRun run, Throwable failure) {
        parked = parked();
        followed = Math.max(followed, run.read());
        long now = reached(run);
        // What was read before, and once more, is no headway.
        if (run.headway().isAny() && now != reached) {
            rest.isOver();
        }
        reached = now;
        current = null;
        tenure = null;
        sighting = null;
        if (failure instanceof LostLeaseException) {
            LOG.warn("{} is folded here no more: {}", generation, failure.getMessage());
            sighting = new Sighting(held.lease(), System.nanoTime());
            return Mono.empty();
        }
        if (failure instanceof StandstillException standstill) {
            return left(held, run, standstill);
        }
        stopped = ProjectionRun.isHopeless(failure);
        return release(held).then(stopped ? Mono.empty() : Mono.error(failure));
    }

    /** What is not given back is taken over when its term ends. */
    private Mono<Void> left(Tenure held, ProjectionRun run, StandstillException why) {
        rest.begins(System.nanoTime(), why);
        if (progress.trouble(generation).isEmpty()) {
            progress.troubled(generation, String.valueOf(why.getMessage()));
        }
        return run.keep()
                .onErrorComplete(LostLeaseException.class)
                .then(release(held))
                .timeout(tenancy.term())
                .onErrorResume(failure -> {
                    LOG.warn("{} is not left before its term ends: {}", generation, failure.toString());
                    return Mono.empty();
                });
    }

    private Mono<Void> release(Tenure held) {
        return store.leases()
                .replace(generation, held.lease(), held.lease().released())
                .then();
    }

    private Mono<Void> renewing(Tenure held, ProjectionRun run) {
        return Flux.interval(tenancy.beat(), Schedulers.boundedElastic())
                .onBackpressureDrop()
                .concatMap(beat -> getsFurther(run).then(renewed(held)), 1)
                .then();
    }

    /** The store alone tells nothing of it: a consumer that reaches no broker waits, and fails never. */
    private Mono<Void> getsFurther(ProjectionRun run) {
        return Mono.defer(() -> {
            Duration patience = tenancy.patience();
            if (progress.whyAway() != null) {
                return run.headway().isSilentFor(patience)
                        ? Mono.error(StandstillException.away(patience))
                        : Mono.empty();
            }
            long now = reached(run);
            if (!progress.goesOnBeyond(now)) {
                run.headway().isAtEnd();
            }
            if (run.headway().isFailing()) {
                Duration longer = rest.patience();
                return run.headway().isMissingFor(longer)
                        ? Mono.error(StandstillException.failing(longer, now, progress.end()))
                        : Mono.empty();
            }
            return run.headway().isMissingFor(patience)
                    ? Mono.error(StandstillException.silent(patience, now, progress.end()))
                    : Mono.empty();
        });
    }

    private static long reached(ProjectionRun run) {
        return Math.max(run.read(), run.headway().reached());
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

    private Mono<Void> follow() {
        return store.checkpoints()
                .load(generation)
                .filter(stored ->
                        stored.position() > progress.of(generation) || (!stopped && !progress.isKnown(generation)))
                .doOnNext(stored -> {
                    followed = stored.position() == 0 ? 0 : stored.offset() + 1;
                    progress.advance(generation, stored.position());
                    progress.untroubled(generation);
                    rest.isOver();
                })
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
