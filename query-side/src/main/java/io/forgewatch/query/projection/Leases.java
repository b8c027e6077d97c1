package io.forgewatch.query.projection;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;

import com.mongodb.MongoWriteException;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import org.bson.Document;
import reactor.core.publisher.Mono;

/** Keeps the leases, one document a generation; of two changes at once one wins. */
final class Leases {

    private static final int DUPLICATE_KEY = 11000;

    private final MongoCollection<Document> leases;

    Leases(MongoDatabase database) {
        this.leases = database.getCollection("leases");
    }

    Mono<Lease> load(Generation generation) {
        return Mono.from(leases.find(eq("_id", generation.collection())).limit(1))
                .map(stored -> new Lease(
                        Fields.number(stored, "token"), stored.getString("owner"), Fields.number(stored, "beat")))
                .defaultIfEmpty(Lease.NONE);
    }

    /** Whether it was changed; false when it is not any more as it was. */
    Mono<Boolean> replace(Generation generation, Lease before, Lease after) {
        return before.equals(Lease.NONE) ? insert(generation, after) : update(generation, before, after);
    }

    Mono<Void> forget(Generation generation) {
        return Mono.from(leases.deleteOne(eq("_id", generation.collection()))).then();
    }

    private Mono<Boolean> insert(Generation generation, Lease first) {
        return Mono.from(leases.insertOne(document(generation, first)))
                .thenReturn(true)
                .onErrorResume(
                        MongoWriteException.class,
                        failure ->
                                failure.getError().getCode() == DUPLICATE_KEY ? Mono.just(false) : Mono.error(failure));
    }

    private Mono<Boolean> update(Generation generation, Lease before, Lease after) {
        return Mono.from(leases.replaceOne(
                        and(
                                eq("_id", generation.collection()),
                                eq("token", before.token()),
                                eq("owner", before.owner()),
                                eq("beat", before.beat())),
                        document(generation, after)))
                .map(result -> result.getMatchedCount() == 1);
    }

    private static Document document(Generation generation, Lease lease) {
        return new Document("_id", generation.collection())
                .append("token", lease.token())
                .append("owner", lease.owner())
                .append("beat", lease.beat());
    }
}
