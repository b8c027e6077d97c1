package io.forgewatch.query.outlet;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.lte;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.forgewatch.event.identity.Jurisdiction;
import io.forgewatch.query.projection.Documents;
import io.forgewatch.query.projection.Fields;
import io.forgewatch.query.projection.PoisonousEventException;
import io.forgewatch.query.projection.Reads;
import io.forgewatch.query.projection.StoreTrouble;
import io.forgewatch.query.projection.StoredJson;
import io.forgewatch.query.web.Region;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import org.bson.Document;
import org.bson.conversions.Bson;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;

/** Every entry of one stream there ever was, by position, so that who comes back misses nothing. */
public final class StoredEntries<E> {

    private static final int PAGE = 200;
    private static final BulkWriteOptions ORDERED = new BulkWriteOptions().ordered(true);

    private final MongoCollection<Document> entries;
    private final MongoCollection<Document> read;
    private final Reads reads;
    private final Class<E> type;

    public StoredEntries(MongoDatabase views, String collection, Class<E> type) {
        this(views, Reads.of(views), collection, type);
    }

    /**
     * @param reads by which callers read their past
     * @param type a record
     */
    public StoredEntries(MongoDatabase views, Reads reads, String collection, Class<E> type) {
        this.entries = views.getCollection(collection);
        this.read = reads.callers().getCollection(collection);
        this.reads = reads;
        this.type = type;
    }

    public Mono<Void> declare() {
        List<IndexModel> indexes = Stream.of("province", "city", "county", "enterpriseId")
                .map(scope -> new IndexModel(Indexes.ascending(scope, "_id")))
                .toList();
        return Flux.from(entries.createIndexes(indexes))
                .then(Mono.from(entries.createIndex(Indexes.ascending("late"), new IndexOptions().sparse(true))))
                .then();
    }

    /**
     * In order. An entry that is there already stays as it is: whoever folds makes the same of the same event.
     *
     * @param late what it is among these that comes too late to be told in its turn, because an earlier build passed it over: by
     *     whom it is told when that build takes over
     */
    public Mono<Void> keep(List<Entry<E>> happened, Late late) {
        return happened.isEmpty() ? Mono.empty() : Mono.defer(() -> inserted(happened, late));
    }

    private Mono<Void> inserted(List<Entry<E>> happened, Late late) {
        List<UpdateOneModel<Document>> inserts =
                happened.stream().map(entry -> insert(entry, late)).toList();
        return Mono.from(entries.bulkWrite(inserts, ORDERED))
                .then()
                // Somebody else inserted one at the same moment: what follows it was not tried.
                .retryWhen(Retry.max(happened.size())
                        .filter(failure ->
                                failure instanceof MongoBulkWriteException bulk && Documents.isDuplicatesOnly(bulk)))
                .onErrorMap(
                        MongoBulkWriteException.class,
                        failure -> StoreTrouble.is(failure)
                                        || failure.getWriteErrors().isEmpty()
                                ? failure
                                : poison(
                                        happened.get(failure.getWriteErrors()
                                                .getFirst()
                                                .getIndex()),
                                        failure));
    }

    private static PoisonousEventException poison(Entry<?> entry, Exception cause) {
        return new PoisonousEventException(entry.enterpriseId(), entry.position(), "its entry of a stream", cause);
    }

    /** All beyond the first position and not beyond the second that the jurisdiction covers, in order, a page at a time. */
    public Flux<Entry<E>> between(long after, long upTo, Jurisdiction scope) {
        return pages(after, upTo, from -> page(entries, from, upTo, scope));
    }

    /** The same for a caller, each page in its turn with what other callers ask. */
    Flux<Entry<E>> past(long after, long upTo, Jurisdiction scope) {
        return pages(after, upTo, from -> reads.one(page(read, from, upTo, scope)));
    }

    private Flux<Entry<E>> pages(long after, long upTo, LongFunction<Mono<List<Entry<E>>>> page) {
        return after >= upTo
                ? Flux.empty()
                : page.apply(after)
                        .expand(last -> last.size() < PAGE
                                ? Mono.empty()
                                : page.apply(last.getLast().position()))
                        .concatMapIterable(one -> one, 1);
    }

    /** What a build of the view added behind what was told by then: the newest of it, at most so many, in order. */
    Flux<Entry<E>> late(int build, int most) {
        return Flux.from(entries.find(eq("late", build))
                        .sort(Sorts.descending("_id"))
                        .limit(most))
                .map(this::entry)
                .collectList()
                .flatMapIterable(List::reversed);
    }

    /** Whether anything at that position or later was ever kept. */
    public Mono<Boolean> reaches(long position) {
        return reads.one(Mono.from(read.find(gte("_id", position))
                        .sort(Sorts.ascending("_id"))
                        .limit(1)
                        .maxTime(Documents.LONGEST_READ.toMillis(), TimeUnit.MILLISECONDS)))
                .hasElement();
    }

    private Mono<List<Entry<E>>> page(MongoCollection<Document> from, long after, long upTo, Jurisdiction scope) {
        List<Bson> filters = new ArrayList<>(Region.filter(scope));
        filters.add(gt("_id", after));
        filters.add(lte("_id", upTo));
        return Flux.from(from.find(and(filters))
                        .sort(Sorts.ascending("_id"))
                        .limit(PAGE)
                        .maxTime(Documents.LONGEST_READ.toMillis(), TimeUnit.MILLISECONDS))
                .subscribeOn(Schedulers.boundedElastic())
                .map(this::entry)
                .collectList();
    }

    private Entry<E> entry(Document document) {
        return new Entry<>(
                Fields.number(document, "_id"),
                document.getString("enterpriseId"),
                StoredJson.read(Fields.object(document, "content"), type));
    }

    private UpdateOneModel<Document> insert(Entry<E> entry, Late late) {
        try {
            Document document = document(entry, late);
            Documents.bytes(document);
            return new UpdateOneModel<>(
                    eq("_id", entry.position()),
                    new Document("$setOnInsert", document),
                    new UpdateOptions().upsert(true));
        } catch (RuntimeException cannot) {
            throw poison(entry, cannot);
        }
    }

    private static Document document(Entry<?> entry, Late late) {
        Document document = new Document(Region.keys(entry.enterpriseId()));
        document.append("position", entry.position());
        document.append("content", StoredJson.write(entry.content()));
        if (entry.position() <= late.upTo()) {
            document.append("late", late.build());
        }
        return document;
    }
}
