package io.forgewatch.stack.document;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.backend.AbstractUniqueIndex;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.KeyValue;
import de.bwaldvogel.mongo.bson.Document;
import java.util.Iterator;
import java.util.List;
import java.util.Map.Entry;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

/**
 * The index of {@code _id}: the collection's own map, which is keyed by it. There is no second copy to fall out of step, and a
 * write touches one map.
 */
final class IdIndex extends AbstractUniqueIndex<Object> implements Ordered {

    private final MVMap<Object, Document> documents;

    IdIndex(MVMap<Object, Document> documents, String name, List<IndexKey> keys) {
        super(name, keys, false);
        this.documents = documents;
    }

    @Override
    public List<IndexKey> fields() {
        return getKeys();
    }

    @Override
    public boolean isComplete() {
        return true;
    }

    @Override
    public Stream<Object> between(SortKey earliest, SortKey latest, boolean backwards) {
        boolean ascending = getKeys().getFirst().isAscending();
        Iterator<Object> found = documents.cursor(
                end(backwards ? latest : earliest), end(backwards ? earliest : latest), backwards == ascending);
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(found, Spliterator.ORDERED), false);
    }

    @Override
    protected @Nullable Object getPosition(KeyValue value) {
        Object id = value.get(0);
        if (id == null) {
            return null;
        }
        // The key as it is stored: 1 and 1.0 are the same id.
        Object stored = documents.ceilingKey(id);
        return stored != null && ValueOrder.INSTANCE.compare(stored, id) == 0 ? stored : null;
    }

    @Override
    protected @Nullable Object removeDocument(KeyValue value) {
        return getPosition(value);
    }

    @Override
    protected boolean putKeyPosition(KeyValue value, Object position) {
        return true;
    }

    /** The document is in the map already. */
    @Override
    public synchronized void add(Document document, Object position, MongoCollection<Object> collection) {
        // There is nothing to keep beside the map.
    }

    @Override
    protected Iterable<Entry<KeyValue, Object>> getIterable() {
        return () -> documents.keySet().stream()
                .<Entry<KeyValue, Object>>map(id -> java.util.Map.entry(new KeyValue(id), id))
                .iterator();
    }

    @Override
    public long getCount() {
        return documents.sizeAsLong();
    }

    @Override
    public long getDataSize() {
        return getCount();
    }

    private static @Nullable Object end(SortKey place) {
        return place.values().isEmpty() ? null : place.values().getFirst();
    }
}
