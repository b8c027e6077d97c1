package io.forgewatch.stack.document;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.bson.Document;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

/**
 * A secondary index in order. Documents whose fields are arrays or documents have no place in it; while there is one, the index
 * is not used, so an answer is never wrong.
 */
final class OrderedIndex extends Index<Object> implements Ordered {

    private static final String ID = "_id";

    private final MVMap<SortKey, Boolean> entries;
    private final MVMap<String, Object> counters;
    private final String unplaced;
    private final List<IndexKey> fields;
    private final int idPlace;

    /**
     * @param counters keeps the number of documents without a place
     */
    OrderedIndex(MVMap<SortKey, Boolean> entries, MVMap<String, Object> counters, String name, List<IndexKey> keys) {
        // "Sparse" tells the collection that this index need not know every document.
        super(name, keys, true);
        this.entries = entries;
        this.counters = counters;
        this.unplaced = "unplaced." + name;
        this.fields = withId(keys);
        this.idPlace = fields.stream().map(IndexKey::getKey).toList().indexOf(ID);
    }

    /** The fields with {@code _id} as the last one, in the direction of the one before it. */
    static List<IndexKey> withId(List<IndexKey> keys) {
        if (keys.stream().anyMatch(key -> key.getKey().equals(ID))) {
            return List.copyOf(keys);
        }
        List<IndexKey> fields = new ArrayList<>(keys);
        fields.add(new IndexKey(ID, keys.getLast().isAscending()));
        return List.copyOf(fields);
    }

    @Override
    public List<IndexKey> fields() {
        return fields;
    }

    @Override
    public boolean isComplete() {
        return countUnplaced() == 0;
    }

    @Override
    public Stream<Object> between(SortKey earliest, SortKey latest, boolean backwards) {
        Iterator<SortKey> found =
                backwards ? entries.cursor(latest, earliest, true) : entries.cursor(earliest, latest, false);
        return StreamSupport.stream(
                        Spliterators.spliteratorUnknownSize(found, Spliterator.ORDERED | Spliterator.NONNULL), false)
                .map(entry -> entry.values().get(idPlace));
    }

    @Override
    public void add(Document document, Object position, MongoCollection<Object> collection) {
        place(document).ifPresentOrElse(entry -> entries.put(entry, Boolean.TRUE), () -> countUnplaced(1));
    }

    @Override
    public @Nullable Object remove(Document document) {
        place(document).ifPresentOrElse(entries::remove, () -> countUnplaced(-1));
        return null;
    }

    @Override
    public void updateInPlace(Document before, Document after, Object position, MongoCollection<Object> collection) {
        if (!place(before).equals(place(after))) {
            remove(before);
            add(after, position, collection);
        }
    }

    @Override
    public void checkAdd(Document document, MongoCollection<Object> collection) {
        // Nothing is unique here.
    }

    @Override
    public void checkUpdate(Document before, Document after, MongoCollection<Object> collection) {
        // Nothing is unique here.
    }

    @Override
    public @Nullable Object getPosition(Document document) {
        return null;
    }

    /** The collection plans walks itself. */
    @Override
    public boolean canHandle(Document query) {
        return false;
    }

    @Override
    public Iterable<Object> getPositions(Document query) {
        throw new UnsupportedOperationException("An ordered index is walked through");
    }

    @Override
    public long getCount() {
        return entries.sizeAsLong() + countUnplaced();
    }

    @Override
    public long getDataSize() {
        return entries.sizeAsLong();
    }

    @Override
    public void drop() {
        counters.remove(unplaced);
    }

    private Optional<SortKey> place(Document document) {
        List<Object> values = new ArrayList<>(fields.size());
        for (IndexKey field : fields) {
            Object value = Utils.getSubdocumentValueCollectionAware(document, field.getKey());
            if (!ValueOrder.isIndexable(value)) {
                return Optional.empty();
            }
            values.add(Missing.ofNullable(value));
        }
        return Optional.of(SortKey.entry(values));
    }

    private long countUnplaced() {
        return counters.get(unplaced) instanceof Number number ? number.longValue() : 0;
    }

    private void countUnplaced(int more) {
        counters.put(unplaced, countUnplaced() + more);
    }
}
