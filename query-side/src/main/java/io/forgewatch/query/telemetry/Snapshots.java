package io.forgewatch.query.telemetry;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.lt;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.forgewatch.query.projection.Documents;
import io.forgewatch.query.projection.Fields;
import io.forgewatch.query.projection.StoredJson;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.bson.Document;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * The live readings as they are kept through a restart, for all instances together: a document an enterprise, with the place of
 * the last frame in it, and a document a partition that says up to where all its frames are in those. Each is replaced only by a
 * later one: an instance that is behind overwrites nothing.
 */
final class Snapshots {

    /** Few, with pauses: what people wait for is written to the same store, and would wait for all of a country's readings. */
    private static final int WRITTEN_AT_ONCE = 5;

    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final BulkWriteOptions UNORDERED = new BulkWriteOptions().ordered(false);
    private static final ReplaceOptions UPSERT = new ReplaceOptions().upsert(true);

    private final MongoCollection<Document> readings;
    private final MongoCollection<Document> partitions;
    private final FirstSnapshots first;
    private final PassedOver passedOver;

    Snapshots(MongoDatabase views, MeterRegistry meters) {
        this.readings = views.getCollection("live_readings_v2");
        this.partitions = views.getCollection("live_partitions_v1");
        this.passedOver = new PassedOver(meters.counter("forgewatch.telemetry.snapshots.unreadable"));
        this.first = new FirstSnapshots(views, passedOver);
    }

    /**
     * How far the partitions are is written last: should it be missing, frames are taken again, which changes nothing.
     *
     * @param changed made one after the other as they are written: all at once would be every point there is
     */
    Mono<Void> keep(IntakeState state, Flux<Snapshot> changed) {
        return changed.buffer(WRITTEN_AT_ONCE)
                .concatMap(
                        some -> write(readings, some.stream().map(Snapshots::document))
                                .then(pause()),
                        1)
                .then(write(
                        partitions,
                        state.ranks().entrySet().stream()
                                .map(taken -> new Document("_id", Integer.toString(taken.getKey()))
                                        .append("rank", taken.getValue()))));
    }

    private static Mono<Void> pause() {
        return Mono.delay(PAUSE, Schedulers.boundedElastic()).then();
    }

    /** Gives each to who takes it; one that he cannot take, or that cannot be read, is passed over. */
    Mono<Void> restore(Consumer<Snapshot> taker) {
        return all().doOnNext(one -> passedOver.read(one.enterpriseId(), () -> {
                    taker.accept(one);
                    return one;
                }))
                .then();
    }

    /** Those that can be read. Also those of the release before, as long as there are no others. */
    Flux<Snapshot> all() {
        return Flux.from(readings.find().batchSize(100))
                .map(document -> passedOver.read(
                        document.get("_id"), () -> StoredJson.read(Fields.object(document, "content"), Snapshot.class)))
                .switchIfEmpty(Flux.defer(first::all))
                .handle((one, sink) -> one.ifPresent(sink::next));
    }

    Mono<IntakeState> state() {
        return Flux.from(partitions.find())
                .collectMap(
                        document -> Integer.parseInt(document.getString("_id")),
                        document -> Fields.number(document, "rank"))
                .filter(ranks -> !ranks.isEmpty())
                .map(IntakeState::new)
                .switchIfEmpty(Mono.defer(first::state));
    }

    /** Each where the store has none, or one of an earlier rank. */
    private static Mono<Void> write(MongoCollection<Document> into, Stream<Document> documents) {
        List<ReplaceOneModel<Document>> writes = documents
                .map(document -> new ReplaceOneModel<>(
                        and(eq("_id", document.get("_id")), lt("rank", document.get("rank"))), document, UPSERT))
                .toList();
        return writes.isEmpty()
                ? Mono.empty()
                : Mono.from(into.bulkWrite(writes, UNORDERED))
                        .then()
                        // A later one is there: then this one would be inserted beside it, and cannot.
                        .onErrorResume(
                                MongoBulkWriteException.class,
                                failure -> Documents.isDuplicatesOnly(failure) ? Mono.empty() : Mono.error(failure));
    }

    private static Document document(Snapshot snapshot) {
        return new Document("_id", snapshot.enterpriseId() + "/" + snapshot.partition())
                .append("rank", snapshot.rank())
                .append("content", StoredJson.write(snapshot));
    }
}
