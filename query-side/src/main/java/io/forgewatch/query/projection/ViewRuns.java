package io.forgewatch.query.projection;

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
 * Takes part in the generations of one view, as the stored state says: the one that serves, and beside it the one that is built.
 * Whatever changes, changes by one guarded write of that state, which a restart and every other instance follow.
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
    private final Tenancy tenancy;
    private final Succession succession;
    private final Onlooker onlooker;

    private final Map<Generation, Active> active = new ConcurrentHashMap<>();
    private volatile @Nullable ViewState seen;
    private final Instant since = Instant.now();
    private boolean stopped;

    private record Active(Folder folder, Disposable running) {

        /** It is to go on for ever: whatever ended it, the next look begins it anew. */
        boolean isOver() {
            return running.isDisposed();
        }
    }

    /**
     * @param definitions of one view, each with another version
     * @param grace how long a generation that no longer serves is kept for those who still read it
     * @param tenancy how this instance takes part in the folding
     */
    ViewRuns(
            List<ViewDefinition> definitions,
            ProjectionStore store,
            EventLog log,
            Progress progress,
            Drifts drifts,
            Duration grace,
            Tenancy tenancy) {
        definitions.forEach(one -> this.definitions.put(one.name().version(), one));
        this.newest = definitions.stream()
                .map(ViewDefinition::name)
                .max(Comparator.comparingInt(ViewName::version))
                .orElseThrow();
        this.store = store;
        this.log = log;
        this.progress = progress;
        this.drifts = drifts;
        this.tenancy = tenancy;
        this.succession = new Succession(
                newest, kinds(), store, log, progress, new Descent(log, store.checkpoints(), spoken()), grace);
        this.onlooker = new Onlooker(newest, store, progress, tenancy.term());
        progress.expect(newest);
    }

    ViewName name() {
        return newest;
    }

    /** Looks at the stored state, does as it says, and changes it when it is time to. Called again and again. */
    Mono<Void> follow() {
        return store.states().load(newest).flatMap(this::settle);
    }

    /**
     * Begins to build this view anew beside the one that serves, unless that is under way, and says how it stands. One that has
     * stopped is not: nothing but another one in its place can come to the end.
     */
    Mono<ViewReport> rebuild() {
        return store.states()
                .load(newest)
                .flatMap(state -> isUnderWay(state) ? Mono.just(state) : begin(state))
                .repeatWhenEmpty(ATTEMPTS, attempts -> attempts)
                .doOnNext(state -> seen = state)
                .map(this::report);
    }

    /** After the stop: writes down how far each is, and gives the leases back. */
    Mono<Void> leave() {
        return Flux.fromIterable(active.values())
                .flatMap(one -> one.folder.leave(), 4)
                .then();
    }

    synchronized void stop() {
        stopped = true;
        active.values().forEach(one -> one.running.dispose());
    }

    /** Empty before the state was seen. */
    Optional<ViewReport> report() {
        ViewState state = seen;
        return state == null ? Optional.empty() : Optional.of(report(state));
    }

    /** Whether another instance folds one of its generations. */
    boolean isFoldedElsewhere() {
        return onlooker.seesFolding() || active.values().stream().anyMatch(one -> one.folder.isFoldedElsewhere());
    }

    /** Whether it is built for the first time, and goes on. */
    boolean isOpening() {
        ViewState state = seen;
        return state != null
                && state.isFirstBuilt()
                && progress.whyStopped(state.serving()).isEmpty();
    }

    private boolean isUnderWay(ViewState state) {
        if (state.isFirstBuilt() && state.serving().view().equals(newest)) {
            return progress.whyStopped(state.serving()).isEmpty();
        }
        return state.underConstruction()
                .filter(one ->
                        one.view().equals(newest) && progress.whyStopped(one).isEmpty())
                .isPresent();
    }

    /** Empty when somebody else changed the state meanwhile. */
    private Mono<ViewState> begin(ViewState state) {
        return Mono.just(succession.begun(state))
                .filterWhen(begun -> store.states().replace(state, begun));
    }

    private Mono<Void> settle(ViewState state) {
        seen = state;
        if (state.open()) {
            progress.serve(state.served());
        } else {
            progress.build(newest);
        }
        return Mono.<Void>fromRunnable(() -> run(state))
                // Asked once it runs: what it says of itself must not be overtaken by what is stored.
                .then(Mono.defer(() -> followed(state)))
                .then(Mono.defer(() -> succession.next(state, this::running, this::isKept)))
                .flatMap(after -> store.states().replace(state, after))
                .filter(won -> won)
                .flatMap(won -> follow());
    }

    private synchronized void run(ViewState state) {
        if (stopped) {
            return;
        }
        Set<Generation> wanted = new HashSet<>();
        wanted.add(state.serving());
        state.underConstruction().ifPresent(wanted::add);
        Set<Generation> unwanted = new HashSet<>(active.keySet());
        unwanted.removeAll(wanted);
        unwanted.forEach(generation -> {
            end(generation);
            progress.forget(generation);
        });
        active.values().removeIf(Active::isOver);
        wanted.forEach(generation -> {
            ViewDefinition definition = definitions.get(generation.view().version());
            if (definition != null) {
                active.computeIfAbsent(generation, none -> started(generation, definition));
            }
        });
    }

    private Active started(Generation generation, ViewDefinition definition) {
        Folder folder = new Folder(generation, definition, store, log, progress, tenancy);
        return new Active(
                folder,
                folder.run()
                        .subscribe(
                                nothing -> {},
                                failure -> LOG.error("Taking part in {} ended, and begins anew", generation, failure)));
    }

    private void end(Generation generation) {
        Active ended = active.remove(generation);
        if (ended != null) {
            ended.running.dispose();
        }
    }

    /** Whether this code can fold it: some instance does then. */
    private boolean isKept(Generation generation) {
        return definitions.containsKey(generation.view().version());
    }

    /** What serves is the work of other code: how far that is, is read from the store. */
    private Mono<Void> followed(ViewState state) {
        Generation serving = state.serving();
        return active.containsKey(serving) ? Mono.empty() : onlooker.look(serving);
    }

    private Optional<ProjectionRun> running(Generation generation) {
        return folder(generation).flatMap(Folder::running);
    }

    private Optional<Folder> folder(Generation generation) {
        return Optional.ofNullable(active.get(generation)).map(Active::folder);
    }

    private Set<String> kinds() {
        return definitions.values().stream()
                .flatMap(one -> one.collections().stream())
                .collect(Collectors.toSet());
    }

    private @Nullable Spoken spoken() {
        ViewDefinition definition = definitions.get(newest.version());
        return definition == null ? null : definition.spoken();
    }

    private ViewReport report(ViewState state) {
        Generation serving = state.serving();
        ViewState.Building building = state.building();
        return new ViewReport(
                state.name(),
                serving.view().version(),
                serving.build(),
                progress.of(serving),
                progress.whyStopped(serving).orElse(null),
                progress.trouble(serving).orElse(null),
                parked(serving),
                building == null ? first(state) : building(building),
                state.givenUp(),
                drifts.of(serving));
    }

    private ViewReport.@Nullable Building first(ViewState state) {
        return state.open() ? null : building(new ViewState.Building(state.serving(), since));
    }

    /** Where it is the work of other code, it is not known how much is done. */
    private ViewReport.Building building(ViewState.Building building) {
        Generation generation = building.generation();
        return new ViewReport.Building(
                generation.view().version(),
                generation.build(),
                progress.of(generation),
                folder(generation).map(Folder::read).map(succession::done).orElse(0.0),
                building.since(),
                progress.whyStopped(generation).orElse(null),
                progress.trouble(generation).orElse(null),
                parked(generation));
    }

    private List<Parked> parked(Generation generation) {
        return folder(generation).map(Folder::parked).orElse(List.of());
    }
}
