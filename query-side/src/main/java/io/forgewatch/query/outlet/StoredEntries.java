package io.forgewatch.query.outlet;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.lte;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.forgewatch.event.enterprise.EnterpriseId;
import io.forgewatch.event.identity.Jurisdiction;
import io.forgewatch.query.projection.BrokenLogException;
import io.forgewatch.query.projection.Documents;
import io.forgewatch.query.projection.Fields;
import io.forgewatch.query.projection.PoisonousEventException;
import io.forgewatch.query.projection.Reads;
import io.forgewatch.query.projection.StoreTrouble;
import io.forgewatch.query.projection.StoredJson;
import io.forgewatch.query.web.Region;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;

/** Every entry that one generation of a stream has, by position, so that who comes back misses nothing. */
public final class StoredEntries<E> {

    static final int PAGE = 200;

    private static final String EVENT = "event";
    private static final BulkWriteOptions ORDERED = new BulkWriteOptions().ordered(true);

    private final MongoCollection<Document> entries;
    private final MongoCollection<Document> read;
    private final Reads reads;
    private final Class<E> type;
    private final Unreadable unreadable;
    private final Lately<E> lately;
    private final @Nullable FormerEntries<E> former;

    /**
     * Some of what is stored, in order.
     *
     * @param entries those that can be read
     * @param last behind which there may be more; empty when this was all
     */
    record Page<E>(List<Entry<E>> entries, OptionalLong last) {

        Page {
            entries = List.copyOf(entries);
        }
    }

    /**
     * @param reads by which callers read their past
     * @param type a record
     * @param unreadable where what cannot be read is noted
     * @param lately what this instance stores of it
     * @param former for instances of the last release; null where nobody of it reads this
     */
    StoredEntries(
            MongoDatabase views,
            Reads reads,
            String collection,
            Class<E> type,
            Unreadable unreadable,
            Lately<E> lately,
            @Nullable FormerEntries<E> former) {
        this.entries = views.getCollection(collection);
        this.read = reads.callers().getCollection(collection);
        this.reads = reads;
        this.type = type;
        this.unreadable = unreadable;
        this.lately = lately;
        this.former = former;
    }

    public Mono<Void> declare() {
        List<IndexModel> indexes = Stream.of("province", "city", "county", "enterpriseId")
                .map(scope -> new IndexModel(Indexes.ascending(scope, "_id")))
                .toList();
        return Flux.from(entries.createIndexes(indexes)).then();
    }

    /**
     * In order. An entry that is there already stays as it is: whoever folds makes the same of the same event.
     *
     * @throws PoisonousEventException for one that cannot be stored, before any is
     * @return fails with {@link BrokenLogException} when one that is there tells of another event: it was stored in a history that
     *     the store has lost, and how far that went was not written down any more
     */
    public Mono<Void> keep(List<Entry<E>> happened) {
        if (happened.isEmpty()) {
            return Mono.empty();
        }
        // Now, and not when it is written: what cannot be stored is found out before anything of the batch is.
        List<UpdateOneModel<Document>> inserts =
                happened.stream().map(StoredEntries::insert).toList();
        Mono<Void> own = Mono.defer(() -> inserted(happened, inserts));
        return (former == null ? own : Mono.when(own, former.keep(happened)))
                .doOnSuccess(done -> lately.keep(happened));
    }

    /** This instance stores them from here on: each event up to this position is told of, and of those behind it some may be. */
    public void begin(long position) {
        lately.begin(position);
    }

    /** Up to here there were events whose entries were stored before this instance came by them. */
    public void foundUpTo(long position) {
        lately.foundUpTo(position);
    }

    /** All that is to be told up to here is stored. */
    public void arrived(long position) {
        lately.arrived(position);
    }

    private Mono<Void> inserted(List<Entry<E>> happened, List<UpdateOneModel<Document>> inserts) {
        return Mono.from(entries.bulkWrite(inserts, ORDERED))
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
                                        failure))
                .flatMap(result -> result.getMatchedCount() == 0 ? Mono.empty() : mustBeTheSame(Traces.of(happened)));
    }

    private Mono<Void> mustBeTheSame(Traces happened) {
        return among(happened)
                .filter(stored -> !stored.hasAll(happened))
                .flatMap(
                        others -> Mono.error(new BrokenLogException("What was told of positions " + happened.positions()
                                + " was of other events: it is of a history that the store has lost. Rebuild the view to show"
                                + " what it has.")));
    }

    private static PoisonousEventException poison(Entry<?> entry, Exception cause) {
        return new PoisonousEventException(entry.enterpriseId(), entry.position(), "its entry of a stream", cause);
    }

    /** At most {@link #PAGE} beyond the first position and not beyond the second, in order. */
    Mono<Page<E>> page(long after, long upTo) {
        return Mono.defer(() -> lately.between(after, upTo)
                .map(known -> Mono.just(new Page<>(known, OptionalLong.empty())))
                .orElseGet(() -> page(entries, after, upTo, new Jurisdiction.Nation())));
    }

    /** Those of them that the jurisdiction covers, for a caller: in its turn with what other callers ask. */
    Mono<Page<E>> pageForCaller(long after, long upTo, Jurisdiction scope) {
        return reads.one(page(read, after, upTo, scope));
    }

    private Mono<Page<E>> page(MongoCollection<Document> from, long after, long upTo, Jurisdiction scope) {
        List<Bson> filters = new ArrayList<>(Region.filter(scope));
        filters.add(gt("_id", after));
        filters.add(lte("_id", upTo));
        return Flux.from(from.find(and(filters))
                        .sort(Sorts.ascending("_id"))
                        .limit(PAGE)
                        .maxTime(Documents.LONGEST_READ.toMillis(), TimeUnit.MILLISECONDS))
                .subscribeOn(Schedulers.boundedElastic())
                .collectList()
                .map(this::page);
    }

    private Page<E> page(List<Document> documents) {
        return new Page<>(
                documents.stream().flatMap(document -> entry(document).stream()).toList(),
                documents.size() < PAGE
                        ? OptionalLong.empty()
                        : OptionalLong.of(Fields.number(documents.getLast(), "_id")));
    }

    /** Of one works the newest so many, in order. */
    Flux<Entry<E>> newest(String enterpriseId, long after, long upTo, int most) {
        return Flux.from(entries.find(and(eq("enterpriseId", enterpriseId), gt("_id", after), lte("_id", upTo)))
                        .sort(Sorts.descending("_id"))
                        .limit(most))
                .mapNotNull(document -> entry(document).orElse(null))
                .collectList()
                .flatMapIterable(List::reversed);
    }

    /** Whether anything at that position or later was ever kept; asked for a caller. */
    Mono<Boolean> reaches(long position) {
        return reads.one(Mono.from(read.find(gte("_id", position))
                                .sort(Sorts.ascending("_id"))
                                .limit(1)
                                .maxTime(Documents.LONGEST_READ.toMillis(), TimeUnit.MILLISECONDS))
                        .subscribeOn(Schedulers.boundedElastic()))
                .hasElement();
    }

    /** The traces of all entries up to a position, page by page, the newest first; at least one page. */
    Flux<Traces> fromTheEnd(long upTo) {
        return traces(lte("_id", upTo), PAGE)
                .expand(page -> page.newestFirst().size() < PAGE
                        ? Mono.empty()
                        : traces(lt("_id", page.newestFirst().getLast().position()), PAGE));
    }

    /** What there is at the positions of these. */
    Mono<Traces> among(Traces others) {
        return others.isEmpty()
                ? Mono.just(others)
                : traces(in("_id", others.positions()), others.newestFirst().size());
    }

    private Mono<Traces> traces(Bson filter, int most) {
        return Flux.from(entries.find(filter)
                        .projection(Projections.include(EVENT, "enterpriseId"))
                        .sort(Sorts.descending("_id"))
                        .limit(most))
                .map(StoredEntries::trace)
                .collectList()
                .map(Traces::new);
    }

    /** Empty for one that nobody can read: it keeps no other one from being told. */
    private Optional<Entry<E>> entry(Document document) {
        try {
            return Optional.of(new Entry<>(
                    Fields.number(document, "_id"),
                    event(document),
                    new EnterpriseId(document.getString("enterpriseId")).value(),
                    StoredJson.read(Fields.object(document, "content"), type)));
        } catch (RuntimeException cannot) {
            unreadable.note(Fields.number(document, "_id"), cannot);
            return Optional.empty();
        }
    }

    /** Of one that nobody can read its place must do: it does not keep another generation from taking over. */
    private static Traces.Trace trace(Document document) {
        UUID event;
        try {
            event = event(document);
        } catch (RuntimeException unreadable) {
            event = null;
        }
        return new Traces.Trace(
                Fields.number(document, "_id"), event, String.valueOf((Object) document.get("enterpriseId")));
    }

    private static @Nullable UUID event(Document document) {
        String id = document.getString(EVENT);
        return id == null ? null : UUID.fromString(id);
    }

    static UpdateOneModel<Document> insert(Entry<?> entry) {
        try {
            Document document = document(entry);
            Documents.bytes(document);
            return new UpdateOneModel<>(
                    eq("_id", entry.position()),
                    new Document("$setOnInsert", document),
                    new UpdateOptions().upsert(true));
        } catch (RuntimeException cannot) {
            throw poison(entry, cannot);
        }
    }

    private static Document document(Entry<?> entry) {
        Document document = new Document(Region.keys(entry.enterpriseId()));
        document.append("position", entry.position());
        document.append(EVENT, entry.event() == null ? null : entry.event().toString());
        return document.append("content", StoredJson.write(entry.content()));
    }
}
