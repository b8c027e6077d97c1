package io.forgewatch.query.projection;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lte;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.Sorts;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.bson.codecs.DocumentCodec;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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

    private static final Logger LOG = LoggerFactory.getLogger(Documents.class);

    /** Which documents changed since a position. */
    public static final IndexModel BY_POSITION = new IndexModel(Indexes.ascending("position"));

    /** A store takes 16 MiB, with what a command has around a document. */
    static final int MOST_BYTES = 16 * 1024 * 1024 - 64 * 1024;

    /** What a caller asks for is answered within this time, or not at all. */
    public static final Duration LONGEST_READ = Duration.ofSeconds(2);

    private static final DocumentCodec CODEC = new DocumentCodec();

    private final MongoCollection<Document> collection;
    private final GuardedWrites writes;
    private final Shape<S> shape;

    public Documents(MongoDatabase database, String collection, Shape<S> shape) {
        this.collection = database.getCollection(collection);
        this.writes = new GuardedWrites(database.getCollection(collection, RawBsonDocument.class));
        this.shape = shape;
    }

    public Mono<Void> declare(List<IndexModel> indexes) {
        return indexes.isEmpty()
                ? Mono.empty()
                : Flux.from(collection.createIndexes(indexes)).then();
    }

    /** Empty when there is none of this id. */
    public Mono<S> find(String id) {
        return Mono.from(
                        collection.find(eq("_id", id)).limit(1).maxTime(LONGEST_READ.toMillis(), TimeUnit.MILLISECONDS))
                .subscribeOn(Schedulers.boundedElastic())
                .map(document -> held(document).content());
    }

    /** Every document: only for a view that is small by its nature, or at start. */
    public Flux<Held<S>> held() {
        return Flux.from(collection.find().batchSize(500)).map(this::held);
    }

    /** Those that can be read; each other one is told of. */
    public Flux<Held<S>> held(Consumer<Unreadable> others) {
        return Flux.from(collection.find().batchSize(500)).concatMapIterable(document -> readable(document, others));
    }

    /**
     * A document that is there and cannot be read.
     *
     * @param position as it is stored, whatever that is; null where there is none
     */
    public record Unreadable(String id, @Nullable Object position, RuntimeException why) {}

    /** Puts what it should be in the place of one that cannot be read; fails with {@link OvertakenException} where that is no more. */
    public Mono<Void> mend(Unreadable broken, Held<S> now) {
        return Mono.defer(() -> Mono.from(collection.replaceOne(
                        and(eq("_id", broken.id), eq("position", broken.position)), document(now, shape))))
                .flatMap(result -> result.getMatchedCount() == 1
                        ? Mono.empty()
                        : Mono.error(
                                new OvertakenException(collection.getNamespace().getCollectionName())));
    }

    /** At most {@code limit} documents that pass the filter, the highest of this number field first. */
    public Flux<Ranked<S>> highest(Bson filter, String field, int limit) {
        return Flux.from(collection
                        .find(filter)
                        .sort(Sorts.descending(field))
                        .limit(limit)
                        .maxTime(LONGEST_READ.toMillis(), TimeUnit.MILLISECONDS))
                .subscribeOn(Schedulers.boundedElastic())
                .map(document -> new Ranked<>(
                        Fields.number(document, field),
                        document.getString("_id"),
                        held(document).content()));
    }

    /** @param rank the number that it was sorted by */
    public record Ranked<S>(long rank, String id, S content) {}

    /** What was last changed by an event beyond the first position and not beyond the second. */
    Flux<Held<S>> changed(long after, long upTo) {
        return Flux.from(collection
                        .find(and(gt("position", after), lte("position", upTo)))
                        .batchSize(500))
                // What an instance remembers of all others must not wait for one of them.
                .concatMapIterable(document -> readable(document, this::passedOver));
    }

    private List<Held<S>> readable(Document document, Consumer<Unreadable> others) {
        try {
            return List.of(held(document));
        } catch (RuntimeException unreadable) {
            others.accept(new Unreadable(String.valueOf(document.get("_id")), document.get("position"), unreadable));
            return List.of();
        }
    }

    private void passedOver(Unreadable one) {
        LOG.error(
                "{} of {} cannot be read and is passed over",
                one.id,
                collection.getNamespace().getCollectionName(),
                one.why);
    }

    /** Those of these ids that there are, with their sizes; one that cannot be read fails, and names itself. */
    Flux<Sized<S>> load(Collection<String> ids) {
        return ids.isEmpty()
                ? Flux.empty()
                : Flux.from(collection.withDocumentClass(RawBsonDocument.class).find(in("_id", ids)))
                        .map(this::sized);
    }

    /**
     * A document as it is remembered.
     *
     * @param bytes how many it has in the store
     */
    record Sized<S>(Held<S> held, int bytes) {}

    private Sized<S> sized(RawBsonDocument raw) {
        String id = raw.getString("_id").getValue();
        try {
            return new Sized<>(held(raw.decode(CODEC)), raw.getByteLength());
        } catch (RuntimeException unreadable) {
            throw new RefusedDocumentsException(
                    Map.of(id, "what is stored cannot be read: " + unreadable.getMessage()));
        }
    }

    /**
     * Writes each, if the store still has it as it was when it was changed. So what two wrote, one of whom should not have, is what
     * one would have written: no document comes from one that is not its predecessor.
     *
     * @return fails with {@link OvertakenException} when not all of them were so, and with {@link RefusedDocumentsException} when the
     *     store takes some and not these; the others are written then
     */
    public Mono<Void> write(Collection<Changed<S>> changed) {
        return Mono.defer(() -> writes.write(changed.stream()
                .map(change -> change.bytes() == null
                        ? new Changed<>(change.after(), change.from(), change.first(), bytes(change.after()))
                        : change)
                .toList()));
    }

    /** As it will be stored; fails with whatever of it cannot be written down, and when it is larger than a store takes. */
    RawBsonDocument bytes(Held<S> held) {
        return bytes(document(held, shape));
    }

    /** The same for what is stored beside the documents of views. */
    public static RawBsonDocument bytes(Document document) {
        RawBsonDocument bytes = new RawBsonDocument(document, CODEC);
        if (bytes.getByteLength() > MOST_BYTES) {
            throw new IllegalArgumentException(
                    "It would have " + bytes.getByteLength() + " bytes, and a document has " + MOST_BYTES + " at most");
        }
        return bytes;
    }

    /** As it is stored. */
    public static <S> Document document(Held<S> held, Shape<S> shape) {
        Document document = new Document("_id", held.id()).append("position", held.position());
        document.putAll(shape.keys(held.content()));
        return document.append("content", StoredJson.write(held.content()));
    }

    /** Whether all that failed was there already. */
    public static boolean isDuplicatesOnly(MongoBulkWriteException failure) {
        return GuardedWrites.isDuplicatesOnly(failure);
    }

    private Held<S> held(Document document) {
        return new Held<>(
                document.getString("_id"),
                Fields.number(document, "position"),
                StoredJson.read(Fields.object(document, "content"), shape.type()));
    }
}
