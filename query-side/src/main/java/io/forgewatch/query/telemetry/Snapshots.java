package io.forgewatch.query.telemetry;

import static com.mongodb.client.model.Filters.eq;

import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.forgewatch.query.projection.Fields;
import io.forgewatch.query.projection.StoredJson;
import java.util.List;
import org.bson.Document;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The live readings as they are kept through a restart: a document an enterprise, and one that says how far they go. */
final class Snapshots {

    private static final String STATE = "state";
    private static final int WRITTEN_AT_ONCE = 50;
    private static final ReplaceOptions UPSERT = new ReplaceOptions().upsert(true);

    private final MongoCollection<Document> readings;
    private final MongoCollection<Document> states;

    Snapshots(MongoDatabase views) {
        this.readings = views.getCollection("live_readings_v1");
        this.states = views.getCollection("live_state_v1");
    }

    /** The state is written last: should it be missing, frames are taken again, which changes no reading. */
    Mono<Void> keep(IntakeState state, List<Snapshot> changed) {
        return Flux.fromIterable(changed)
                .buffer(WRITTEN_AT_ONCE)
                .concatMap(some -> Mono.from(readings.bulkWrite(
                        some.stream()
                                .map(snapshot -> new ReplaceOneModel<>(
                                        eq("_id", snapshot.enterpriseId()), document(snapshot), UPSERT))
                                .toList(),
                        new BulkWriteOptions().ordered(false))))
                .then(Mono.from(states.replaceOne(
                        eq("_id", STATE),
                        new Document("_id", STATE).append("content", StoredJson.write(state)),
                        UPSERT)))
                .then();
    }

    Flux<Snapshot> all() {
        return Flux.from(readings.find().batchSize(100))
                .map(document -> StoredJson.read(Fields.object(document, "content"), Snapshot.class));
    }

    Mono<IntakeState> state() {
        return Mono.from(states.find(eq("_id", STATE)).limit(1))
                .map(document -> StoredJson.read(Fields.object(document, "content"), IntakeState.class))
                .defaultIfEmpty(IntakeState.NONE);
    }

    private static Document document(Snapshot snapshot) {
        return new Document("_id", snapshot.enterpriseId()).append("content", StoredJson.write(snapshot));
    }
}
