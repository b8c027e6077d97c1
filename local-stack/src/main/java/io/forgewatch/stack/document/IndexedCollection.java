package io.forgewatch.stack.document;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.ArrayFilters;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.QueryResult;
import de.bwaldvogel.mongo.backend.h2.H2Collection;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.oplog.Oplog;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

/**
 * A collection that finds by {@code _id} with whatever further conditions, and by ordered indexes, where the original scans.
 * Documents are copied before they are changed: the original changes them in the map, under the hands of whoever writes the file
 * or sends an answer at that moment.
 */
final class IndexedCollection extends H2Collection {

    /** Whose documents are about to be changed; guarded by this collection's monitor, as all its operations are. */
    private boolean changing;

    /** Whether only the first document found is to be changed. */
    private boolean changingOne;

    IndexedCollection(
            MongoDatabase database,
            String name,
            CollectionOptions options,
            MVMap<Object, Document> documents,
            MVMap<String, Object> counters,
            CursorRegistry cursors) {
        super(database, name, options, documents, counters, cursors);
    }

    @Override
    protected synchronized QueryResult queryDocuments(
            Document query, @Nullable Document orderBy, int skip, int limit, int batchSize, @Nullable Document fields) {
        if (!changing) {
            return find(query, orderBy, skip, limit, batchSize, fields);
        }
        List<Document> copies = new ArrayList<>();
        find(query, orderBy, skip, changingOne ? 1 : limit, batchSize, fields)
                .forEach(document -> copies.add(document.cloneDeeply()));
        return new QueryResult(copies);
    }

    @Override
    public synchronized Document updateDocuments(
            Document selector, Document update, ArrayFilters arrays, boolean many, boolean upsert, Oplog oplog) {
        changing = true;
        changingOne = !many;
        try {
            return super.updateDocuments(selector, update, arrays, many, upsert, oplog);
        } finally {
            changing = false;
            changingOne = false;
        }
    }

    @Override
    public synchronized Document findAndModify(Document query) {
        changing = true;
        try {
            return super.findAndModify(query);
        } finally {
            changing = false;
        }
    }

    /** A map's size in bytes interests nobody here; keeping it means encoding each document twice more. */
    @Override
    protected boolean tracksDataSize() {
        return false;
    }

    private QueryResult find(
            Document query, @Nullable Document orderBy, int skip, int limit, int batchSize, @Nullable Document fields) {
        if (isNatural(orderBy)) {
            return super.queryDocuments(query, orderBy, skip, limit, batchSize, fields);
        }
        Conditions conditions = Conditions.of(query);
        Optional<Iterable<Object>> byId = conditions.id().flatMap(this::positions);
        if (byId.isPresent()) {
            return matchDocuments(query, byId.get(), orderBy, skip, limit, batchSize, fields);
        }
        Optional<Walk> best = best(conditions, orderBy, limit > 0);
        if (best.isEmpty()) {
            return super.queryDocuments(query, orderBy, skip, limit, batchSize, fields);
        }
        Stream<Document> documents = best.get().keys().map(this::getDocument);
        return matchDocumentsFromStream(
                documents, query, best.get().sorted() ? null : orderBy, skip, limit, batchSize, fields);
    }

    private Optional<Iterable<Object>> positions(Document byId) {
        return getIndexes().stream()
                .filter(IdIndex.class::isInstance)
                .filter(index -> index.canHandle(byId))
                .findFirst()
                .map(index -> index.getPositions(byId));
    }

    private Optional<Walk> best(Conditions conditions, @Nullable Document orderBy, boolean stopsEarly) {
        return getIndexes().stream()
                .flatMap(IndexedCollection::ordered)
                .map(index -> Walk.through(index, conditions, orderBy))
                .filter(walk -> walk.worth(stopsEarly) > 0)
                .max(Comparator.comparingInt(walk -> walk.worth(stopsEarly)));
    }

    private static Stream<Ordered> ordered(Index<Object> index) {
        return index instanceof Ordered ordered && ordered.isComplete() ? Stream.of(ordered) : Stream.empty();
    }

    private static boolean isNatural(@Nullable Document orderBy) {
        return orderBy != null && orderBy.containsKey("$natural");
    }
}
