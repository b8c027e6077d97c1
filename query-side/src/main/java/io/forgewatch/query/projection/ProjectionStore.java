package io.forgewatch.query.projection;

import com.mongodb.reactivestreams.client.MongoDatabase;
import java.util.Collection;
import java.util.List;
import org.bson.Document;
import org.bson.conversions.Bson;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * What is kept beside the documents themselves: which generations there are, who folds each, how far it is,
 * whom it has parked.
 *
 * @param database where the generations' collections are
 */
record ProjectionStore(MongoDatabase database, ViewStates states, Checkpoints checkpoints, Leases leases) {

    static ProjectionStore of(MongoDatabase database) {
        return new ProjectionStore(database, new ViewStates(database), new Checkpoints(database), new Leases(database));
    }

    /** At most {@code limit} documents in the order of their ids. */
    Flux<Document> documents(String collection, Bson filter, int limit) {
        return Flux.from(database.getCollection(collection)
                .find(filter)
                .sort(com.mongodb.client.model.Sorts.ascending("_id"))
                .limit(limit));
    }

    /** Deletes generations with all that is known of them. */
    Mono<Void> delete(List<Generation> generations, Collection<String> kinds) {
        return Flux.fromIterable(generations)
                .concatMap(generation -> Flux.fromIterable(kinds)
                        .concatMap(kind -> Mono.from(database.getCollection(generation.collection(kind))
                                .drop()))
                        .then(checkpoints.forget(generation))
                        .then(leases.forget(generation)))
                .then();
    }
}
