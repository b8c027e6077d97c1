package io.forgewatch.stack.document;

import de.bwaldvogel.mongo.backend.Missing;
import java.util.ArrayList;
import java.util.List;

/**
 * A place in an index.
 *
 * @param values of the index's fields, in their order; {@link Missing} stands for null and for what is not there
 * @param edge 0 for an entry; -1 for the place before, 1 for the place after all entries that begin with the values
 */
record SortKey(List<Object> values, int edge) {

    SortKey {
        values = List.copyOf(values);
    }

    static SortKey entry(List<Object> values) {
        return new SortKey(values, 0);
    }

    SortKey and(Object value) {
        List<Object> longer = new ArrayList<>(values);
        longer.add(value);
        return new SortKey(longer, edge);
    }

    int compare(SortKey other, List<Boolean> ascending) {
        int common = Math.min(values.size(), other.values.size());
        for (int i = 0; i < common; i++) {
            int order = ValueOrder.INSTANCE.compare(values.get(i), other.values.get(i));
            if (order != 0) {
                return ascending.get(i) ? order : -order;
            }
        }
        if (values.size() == other.values.size()) {
            return Integer.compare(edge, other.edge);
        }
        return values.size() < other.values.size() ? edge : -other.edge;
    }
}
