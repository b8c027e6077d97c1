package io.forgewatch.query.projection;

import io.forgewatch.event.EventTypes;
import io.forgewatch.event.ForeignEvent;
import io.forgewatch.event.RecordedEvent;
import io.forgewatch.event.UnknownEventException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;

/**
 * Keeps one projection going: reads on from its place, parks what poisons it, comes back after a failure of store or broker.
 *
 * <p>How far it is, is known at once in memory and written down every {@link #KEEP_EVERY}, not after every batch: most batches
 * change nothing of a view, and a write for each would hold up the next. What is written down is never ahead of the documents;
 * that it may be behind only means that events come again, which the documents refuse by their position. Under a lease that is
 * lost nothing is written down any more.
 */
final class ProjectionRun {

    private static final Logger LOG = LoggerFactory.getLogger(ProjectionRun.class);
    /** How often an event is tried before it parks its enterprise. */
    static final int FOLD_ATTEMPTS = 3;

    private static final Duration FOLD_PAUSE = Duration.ofMillis(50);
    private static final Duration KEEP_EVERY = Duration.ofMillis(250);

    private final Projection projection;
    private final Generation generation;
    private final EventLog log;
    private final Checkpoints checkpoints;
    private final Progress progress;
    private final Parking parking;
    private final Tenure tenure;
    private final Trouble trouble;
    private final Set<String> wanted;
    private final Headway headway = new Headway();

    private volatile Checkpoint place = Checkpoint.START;
    private volatile Checkpoint kept = Checkpoint.START;
    private volatile long shown;
    private boolean fromBeginning;

    /** Whether this reading has come by the event where the run is: only behind that one the next is of the same history. */
    private boolean joined;

    ProjectionRun(
            Generation generation,
            Projection projection,
            EventLog log,
            Checkpoints checkpoints,
            Progress progress,
            Tenure tenure) {
        this.generation = generation;
        this.projection = projection;
        this.log = log;
        this.checkpoints = checkpoints;
        this.progress = progress;
        this.parking = new Parking(generation, checkpoints, tenure);
        this.tenure = tenure;
        this.trouble = new Trouble(generation, progress);
        this.wanted = EventTypes.names(projection.events());
        this.shown = progress.of(generation);
    }

    Generation generation() {
        return generation;
    }

    /** How many records of the topic it is past. */
    long read() {
        Checkpoint now = place;
        return now.position() == 0 ? 0 : now.offset() + 1;
    }

    /** Whether it gets further. */
    Headway headway() {
        return headway;
    }

    /** Whose events it does not take in; empty while it has not looked yet. */
    Optional<List<Parked>> parked() {
        return parking.known();
    }

    /**
     * Never completes. Fails with what no repetition can heal, after it has said so on the health page, and with
     * {@link LostLeaseException} when another instance folds this.
     */
    Mono<Void> run() {
        return Flux.defer(this::once)
                // What got further ends the row of failures: the next one waits as short as the first.
                .retryWhen(Retry.backoff(Long.MAX_VALUE, Duration.ofMillis(200))
                        .maxBackoff(Duration.ofSeconds(10))
                        .jitter(0.5)
                        .scheduler(Schedulers.boundedElastic())
                        .transientErrors(true)
                        .filter(failure -> !isHopeless(failure) && !(failure instanceof LostLeaseException))
                        .doBeforeRetry(signal -> trouble.beginsAgain(place.position(), signal.failure())))
                .then()
                .doOnError(ProjectionRun::isHopeless, failure -> {
                    String why = String.valueOf(failure.getMessage());
                    if (failure instanceof BrokenLogException) {
                        progress.lost(generation, shown, why);
                    } else {
                        progress.stopped(generation, shown, why);
                    }
                    LOG.error("Projection {} stopped at position {}", generation, place.position(), failure);
                });
    }

    /** A signal whenever it goes on well. Never completes. */
    private Flux<Boolean> once() {
        return headway.during(parking.load()
                        .then(checkpoints.load(generation))
                        .flatMap(stored -> projection.prepare(stored.position()).thenReturn(stored)))
                .doOnNext(stored -> {
                    place = stored;
                    kept = stored;
                    show();
                    trouble.begun();
                    headway.begins();
                    LOG.info("Projection {} goes on after position {}", generation, place.position());
                })
                .flatMapMany(stored -> Flux.merge(projecting(), keeping()));
    }

    /** What is written stays written while the last of it comes again, as far as the store has not kept how far it was. */
    private void show() {
        shown = Math.max(shown, place.position());
        progress.advance(generation, shown);
    }

    private Flux<Boolean> projecting() {
        joined = place.event() == null;
        return log.from(fromBeginning ? 0 : place.offset())
                // Before the turn of the batch comes: while the one before it is written.
                .map(batch ->
                        batch.stream().map(record -> Decoded.of(record, wanted)).toList())
                .concatMap(batch -> taken(batch), 1)
                .filter(further -> further)
                .concatWith(Mono.error(() -> new IllegalStateException("The event log ended")));
    }

    private Mono<Boolean> taken(List<Decoded> batch) {
        return headway.during(ofThisLife(batch).then(Mono.defer(() -> project(batch))))
                .doOnSuccess(further -> headway.took(batch.getLast().record().offset() + 1));
    }

    private Flux<Boolean> keeping() {
        return Flux.interval(KEEP_EVERY, Schedulers.boundedElastic())
                .onBackpressureDrop()
                .concatMap(tick -> keep().then(Mono.fromSupplier(trouble::isOverWhereQuiet)), 1)
                .filter(over -> over);
    }

    /** Writes down how far it is, unless that is written already. */
    Mono<Void> keep() {
        return Mono.defer(() -> {
            Checkpoint reached = place;
            return reached.equals(kept)
                    ? Mono.empty()
                    : checkpoints.save(generation, reached, tenure.token()).doOnSuccess(done -> kept = reached);
        });
    }

    static boolean isHopeless(Throwable failure) {
        return failure instanceof UnknownEventException || failure instanceof BrokenLogException;
    }

    /**
     * The first event behind later ones is there twice, or the topic was emptied, what was read with it, and is written anew: then
     * to skip what seems known would keep what the store has lost.
     */
    private Mono<Void> ofThisLife(List<Decoded> batch) {
        Checkpoint known = place;
        return batch.stream().noneMatch(one -> one.isFirstBehind(known))
                ? Mono.empty()
                : log.begin()
                        .filter(begin -> begin > known.offset())
                        .flatMap(begin -> Mono.error(new BrokenLogException("The topic was written anew from offset "
                                + begin
                                + " on: what is shown here may be of a history that the store has lost. Rebuild "
                                + generation.view().name() + " to show what it has.")));
    }

    /** Whether it got further. */
    private Mono<Boolean> project(List<Decoded> logged) {
        if (!tenure.isHeld(System.nanoTime())) {
            return Mono.error(new LostLeaseException(generation, tenure.token()));
        }
        Batch batch = read(logged);
        Mono<Void> written = batch.events.isEmpty() ? Mono.empty() : apply(batch.events, 1);
        Mono<Boolean> done =
                parking.store(batch.unreadable).then(written).then(Mono.fromSupplier(() -> arrived(batch.end)));
        // What stops it is looked at again from the place where it stopped.
        return batch.failure == null ? done : done.then(keep()).then(Mono.error(batch.failure));
    }

    /** Whether it is further than it ever was: what comes again before the same failure is no progress. */
    private boolean arrived(Checkpoint end) {
        trouble.isOver();
        boolean further = end.position() > shown;
        if (!end.equals(place)) {
            place = end;
            fromBeginning = false;
            projection.arrived(end.position());
            show();
        }
        return further;
    }

    /** What of a batch is new and can be read, up to the first record that stops everything. */
    private Batch read(List<Decoded> logged) {
        List<RecordedEvent> events = new ArrayList<>(logged.size());
        List<Parked> unreadable = new ArrayList<>();
        Checkpoint end = place;
        for (Decoded decoded : logged) {
            LoggedEvent record = decoded.record();
            if (decoded.contradicts(end) || decoded.isBehindAnother(end)) {
                return new Batch(events, unreadable, end, ofAnotherHistory(end, record));
            }
            if (record.position() <= end.position()) {
                joined |= record.position() == end.position();
                continue;
            }
            if (record.position() != end.position() + 1 || !joined) {
                return new Batch(events, unreadable, end, gap(end, record));
            }
            if (decoded.failure() instanceof UnknownEventException unknown) {
                return new Batch(events, unreadable, end, unknown);
            }
            if (decoded.failure() != null) {
                unreadable.add(parking.unreadable(record, decoded.failure()));
            } else if (decoded.event() != null
                    // Of a name that only newer code knows, or of one that this view does not want.
                    && !(decoded.event().event() instanceof ForeignEvent)) {
                if (parking.holds(decoded.event())) {
                    projection.leftOut(record.position());
                } else {
                    events.add(decoded.event());
                }
            }
            end = new Checkpoint(record.position(), record.offset(), decoded.id());
            joined = true;
        }
        return new Batch(events, unreadable, end, null);
    }

    private BrokenLogException ofAnotherHistory(Checkpoint known, LoggedEvent record) {
        return new BrokenLogException("Position " + known.position() + " was event " + known.event()
                + ", and the topic has another one there, as is seen at offset " + record.offset()
                + ": what is shown here is of a history that the store has lost. Rebuild "
                + generation.view().name() + " to show what it has.");
    }

    private RuntimeException gap(Checkpoint end, LoggedEvent record) {
        String what = (joined ? "After" : "Without") + " position " + end.position() + " the topic goes on with "
                + record.position() + " at offset " + record.offset();
        if (fromBeginning) {
            return new BrokenLogException(what + ", also when read from its beginning: events are missing in it.");
        }
        fromBeginning = true; // the stored offset is of another life of the topic: look for the position from the start
        return new IllegalStateException(what + "; reading it from its beginning");
    }

    private Mono<Void> apply(List<RecordedEvent> events, int attempt) {
        return events.isEmpty()
                ? Mono.empty()
                : Mono.defer(() -> projection.apply(events))
                        .onErrorResume(
                                PoisonousEventException.class,
                                poison -> attempt < FOLD_ATTEMPTS
                                        ? Mono.delay(
                                                        FOLD_PAUSE.multipliedBy(1L << 2 * (attempt - 1)),
                                                        Schedulers.boundedElastic())
                                                .then(apply(events, attempt + 1))
                                        : without(events, poison));
    }

    /** What its enterprise did before the poison still counts. */
    private Mono<Void> without(List<RecordedEvent> events, PoisonousEventException poison) {
        List<RecordedEvent> rest = events.stream()
                .filter(event -> event.position() < poison.position()
                        || !Parking.keyOf(event).equals(poison.key()))
                .toList();
        return parking.store(new Parked(poison.key(), poison.parkedFrom(), String.valueOf(poison.getMessage())))
                .then(apply(rest, 1));
    }

    private record Batch(
            List<RecordedEvent> events,
            List<Parked> unreadable,
            Checkpoint end,
            @Nullable RuntimeException failure) {}
}
