package io.forgewatch.query.projection;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.lt;

import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import java.util.Map;
import org.bson.Document;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What is kept of the projections themselves: how far each is, and whom it has parked. */
final class Checkpoints {

    private final MongoCollection<Document> checkpoints;
    private final MongoCollection<Document> parked;

    Checkpoints(MongoDatabase database) {
        this.checkpoints = database.getCollection("checkpoints");
        this.parked = database.getCollection("parked");
    }

    Mono<Checkpoint> load(ViewName name) {
        return Mono.from(checkpoints.find(eq("_id", name.collection())).limit(1))
                .map(document -> new Checkpoint(Fields.number(document, "position"), Fields.number(document, "offset")))
                .defaultIfEmpty(Checkpoint.START);
    }

    /** Written after the documents. Should two instances write, the lower one only means that a part is read again. */
    Mono<Void> save(ViewName name, Checkpoint at) {
        return Mono.from(checkpoints.replaceOne(
                        eq("_id", name.collection()),
                        new Document("_id", name.collection())
                                .append("position", at.position())
                                .append("offset", at.offset()),
                        new ReplaceOptions().upsert(true)))
                .then();
    }

    /** Enterprise ids, or ids of subjects that have no enterprise, with the position of the event that parked each. */
    Mono<Map<String, Long>> parked(ViewName name) {
        String from = name.collection() + "/";
        String to = name.collection() + "0"; // '0' follows '/' in ASCII
        return Flux.from(parked.find(and(gte("_id", from), lt("_id", to))))
                .collectMap(
                        document -> document.getString("_id").substring(from.length()),
                        document -> Fields.number(document, "position"));
    }

    Mono<Void> park(ViewName name, String key, long position, String reason) {
        return Mono.from(parked.updateOne(
                        eq("_id", name.collection() + "/" + key),
                        Updates.combine(
                                Updates.setOnInsert("position", position), Updates.setOnInsert("reason", reason)),
                        new UpdateOptions().upsert(true)))
                .then();
    }
}
