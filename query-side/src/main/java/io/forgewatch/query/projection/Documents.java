package io.forgewatch.query.projection;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lte;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.InsertOneModel;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.WriteModel;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import java.util.Collection;
import java.util.List;
import org.bson.Document;
import org.bson.conversions.Bson;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * One collection of a view. A document is {@code {_id, position, …keys, content}}; only finds by {@code _id}, ranges in the
 * order of an index, inserts, and guarded replacements by {@code _id} are asked of the store.
 *
 * <p>What callers' requests ask for is begun on an elastic thread: the driver's pool waits for locks, and a wait for one on an
 * event loop stalls every other request.
 */
public final class Documents<S> {

    /** Which documents changed since a position. */
    public static final IndexModel BY_POSITION = new IndexModel(Indexes.ascending("position"));

    private static final BulkWriteOptions UNORDERED = new BulkWriteOptions().ordered(false);
    private static final int DUPLICATE_KEY = 11000;

    private final MongoCollection<Document> collection;
    private final Shape<S> shape;

    public Documents(MongoDatabase database, String collection, Shape<S> shape) {
        this.collection = database.getCollection(collection);
        this.shape = shape;
    }

    public Mono<Void> declare(List<IndexModel> indexes) {
        return indexes.isEmpty()
                ? Mono.empty()
                : Flux.from(collection.createIndexes(indexes)).then();
    }

    /** Empty when there is none of this id. */
    public Mono<S> find(String id) {
        return Mono.from(collection.find(eq("_id", id)).limit(1))
                .subscribeOn(Schedulers.boundedElastic())
                .map(document -> held(document).content());
    }

    /** Every document: only for a view that is small by its nature, or at start. */
    public Flux<Held<S>> held() {
        return Flux.from(collection.find().batchSize(500)).map(this::held);
    }

    /** At most {@code limit} documents that pass the filter, the highest of this number field first. */
    public Flux<Ranked<S>> highest(Bson filter, String field, int limit) {
        return Flux.from(collection.find(filter).sort(Sorts.descending(field)).limit(limit))
                .subscribeOn(Schedulers.boundedElastic())
                .map(document -> new Ranked<>(
                        Fields.number(document, field), held(document).content()));
    }

    /** @param rank the number that it was sorted by */
    public record Ranked<S>(long rank, S content) {}

    /** What was last changed by an event beyond the first position and not beyond the second. */
    Flux<Held<S>> changed(long after, long upTo) {
        return Flux.from(collection
                        .find(and(gt("position", after), lte("position", upTo)))
                        .batchSize(500))
                .map(this::held);
    }

    Flux<Held<S>> load(Collection<String> ids) {
        return ids.isEmpty()
                ? Flux.empty()
                : Flux.from(collection.find(in("_id", ids))).map(this::held);
    }

    /**
     * Writes each, if the store still has it as it was when it was changed. So what two wrote, one of whom should not have, is what
     * one would have written: no document comes from one that is not its predecessor.
     *
     * @return fails with {@link OvertakenException} when not all of them were so; the others are written then
     */
    public Mono<Void> write(Collection<Changed<S>> changed) {
        return changed.isEmpty()
                ? Mono.empty()
                : Mono.from(collection.bulkWrite(
                                changed.stream().map(this::guarded).toList(), UNORDERED))
                        .map(result -> result.getMatchedCount() + result.getInsertedCount())
                        .onErrorResume(
                                MongoBulkWriteException.class,
                                failure -> isDuplicatesOnly(failure) ? Mono.just(-1) : Mono.error(failure))
                        .flatMap(written -> written == changed.size()
                                ? Mono.empty()
                                : Mono.error(new OvertakenException(
                                        collection.getNamespace().getCollectionName())));
    }

    private WriteModel<Document> guarded(Changed<S> change) {
        Document document = document(change.after(), shape);
        return change.from() == 0
                ? new InsertOneModel<>(document)
                : new ReplaceOneModel<>(and(eq("_id", change.after().id()), eq("position", change.from())), document);
    }

    /** As it is stored. */
    public static <S> Document document(Held<S> held, Shape<S> shape) {
        Document document = new Document("_id", held.id()).append("position", held.position());
        document.putAll(shape.keys(held.content()));
        return document.append("content", StoredJson.write(held.content()));
    }

    /** Whether all that failed was there already. */
    public static boolean isDuplicatesOnly(MongoBulkWriteException failure) {
        return failure.getWriteConcernError() == null
                && failure.getWriteErrors().stream()
                        .map(BulkWriteError::getCode)
                        .allMatch(code -> code == DUPLICATE_KEY);
    }

    private Held<S> held(Document document) {
        return new Held<>(
                document.getString("_id"),
                Fields.number(document, "position"),
                StoredJson.read(Fields.object(document, "content"), shape.type()));
    }
}
