package io.forgewatch.query.projection;

import io.forgewatch.query.projection.ViewState.Retired;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * When one generation of a view is begun, takes over, is given up or deleted. The new one takes over when it is at the end of
 * the events and not behind the old one. Where that has stopped, or is at an event that the topic has not, what it shows may be
 * lost: then the new one may be behind, once the end has stood still, since a copy of the events that is still being written has
 * an end at every moment too. One that has
 * parked somebody whom the old one has not is not better: it is given up, as long as the old one is kept up to date.
 */
final class Succession {

    private static final Logger LOG = LoggerFactory.getLogger(Succession.class);

    /** The relay writes without a pause as long as there is something to write; it takes this long at most to begin. */
    private static final Duration STILL = Duration.ofSeconds(2);

    /** The same while nothing but the topic's shortness says that something was lost. */
    private static final Duration STILL_SHORT = Duration.ofSeconds(10);

    private final ViewName newest;
    private final Set<String> kinds;
    private final ProjectionStore store;
    private final EventLog log;
    private final Progress progress;
    private final Descent descent;
    private final Duration grace;

    private volatile long end = Long.MAX_VALUE;
    private volatile long endSinceNanos;
    private boolean begunByItself;

    /**
     * @param newest what this code makes
     * @param kinds of collections that any version had
     * @param grace how long a generation that no longer serves is kept for those who still read it
     */
    Succession(
            ViewName newest,
            Set<String> kinds,
            ProjectionStore store,
            EventLog log,
            Progress progress,
            Descent descent,
            Duration grace) {
        this.newest = newest;
        this.kinds = Set.copyOf(kinds);
        this.store = store;
        this.log = log;
        this.progress = progress;
        this.descent = descent;
        this.grace = grace;
    }

    /** The state with a generation of this code's version under construction. */
    ViewState begun(ViewState state) {
        return state.begun(newest, Instant.now());
    }

    /**
     * How much of the events are taken in, from 0 to 1.
     *
     * @param read how many
     */
    double done(long read) {
        if (end == Long.MAX_VALUE) {
            return 0; // not looked for yet
        }
        return end == 0 ? 1 : Math.min(1, (double) read / end);
    }

    /**
     * What the state must become now; empty when it may stay.
     *
     * @param runs of what is folded here: who folds a generation brings about that it takes over
     * @param kept whether a generation is kept up to date, here or elsewhere
     */
    Mono<ViewState> next(
            ViewState state, Function<Generation, Optional<ProjectionRun>> runs, Predicate<Generation> kept) {
        Optional<ViewName> under = state.underConstruction().map(Generation::view);
        if (under.filter(view -> view.version() < newest.version()).isPresent()) {
            return Mono.just(
                    begun(state)); // of the release before, which did not come to its end: nobody folds it any more
        }
        if (under.filter(newest::equals).isPresent()) {
            begunByItself = true;
        }
        if (state.isFirstBuilt() && state.serving().view().equals(newest)) {
            return Mono.justOrEmpty(runs.apply(state.serving())).flatMap(run -> opened(state, run));
        }
        Optional<ProjectionRun> building = state.underConstruction().flatMap(runs);
        if (building.isPresent()) {
            boolean oldIsKept = kept.test(state.serving());
            return isAtEnd(building.get()).filter(yes -> yes).flatMap(yes -> built(state, building.get(), oldIsKept));
        }
        if (state.building() != null) {
            return log.end().doOnNext(this::ends).then(Mono.empty()); // built elsewhere: this instance tells how far
        }
        end = Long.MAX_VALUE;
        List<Retired> old = state.retired().stream()
                .filter(one -> one.at().plus(grace).isBefore(Instant.now()))
                .toList();
        if (!old.isEmpty()) {
            return store.delete(old.stream().map(Retired::generation).toList(), kinds)
                    .thenReturn(state.deleted(old));
        }
        return begunByItself ? Mono.empty() : byItself(state);
    }

    /** Reads begin when it was once at the end: until then they would show how it was years ago. */
    private Mono<ViewState> opened(ViewState state, ProjectionRun run) {
        return isAtEnd(run).filter(yes -> yes).flatMap(yes -> run.keep().thenReturn(state.opened()));
    }

    /** Whether a run is where the end of the events was a moment ago: it moves on while it is looked for. */
    private Mono<Boolean> isAtEnd(ProjectionRun run) {
        long before = end;
        return log.end().doOnNext(this::ends).map(found -> run.read() >= Math.min(before, found));
    }

    private void ends(long found) {
        if (found != end) {
            endSinceNanos = System.nanoTime();
        }
        end = found;
    }

    /** Whether a run is past everything and nothing was added for a while. */
    private boolean isAtEndThatStoodStill(ProjectionRun run, Duration still) {
        return run.read() >= end && System.nanoTime() - endSinceNanos >= still.toNanos();
    }

    private Mono<ViewState> built(ViewState state, ProjectionRun run, boolean oldIsKept) {
        return mayServe(run, state.serving())
                .filter(yes -> yes)
                .flatMap(yes -> run.keep().then(Mono.zip(parked(run.generation()), parked(state.serving()))))
                .flatMap(parked -> {
                    Set<String> worse = new HashSet<>(parked.getT1().keySet());
                    worse.removeAll(parked.getT2().keySet());
                    Map<String, Parked> better = new HashMap<>(parked.getT2());
                    better.keySet().removeAll(parked.getT1().keySet());
                    return worse.isEmpty() || !oldIsKept
                            ? takenOver(state, run, List.copyOf(better.values()))
                            : Mono.just(gaveUp(state, run, worse));
                });
    }

    /** Not behind what serves; or that shows what was lost. */
    private Mono<Boolean> mayServe(ProjectionRun run, Generation serving) {
        if (progress.of(run.generation()) >= progress.of(serving)) {
            return Mono.just(true);
        }
        if (progress.whyStopped(serving).isPresent()) {
            return Mono.just(isAtEndThatStoodStill(run, STILL));
        }
        return isAtEndThatStoodStill(run, STILL_SHORT) ? descent.goesOn(serving).map(same -> !same) : Mono.just(false);
    }

    private Mono<ViewState> takenOver(ViewState state, ProjectionRun run, List<Parked> takenIn) {
        Generation built = run.generation();
        return descent.after(state.histories(), state.serving(), built, progress.of(built))
                .map(histories -> {
                    LOG.info("{} takes over from {}", built, state.serving());
                    return state.takenOver(built, histories, takenIn, Instant.now());
                });
    }

    private static ViewState gaveUp(ViewState state, ProjectionRun run, Set<String> worse) {
        String why = run.generation() + " parked " + worse + ", whom " + state.serving() + " has not";
        LOG.error("The rebuild of {} is given up: {}", state.name(), why);
        return state.gaveUp(run.generation(), why, Instant.now());
    }

    private Mono<Map<String, Parked>> parked(Generation generation) {
        return store.checkpoints().parked(generation).collectMap(Parked::key);
    }

    /** Once after a start: when the code has a higher version, or somebody is parked whom the code of now may be able to fold. */
    private Mono<ViewState> byItself(ViewState state) {
        int version = state.serving().view().version();
        Mono<Boolean> wanted = version == newest.version()
                ? store.checkpoints().parked(state.serving()).hasElements()
                : Mono.just(version < newest.version());
        return wanted.doOnNext(known -> begunByItself = true).filter(yes -> yes).map(yes -> begun(state));
    }
}
