package io.forgewatch.query.projection;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.not;

import com.mongodb.MongoWriteException;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import java.util.UUID;
import org.bson.Document;
import org.bson.conversions.Bson;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What is kept of the generations of views: how far each is, and whom it has parked. */
final class Checkpoints {

    private static final int DUPLICATE_KEY = 11000;

    private final MongoCollection<Document> checkpoints;
    private final MongoCollection<Document> parked;

    Checkpoints(MongoDatabase database) {
        this.checkpoints = database.getCollection("checkpoints");
        this.parked = database.getCollection("parked");
    }

    Mono<Checkpoint> load(Generation generation) {
        return Mono.from(checkpoints.find(eq("_id", generation.collection())).limit(1))
                .map(Checkpoints::checkpoint)
                .defaultIfEmpty(Checkpoint.START);
    }

    /** From now on whoever folded it under an earlier token writes nothing here any more. */
    Mono<Void> claim(Generation generation, long token) {
        return Mono.from(checkpoints.updateOne(
                        and(eq("_id", generation.collection()), notLaterThan(token)),
                        Updates.combine(
                                Updates.set("token", token),
                                Updates.setOnInsert("position", 0L),
                                Updates.setOnInsert("offset", 0L)),
                        new UpdateOptions().upsert(true)))
                .then()
                .onErrorMap(Checkpoints::isThereAlready, later -> new LostLeaseException(generation, token));
    }

    /**
     * Written after the documents, only upwards.
     *
     * @param token under which the generation is folded; fails with {@link LostLeaseException} when somebody folds it under a
     *     later one
     */
    Mono<Void> save(Generation generation, Checkpoint at, long token) {
        return Mono.from(checkpoints.updateOne(
                        and(eq("_id", generation.collection()), notLaterThan(token), lt("position", at.position())),
                        Updates.combine(
                                Updates.set("token", token),
                                Updates.set("position", at.position()),
                                Updates.set("offset", at.offset()),
                                Updates.set(
                                        "event",
                                        at.event() == null ? null : at.event().toString()))))
                .flatMap(result -> result.getMatchedCount() == 1 ? Mono.empty() : mustBeMine(generation, token));
    }

    private Mono<Void> mustBeMine(Generation generation, long token) {
        return Mono.from(checkpoints
                        .find(and(eq("_id", generation.collection()), notLaterThan(token)))
                        .limit(1))
                .switchIfEmpty(Mono.error(() -> new LostLeaseException(generation, token)))
                .then();
    }

    /** Code of before there were leases writes none. */
    private static Bson notLaterThan(long token) {
        return not(gt("token", token));
    }

    /** Enterprises, or subjects that have no enterprise. */
    Flux<Parked> parked(Generation generation) {
        return parked(generation, parkedBy(generation));
    }

    /**
     * The same for who folds it from now on. Each is his own then; what somebody who has lost the lease adds behind this counts for
     * nothing, and he takes it back.
     */
    Flux<Parked> adopted(Generation generation, long token) {
        return Mono.from(parked.updateMany(and(parkedBy(generation), notLaterThan(token)), Updates.set("token", token)))
                .thenMany(parked(generation, and(parkedBy(generation), eq("token", token))));
    }

    private Flux<Parked> parked(Generation generation, Bson which) {
        int prefix = generation.collection().length() + 1;
        return Flux.from(parked.find(which))
                .map(document -> new Parked(
                        document.getString("_id").substring(prefix),
                        Fields.number(document, "position"),
                        document.getString("reason")));
    }

    /**
     * Whoever is parked already stays so from where he was.
     *
     * @param token under which the generation is folded; fails with {@link LostLeaseException} when somebody folds it under a
     *     later one, and nobody is parked then
     */
    Mono<Void> park(Generation generation, Parked one, long token) {
        Bson id = eq("_id", generation.collection() + "/" + one.key());
        return mustBeMine(generation, token)
                .then(Mono.defer(() -> Mono.from(parked.updateOne(
                        and(id, notLaterThan(token)),
                        Updates.combine(
                                Updates.set("token", token),
                                Updates.setOnInsert("position", one.position()),
                                Updates.setOnInsert("reason", one.reason())),
                        new UpdateOptions().upsert(true)))))
                .onErrorMap(Checkpoints::isThereAlready, later -> new LostLeaseException(generation, token))
                .flatMap(written -> mustBeMine(generation, token)
                        .onErrorResume(
                                LostLeaseException.class,
                                lost -> (written.getUpsertedId() == null
                                                ? Mono.empty()
                                                : Mono.from(parked.deleteOne(and(id, eq("token", token)))))
                                        .then(Mono.error(lost))));
    }

    private static boolean isThereAlready(Throwable failure) {
        return failure instanceof MongoWriteException write && write.getError().getCode() == DUPLICATE_KEY;
    }

    Mono<Void> forget(Generation generation) {
        return Mono.from(checkpoints.deleteOne(eq("_id", generation.collection())))
                .then(Mono.from(parked.deleteMany(parkedBy(generation))))
                .then();
    }

    private static Checkpoint checkpoint(Document stored) {
        String event = stored.getString("event");
        return new Checkpoint(
                Fields.number(stored, "position"),
                Fields.number(stored, "offset"),
                event == null ? null : UUID.fromString(event));
    }

    private static Bson parkedBy(Generation generation) {
        // '0' follows '/' in ASCII
        return and(gte("_id", generation.collection() + "/"), lt("_id", generation.collection() + "0"));
    }
}
