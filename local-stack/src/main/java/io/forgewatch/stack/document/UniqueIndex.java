package io.forgewatch.stack.document;

import de.bwaldvogel.mongo.backend.AbstractUniqueIndex;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.KeyValue;
import de.bwaldvogel.mongo.backend.Missing;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

/** A unique index other than that of {@code _id}: equality on exactly its fields. */
final class UniqueIndex extends AbstractUniqueIndex<Object> {

    private final MVMap<SortKey, Object> positions;

    UniqueIndex(MVMap<SortKey, Object> positions, String name, List<IndexKey> keys, boolean sparse) {
        super(name, keys, sparse);
        this.positions = positions;
    }

    @Override
    protected @Nullable Object getPosition(KeyValue value) {
        return positions.get(place(value));
    }

    @Override
    protected @Nullable Object removeDocument(KeyValue value) {
        return positions.remove(place(value));
    }

    @Override
    protected boolean putKeyPosition(KeyValue value, Object position) {
        return positions.putIfAbsent(place(value), position) == null;
    }

    @Override
    protected Iterable<Entry<KeyValue, Object>> getIterable() {
        return () -> positions.entrySet().stream()
                .<Entry<KeyValue, Object>>map(
                        entry -> Map.entry(new KeyValue(entry.getKey().values()), entry.getValue()))
                .iterator();
    }

    @Override
    public long getCount() {
        return positions.sizeAsLong();
    }

    @Override
    public long getDataSize() {
        return getCount();
    }

    private static SortKey place(KeyValue value) {
        return SortKey.entry(value.stream().map(Missing::ofNullable).toList());
    }
}
