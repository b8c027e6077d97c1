package io.forgewatch.query.warning;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.gte;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.forgewatch.event.identity.Jurisdiction;
import io.forgewatch.query.projection.Documents;
import io.forgewatch.query.projection.Fields;
import io.forgewatch.query.projection.StoredJson;
import io.forgewatch.query.web.Region;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.bson.Document;
import org.bson.conversions.Bson;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;

/** Every entry of the stream there ever was, by position, so that who comes back misses nothing. */
final class WarningPast {

    static final String COLLECTION = "warning_stream_v1";

    private static final int PAGE = 200;
    private static final BulkWriteOptions ORDERED = new BulkWriteOptions().ordered(true);

    private final MongoCollection<Document> entries;

    WarningPast(MongoDatabase views) {
        this.entries = views.getCollection(COLLECTION);
    }

    Mono<Void> declare() {
        List<IndexModel> indexes = Stream.of("province", "city", "county", "enterpriseId")
                .map(scope -> new IndexModel(Indexes.ascending(scope, "_id")))
                .toList();
        return Flux.from(entries.createIndexes(indexes)).then();
    }

    /** In order: nobody sees one before those that were told earlier. An entry that is there already stays as it is. */
    Mono<Void> keep(List<StreamEntry> happened) {
        return happened.isEmpty()
                ? Mono.empty()
                : Mono.from(entries.bulkWrite(
                                happened.stream().map(WarningPast::insert).toList(), ORDERED))
                        .then()
                        // Somebody else inserted one at the same moment: what follows it was not tried.
                        .retryWhen(Retry.max(happened.size())
                                .filter(failure -> failure instanceof MongoBulkWriteException bulk
                                        && Documents.isDuplicatesOnly(bulk)));
    }

    /** All after that position which the jurisdiction covers, in order, read a page at a time as the reader asks for more. */
    Flux<StreamEntry> after(long position, Jurisdiction scope) {
        return page(position, scope)
                .expand(page ->
                        page.size() < PAGE ? Mono.empty() : page(page.getLast().position(), scope))
                .concatMapIterable(page -> page, 1);
    }

    /** The position of the newest entry; 0 when there is none. */
    Mono<Long> last() {
        return Mono.from(entries.find().sort(Sorts.descending("_id")).limit(1))
                .map(document -> Fields.number(document, "_id"))
                .defaultIfEmpty(0L);
    }

    /** Whether anything at that position or later was ever kept. */
    Mono<Boolean> reaches(long position) {
        return Mono.from(entries.find(gte("_id", position))
                        .sort(Sorts.ascending("_id"))
                        .limit(1))
                .hasElement();
    }

    private Mono<List<StreamEntry>> page(long position, Jurisdiction scope) {
        List<Bson> filters = new ArrayList<>(Region.filter(scope));
        filters.add(gt("_id", position));
        return Flux.from(entries.find(and(filters)).sort(Sorts.ascending("_id")).limit(PAGE))
                .subscribeOn(Schedulers.boundedElastic())
                .map(document -> new StreamEntry(
                        Fields.number(document, "_id"),
                        StoredJson.read(Fields.object(document, "content"), WarningView.class)
                                .newest(1)))
                .collectList();
    }

    private static UpdateOneModel<Document> insert(StreamEntry entry) {
        Document document = new Document(Region.keys(entry.warning().enterpriseId()));
        document.append("position", entry.position());
        document.append("content", StoredJson.write(entry.warning()));
        return new UpdateOneModel<>(
                eq("_id", entry.position()), new Document("$setOnInsert", document), new UpdateOptions().upsert(true));
    }
}
