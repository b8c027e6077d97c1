package io.forgewatch.stack.document;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.h2.H2Database;
import de.bwaldvogel.mongo.bson.Document;
import java.util.Collections;
import java.util.List;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;

/** A database of {@link IndexedCollection}s; the names of its maps are those of the original. */
final class IndexedDatabase extends H2Database {

    private static final String ID = "_id";

    private final MVStore store;

    IndexedDatabase(String name, MVStore store, CursorRegistry cursors) {
        // Before the parent's constructor, which opens the collections.
        this.store = store;
        super(name, store, cursors);
    }

    @Override
    protected MongoCollection<Object> openOrCreateCollection(String name, CollectionOptions options) {
        return new IndexedCollection(this, name, options, documents(name), counters(name), cursorRegistry);
    }

    @Override
    protected Index<Object> openOrCreateUniqueIndex(
            String collection, String name, List<IndexKey> keys, boolean sparse) {
        if (keys.size() == 1 && keys.getFirst().getKey().equals(ID)) {
            return new IdIndex(documents(collection), name, keys);
        }
        MVMap<SortKey, Object> positions = store.openMap(
                indexMap(collection, name),
                new MVMap.Builder<SortKey, Object>()
                        .keyType(new SortKeyType(Collections.nCopies(keys.size(), Boolean.TRUE)))
                        .valueType(new IdType()));
        return new UniqueIndex(positions, name, keys, sparse);
    }

    @Override
    protected Index<Object> openOrCreateSecondaryIndex(
            String collection, String name, List<IndexKey> keys, boolean sparse) {
        List<Boolean> ascending =
                OrderedIndex.withId(keys).stream().map(IndexKey::isAscending).toList();
        MVMap<SortKey, Boolean> entries = store.openMap(
                indexMap(collection, name), new MVMap.Builder<SortKey, Boolean>().keyType(new SortKeyType(ascending)));
        return new OrderedIndex(entries, counters(collection), name, keys);
    }

    private MVMap<Object, Document> documents(String collection) {
        return store.openMap(
                "databases." + getFullCollectionNamespace(collection),
                new MVMap.Builder<Object, Document>().keyType(new IdType()).valueType(new DocumentType()));
    }

    private MVMap<String, Object> counters(String collection) {
        return store.openMap("meta." + getFullCollectionNamespace(collection));
    }

    private String indexMap(String collection, String name) {
        return getFullCollectionNamespace(collection) + "._index_" + name;
    }
}
