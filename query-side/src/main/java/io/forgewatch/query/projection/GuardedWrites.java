package io.forgewatch.query.projection;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoException;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.InsertOneModel;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.WriteModel;
import com.mongodb.reactivestreams.client.MongoCollection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.bson.Document;
import org.bson.RawBsonDocument;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Writes changed documents, each on top of the very one that it was made from, and tells apart why one was not written: somebody
 * else was there first, the store does not take it, or the store takes nothing.
 */
final class GuardedWrites {

    private static final BulkWriteOptions UNORDERED = new BulkWriteOptions().ordered(false);
    private static final int DUPLICATE_KEY = 11000;

    private final MongoCollection<RawBsonDocument> collection;

    GuardedWrites(MongoCollection<RawBsonDocument> collection) {
        this.collection = collection;
    }

    /** Whether all that failed was there already. */
    static boolean isDuplicatesOnly(MongoBulkWriteException failure) {
        return failure.getWriteConcernError() == null
                && failure.getWriteErrors().stream()
                        .map(BulkWriteError::getCode)
                        .allMatch(code -> code == DUPLICATE_KEY);
    }

    /** See {@link Documents#write}. */
    <S> Mono<Void> write(List<Changed<S>> changed) {
        return changed.isEmpty()
                ? Mono.empty()
                : bulk(changed)
                        .onErrorResume(MongoException.class, failure -> notAll(changed, failure))
                        .flatMap(all -> all ? Mono.empty() : Mono.error(overtaken()));
    }

    /** Whether each was written. */
    private <S> Mono<Boolean> bulk(List<Changed<S>> changed) {
        return Mono.from(collection.bulkWrite(
                        changed.stream().map(GuardedWrites::guarded).toList(), UNORDERED))
                .map(result -> result.getMatchedCount() + result.getInsertedCount() == changed.size());
    }

    private <S> Mono<Boolean> notAll(List<Changed<S>> changed, MongoException failure) {
        if (StoreTrouble.is(failure)) {
            return Mono.error(failure);
        }
        if (failure instanceof MongoBulkWriteException bulk) {
            return judged(changed, bulk);
        }
        // Refused as a whole, as some stores do for the sake of one document: which one is found by trying each alone.
        return changed.size() == 1 ? refused(changed, Map.of(idOf(changed.getFirst()), said(failure))) : each(changed);
    }

    private <S> Mono<Boolean> each(List<Changed<S>> changed) {
        Map<String, String> reasons = new LinkedHashMap<>();
        return Flux.fromIterable(changed)
                .concatMap(one -> write(List.of(one))
                        .thenReturn(true)
                        .onErrorResume(OvertakenException.class, overtaken -> Mono.just(false))
                        .onErrorResume(RefusedDocumentsException.class, refused -> {
                            reasons.putAll(refused.reasons());
                            return Mono.just(false);
                        }))
                .reduce(true, Boolean::logicalAnd)
                .flatMap(all -> reasons.isEmpty() ? Mono.just(all) : refused(changed, reasons));
    }

    private <S> Mono<Boolean> judged(List<Changed<S>> changed, MongoBulkWriteException failure) {
        Map<String, String> reasons = new LinkedHashMap<>();
        Map<String, String> doubtful = new LinkedHashMap<>();
        for (BulkWriteError error : failure.getWriteErrors()) {
            Changed<S> one = changed.get(error.getIndex());
            boolean mayBeThere = error.getCode() == DUPLICATE_KEY && one.from() == 0;
            (mayBeThere ? doubtful : reasons).put(idOf(one), error.getCode() + " " + error.getMessage());
        }
        return there(doubtful.keySet()).flatMap(there -> {
            doubtful.keySet().removeAll(there);
            reasons.putAll(doubtful); // what has the key that it would have is another document
            return reasons.isEmpty() ? Mono.just(false) : refused(changed, reasons);
        });
    }

    private Mono<Set<String>> there(Set<String> ids) {
        return ids.isEmpty()
                ? Mono.just(Set.of())
                : Flux.from(collection
                                .withDocumentClass(Document.class)
                                .find(in("_id", ids))
                                .projection(Projections.include("_id")))
                        .map(found -> found.getString("_id"))
                        .collect(Collectors.toCollection(HashSet::new));
    }

    /** Where the documents of several enterprises were tried and none was taken, it is not for what is in them. */
    private <S> Mono<Boolean> refused(List<Changed<S>> changed, Map<String, String> reasons) {
        long concerned = changed.stream().map(GuardedWrites::keyOf).distinct().count();
        return reasons.size() == changed.size() && concerned > 1
                ? Mono.error(new IllegalStateException(
                        collection.getNamespace().getCollectionName() + " takes no document at all: " + reasons))
                : Mono.error(new RefusedDocumentsException(reasons));
    }

    private static <S> WriteModel<RawBsonDocument> guarded(Changed<S> change) {
        RawBsonDocument bytes = Objects.requireNonNull(change.bytes());
        return change.from() == 0
                ? new InsertOneModel<>(bytes)
                : new ReplaceOneModel<>(and(eq("_id", idOf(change)), eq("position", change.from())), bytes);
    }

    private OvertakenException overtaken() {
        return new OvertakenException(collection.getNamespace().getCollectionName());
    }

    private static String idOf(Changed<?> change) {
        return change.after().id();
    }

    private static String keyOf(Changed<?> change) {
        return change.first() == null ? idOf(change) : Parking.keyOf(change.first());
    }

    private static String said(MongoException failure) {
        return failure.getCode() + " " + failure.getMessage();
    }
}
