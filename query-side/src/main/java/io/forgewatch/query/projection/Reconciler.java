package io.forgewatch.query.projection;

import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.in;

import io.forgewatch.event.RecordedEvent;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bson.Document;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Compares documents with what their events make of them, all the time and slowly. A pass takes the next documents of every kind
 * in the order of their ids, those that differed before, and some that events of the last pass were about; reads the topic once
 * from its beginning at a bounded rate; folds for each sampled document the events of its enterprise; and compares. Nothing is
 * asked of the command side.
 */
final class Reconciler {

    private static final Logger LOG = LoggerFactory.getLogger(Reconciler.class);
    private static final Duration LONGEST_PASS = Duration.ofHours(12);

    private final List<ViewDefinition> definitions;
    private final ProjectionStore store;
    private final EventLog log;
    private final Progress progress;
    private final Drifts drifts;
    private final Pace pace;
    private final Counter compared;

    private final Map<String, String> lastIds = new HashMap<>();
    private final Map<String, Candidates> candidates = new HashMap<>();

    /**
     * How much it may do.
     *
     * @param pause between two passes
     * @param sample how many documents of each kind in one pass
     * @param eventsPerSecond how fast it reads
     */
    record Pace(Duration pause, int sample, int eventsPerSecond) {}

    Reconciler(
            List<ViewDefinition> definitions,
            ProjectionStore store,
            EventLog log,
            Progress progress,
            Drifts drifts,
            Pace pace,
            MeterRegistry meters) {
        this.definitions = definitions;
        this.store = store;
        this.log = log;
        this.progress = progress;
        this.drifts = drifts;
        this.pace = pace;
        this.compared = meters.counter("forgewatch.projection.compared");
    }

    /** Never completes, never fails. */
    Mono<Void> run() {
        return Mono.delay(pace.pause(), Schedulers.boundedElastic())
                .then(Mono.defer(this::pass))
                .timeout(LONGEST_PASS)
                .onErrorResume(failure -> {
                    LOG.warn("A comparison of views with their events was cut short", failure);
                    return Mono.empty();
                })
                .repeat()
                .then();
    }

    private Mono<Void> pass() {
        drifts.forgetAllBut(serving().map(Serving::generation).toList());
        return Flux.fromStream(serving()).concatMap(this::samples).collectList().flatMap(this::recount);
    }

    private record Serving(Generation generation, String kind, DocumentKind documents) {}

    /** The documents that are served and that this code knows how to make. */
    private Stream<Serving> serving() {
        return definitions.stream()
                .flatMap(definition -> progress
                        .serving(definition.name())
                        .filter(generation -> generation.view().equals(definition.name()))
                        // That this is not what the events of now make of it is known.
                        .filter(generation -> !progress.isLost(generation))
                        .stream()
                        .flatMap(generation -> definition.kinds().entrySet().stream()
                                .map(kind -> new Serving(generation, kind.getKey(), kind.getValue()))));
    }

    private Flux<Sample> samples(Serving of) {
        long reached = progress.of(of.generation);
        String collection = of.generation.collection(of.kind);
        Set<String> again = Stream.concat(
                        drifts.ids(of.generation, of.kind).stream(), candidates(of.kind).taken().stream())
                .collect(Collectors.toSet());
        Flux<Sample> next = store.documents(collection, gt("_id", lastIds.getOrDefault(collection, "")), pace.sample())
                .collectList()
                .doOnNext(found -> lastIds.put(
                        collection,
                        found.size() < pace.sample() ? "" : found.getLast().getString("_id")))
                .flatMapIterable(found -> found)
                .map(document -> sample(of, document));
        Flux<Sample> others = store.documents(collection, in("_id", again), again.size() + 1)
                .collectMap(document -> document.getString("_id"))
                .flatMapIterable(found -> again.stream()
                        .map(id -> found.containsKey(id)
                                ? sample(of, found.get(id))
                                : new Sample(of.generation, of.kind, id, null, reached, recount(of, id)))
                        .toList());
        return store.checkpoints()
                .parked(of.generation)
                .map(Parked::key)
                .collectList()
                .flatMapMany(parked -> (again.isEmpty() ? next : next.concatWith(others))
                        .distinct(Sample::id)
                        .filter(sample -> parked.stream().noneMatch(sample::mayConcern)));
    }

    private static Sample sample(Serving of, Document stored) {
        String id = stored.getString("_id");
        return stored.get("position") instanceof Number position
                ? new Sample(of.generation, of.kind, id, stored, position.longValue(), recount(of, id))
                : new Sample(of.generation, of.kind, id, stored, 0, Recount.NONE);
    }

    /** A document of an id that is none of ours is unexpected, and no reason to compare no other. */
    private static Recount recount(Serving of, String id) {
        try {
            return of.documents.recount(id);
        } catch (RuntimeException foreign) {
            return Recount.NONE;
        }
    }

    private Candidates candidates(String kind) {
        return candidates.computeIfAbsent(kind, none -> new Candidates(pace.sample()));
    }

    /** Reads until the last of the samples, but no further than there are events: a document may claim any position. */
    private Mono<Void> recount(List<Sample> samples) {
        long last = samples.stream().mapToLong(Sample::until).max().orElse(0);
        List<Serving> served = serving().toList();
        return log.end()
                .filter(end -> end > 0 && last > 0)
                .flatMap(end -> Flux.defer(() -> inOrder(log.from(0)))
                        .concatMap(batch -> taken(batch, samples, served), 1)
                        .takeUntil(record -> record.position() >= last || record.offset() + 1 >= end)
                        .then(Mono.fromRunnable(() -> samples.forEach(this::judge))));
    }

    /** Each position once; fails where one is missing or offsets go back, since then it is not of one topic what is compared. */
    private static Flux<List<LoggedEvent>> inOrder(Flux<List<LoggedEvent>> batches) {
        AtomicLong offset = new AtomicLong(-1);
        AtomicLong position = new AtomicLong();
        return batches.map(batch -> batch.stream()
                        .filter(record -> isNext(record, offset, position))
                        .toList())
                .filter(batch -> !batch.isEmpty());
    }

    private static boolean isNext(LoggedEvent record, AtomicLong offset, AtomicLong position) {
        if (record.offset() <= offset.getAndSet(record.offset()) || record.position() > position.get() + 1) {
            throw new IllegalStateException("What documents are compared with is not of one topic: after position "
                    + position + " comes " + record.position() + " at offset " + record.offset());
        }
        return position.compareAndSet(record.position() - 1, record.position());
    }

    private Mono<LoggedEvent> taken(List<LoggedEvent> batch, List<Sample> samples, List<Serving> served) {
        return Mono.fromRunnable(() -> take(batch, samples, served))
                .then(Mono.delay(rest(batch), Schedulers.boundedElastic()))
                .thenReturn(batch.getLast());
    }

    private Duration rest(Collection<LoggedEvent> batch) {
        return Duration.ofMillis(1_000L * batch.size() / pace.eventsPerSecond());
    }

    private void take(List<LoggedEvent> batch, List<Sample> samples, List<Serving> served) {
        for (LoggedEvent record : batch) {
            List<Sample> concerned = samples.stream()
                    .filter(sample -> sample.wants(record.position(), record.key()))
                    .toList();
            boolean chosen = Candidates.chosen();
            if (chosen || !concerned.isEmpty()) {
                record.read().ifPresent(event -> {
                    concerned.forEach(sample -> sample.take(event));
                    if (chosen) {
                        served.forEach(of -> candidates(of.kind).offer(ids(of, event)));
                    }
                });
            }
        }
    }

    /** None where they cannot be told: that is a matter of parking. */
    private static List<String> ids(Serving of, RecordedEvent event) {
        try {
            return of.documents.ids(event.event());
        } catch (RuntimeException cannot) {
            return List.of();
        }
    }

    private void judge(Sample sample) {
        compared.increment();
        drifts.judged(sample, sample.difference());
    }
}
