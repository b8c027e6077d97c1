package io.forgewatch.query.projection;

import io.forgewatch.query.projection.ViewState.Retired;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Runs the generations of one view, as the stored state says: the one that serves, and beside it the one that is built. The new
 * one takes over when it is at the end of the events and not behind the old one, by one guarded change of the stored state, which
 * a restart and every other instance follow. A generation that has parked somebody whom the old one has not is not better, and
 * is given up.
 */
final class ViewRuns {

    private static final Logger LOG = LoggerFactory.getLogger(ViewRuns.class);
    private static final int ATTEMPTS = 5;

    private final ViewName newest;
    private final Map<Integer, ViewDefinition> definitions = new HashMap<>();
    private final ProjectionStore store;
    private final EventLog log;
    private final Progress progress;
    private final Drifts drifts;
    private final Duration grace;

    private final Map<Generation, Active> active = new ConcurrentHashMap<>();
    private volatile @Nullable ViewState seen;
    private volatile long end = Long.MAX_VALUE;
    private boolean begunByItself;

    private record Active(ProjectionRun run, Disposable running) {}

    /**
     * @param definitions of one view, each with another version
     * @param grace how long a generation that no longer serves is kept for those who still read it
     */
    ViewRuns(
            List<ViewDefinition> definitions,
            ProjectionStore store,
            EventLog log,
            Progress progress,
            Drifts drifts,
            Duration grace) {
        definitions.forEach(one -> this.definitions.put(one.name().version(), one));
        this.newest = definitions.stream()
                .map(ViewDefinition::name)
                .max(Comparator.comparingInt(ViewName::version))
                .orElseThrow();
        this.store = store;
        this.log = log;
        this.progress = progress;
        this.drifts = drifts;
        this.grace = grace;
        progress.expect(newest);
    }

    ViewName name() {
        return newest;
    }

    /** Looks at the stored state, does as it says, and changes it when it is time to. Called again and again. */
    Mono<Void> follow() {
        return store.states().load(newest).flatMap(this::settle);
    }

    /** Begins to build this view anew beside the one that serves, unless that is under way, and says how it stands. */
    Mono<ViewReport> rebuild() {
        return store.states()
                .load(newest)
                .flatMap(state -> isUnderWay(state) ? Mono.just(state) : begin(state))
                .repeatWhenEmpty(ATTEMPTS, attempts -> attempts)
                .doOnNext(state -> seen = state)
                .map(this::report);
    }

    Mono<Void> keep() {
        return Flux.fromIterable(active.values())
                .flatMap(one -> one.run.keep(), 4)
                .then();
    }

    void stop() {
        active.values().forEach(one -> one.running.dispose());
    }

    /** Empty before the state was seen. */
    Optional<ViewReport> report() {
        ViewState state = seen;
        return state == null ? Optional.empty() : Optional.of(report(state));
    }

    private boolean isUnderWay(ViewState state) {
        return state.underConstruction()
                .filter(one -> one.view().equals(newest))
                .isPresent();
    }

    /** Empty when somebody else changed the state meanwhile. */
    private Mono<ViewState> begin(ViewState state) {
        return store.toldBy(state.serving())
                .map(told -> state.begun(newest, told, Instant.now()))
                .filterWhen(begun -> store.states().replace(state, begun));
    }

    private Mono<Void> settle(ViewState state) {
        ViewState before = seen;
        seen = state;
        progress.serve(state.serving());
        boolean changed = before != null && !before.serving().equals(state.serving());
        Mono<Void> catchUp = changed ? restartIfBehind(state.serving()) : Mono.empty();
        return catchUp.then(Mono.fromRunnable(() -> run(state)))
                .then(followed(state))
                .then(Mono.defer(() -> next(state)))
                .flatMap(after -> store.states().replace(state, after))
                .filter(won -> won)
                .flatMap(won -> follow());
    }

    /** Another instance finished it: this one goes on where that one is. */
    private Mono<Void> restartIfBehind(Generation serving) {
        return store.checkpoints()
                .load(serving)
                .filter(stored -> progress.of(serving) < stored.position())
                .doOnNext(ahead -> end(serving))
                .then();
    }

    private void run(ViewState state) {
        Set<Generation> wanted = new HashSet<>();
        wanted.add(state.serving());
        state.underConstruction().ifPresent(wanted::add);
        Set<Generation> unwanted = new HashSet<>(active.keySet());
        unwanted.removeAll(wanted);
        unwanted.forEach(generation -> {
            end(generation);
            progress.forget(generation);
        });
        wanted.forEach(generation -> {
            ViewDefinition definition = definitions.get(generation.view().version());
            if (definition != null) {
                active.computeIfAbsent(generation, none -> started(generation, definition));
            }
        });
    }

    private Active started(Generation generation, ViewDefinition definition) {
        end = Long.MAX_VALUE;
        ProjectionRun run = new ProjectionRun(
                generation, definition.projection().apply(generation), log, store.checkpoints(), progress);
        return new Active(run, run.run().onErrorResume(stopped -> Mono.empty()).subscribe());
    }

    private void end(Generation generation) {
        Active ended = active.remove(generation);
        if (ended != null) {
            ended.running.dispose();
        }
    }

    /** What serves is the work of other code: how far that is, is read from the store. */
    private Mono<Void> followed(ViewState state) {
        Generation serving = state.serving();
        if (active.containsKey(serving)) {
            return Mono.empty();
        }
        return store.checkpoints()
                .load(serving)
                .doOnNext(stored -> {
                    progress.advance(serving, stored.position());
                    if (serving.view().version() > newest.version()) {
                        progress.stopped(serving, "made by newer code; this code makes " + newest);
                    }
                })
                .then();
    }

    /** What the state must become now; empty when it may stay. */
    private Mono<ViewState> next(ViewState state) {
        Optional<Active> building = state.underConstruction().map(active::get);
        if (building.isPresent()) {
            long before = end;
            return log.end()
                    .doOnNext(found -> end = found)
                    // A moment ago is near enough: the end moves on while it is looked for.
                    .flatMap(found -> built(state, building.get().run, Math.min(before, found)));
        }
        List<Retired> old = state.retired().stream()
                .filter(one -> one.at().plus(grace).isBefore(Instant.now()))
                .toList();
        if (!old.isEmpty()) {
            return store.delete(old.stream().map(Retired::generation).toList(), kinds())
                    .thenReturn(state.deleted(old));
        }
        return begunByItself || state.building() != null ? Mono.empty() : byItself(state);
    }

    private Mono<ViewState> built(ViewState state, ProjectionRun run, long events) {
        if (run.read() < events || progress.of(run.generation()) < progress.of(state.serving())) {
            return Mono.empty();
        }
        boolean oldIsKept = active.containsKey(state.serving());
        return run.keep()
                .then(Mono.zip(parked(run.generation()), parked(state.serving())))
                .map(parked -> {
                    Set<String> worse = new HashSet<>(parked.getT1());
                    worse.removeAll(parked.getT2());
                    if (oldIsKept && !worse.isEmpty()) {
                        String why = run.generation() + " parked " + worse + ", whom " + state.serving() + " has not";
                        LOG.error("The rebuild of {} is given up: {}", newest.name(), why);
                        return state.gaveUp(run.generation(), why, Instant.now());
                    }
                    LOG.info("{} takes over from {}", run.generation(), state.serving());
                    return state.takenOver(run.generation(), Instant.now());
                });
    }

    private Mono<Set<String>> parked(Generation generation) {
        return store.checkpoints().parked(generation).map(Parked::key).collect(Collectors.toSet());
    }

    /** Once after a start: when the code has a higher version, or somebody is parked whom the code of now may be able to fold. */
    private Mono<ViewState> byItself(ViewState state) {
        int version = state.serving().view().version();
        Mono<Boolean> wanted = version == newest.version()
                ? store.checkpoints().parked(state.serving()).hasElements()
                : Mono.just(version < newest.version());
        return wanted.doOnNext(known -> begunByItself = true)
                .filter(yes -> yes)
                .flatMap(yes -> store.toldBy(state.serving()))
                .map(told -> state.begun(newest, told, Instant.now()));
    }

    private Set<String> kinds() {
        return definitions.values().stream()
                .flatMap(one -> one.kinds().keySet().stream())
                .collect(Collectors.toSet());
    }

    private ViewReport report(ViewState state) {
        Generation serving = state.serving();
        ViewState.Building building = state.building();
        Active run = active.get(serving);
        return new ViewReport(
                state.name(),
                serving.view().version(),
                serving.build(),
                progress.of(serving),
                progress.whyStopped(serving).orElse(null),
                run == null ? List.of() : run.run.parked(),
                building == null ? null : building(building),
                state.givenUp(),
                drifts.of(serving));
    }

    /** Without a run of it here (it has not begun yet, or is the work of other code) it is not known how far it is. */
    private ViewReport.Building building(ViewState.Building building) {
        Generation generation = building.generation();
        Active here = active.get(generation);
        return new ViewReport.Building(
                generation.view().version(),
                generation.build(),
                progress.of(generation),
                here == null ? 0 : done(here.run.read(), end),
                building.since(),
                progress.whyStopped(generation).orElse(null),
                here == null ? List.of() : here.run.parked());
    }

    private static double done(long read, long events) {
        return events == 0 ? 1 : Math.min(1, (double) read / events);
    }
}
