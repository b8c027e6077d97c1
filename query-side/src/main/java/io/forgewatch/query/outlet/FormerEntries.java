package io.forgewatch.query.outlet;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.forgewatch.query.projection.Documents;
import io.forgewatch.query.projection.StoreTrouble;
import java.util.List;
import org.bson.Document;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * What is told once more where instances of the last release read it: in the one collection that all generations had in common.
 * During a rolling update the view's new version takes over while they still run. They follow how far it is, say up to there, and
 * look for what there is to say in that collection only: without this whoever listens to one of them would hear nothing from the
 * take-over on, and never, since what is said up to is not read again.
 *
 * <p>To be deleted, and the collection dropped, by the release after this one: then nobody reads it.
 */
final class FormerEntries<E> {

    private static final Logger LOG = LoggerFactory.getLogger(FormerEntries.class);
    private static final BulkWriteOptions EACH = new BulkWriteOptions().ordered(false);

    private final MongoCollection<Document> entries;

    FormerEntries(MongoDatabase views, String collection) {
        this.entries = views.getCollection(collection);
    }

    /**
     * One that is there stays: the last release's own folder wrote it, or it is of a history that was lost, which the last release
     * could not tell apart either. What the store refuses is told by those who read the generation's own entries or parked there: it
     * does not keep the new version from going on.
     */
    Mono<Void> keep(List<Entry<E>> happened) {
        return Mono.defer(() -> Mono.from(entries.bulkWrite(
                        happened.stream().map(StoredEntries::insert).toList(), EACH)))
                .then()
                .onErrorResume(
                        MongoBulkWriteException.class,
                        failure -> StoreTrouble.is(failure) ? Mono.error(failure) : refused(failure));
    }

    private Mono<Void> refused(MongoBulkWriteException failure) {
        if (!Documents.isDuplicatesOnly(failure)) {
            LOG.warn("Instances of the last release do not hear of all that is told", failure);
        }
        return Mono.empty();
    }
}
