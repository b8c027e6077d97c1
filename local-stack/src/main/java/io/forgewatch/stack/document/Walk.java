package io.forgewatch.stack.document;

import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.bson.Document;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A way through an index that finds all documents of a filter: an equality prefix, one range after it, forwards or backwards.
 *
 * @param equalities how many leading fields are fixed
 * @param ranged whether the next field is bounded
 * @param sorted whether documents come in the order asked for, so that one may stop early
 */
record Walk(
        Ordered index,
        SortKey earliest,
        SortKey latest,
        boolean backwards,
        int equalities,
        boolean ranged,
        boolean sorted) {

    Stream<Object> keys() {
        return index.between(earliest, latest, backwards);
    }

    /** How much it narrows the search; 0 for not at all. */
    int worth(boolean stopsEarly) {
        return equalities * 4 + (ranged ? 2 : 0) + (sorted && stopsEarly ? 3 : 0);
    }

    static Walk through(Ordered index, Conditions conditions, @Nullable Document orderBy) {
        List<IndexKey> fields = index.fields();
        List<Object> prefix = new ArrayList<>();
        for (IndexKey field : fields) {
            Optional<Object> value = conditions.equal(field.getKey());
            if (value.isEmpty()) {
                break;
            }
            prefix.add(value.get());
        }
        int fixed = prefix.size();
        SortKey earliest = new SortKey(prefix, -1);
        SortKey latest = new SortKey(prefix, 1);
        boolean ranged = false;
        if (fixed < fields.size()) {
            IndexKey next = fields.get(fixed);
            Optional<Object> lowest = conditions.lowest(next.getKey());
            Optional<Object> highest = conditions.highest(next.getKey());
            Optional<Object> first = next.isAscending() ? lowest : highest;
            Optional<Object> last = next.isAscending() ? highest : lowest;
            earliest = first.map(earliest::and).orElse(earliest);
            latest = last.map(latest::and).orElse(latest);
            ranged = first.isPresent() || last.isPresent();
        }
        int direction = direction(fields.subList(fixed, fields.size()), conditions, orderBy);
        return new Walk(index, earliest, latest, direction < 0, fixed, ranged, direction != 0);
    }

    /** 1 or -1 when walking forwards or backwards gives the order asked for, 0 when neither does. */
    private static int direction(List<IndexKey> rest, Conditions conditions, @Nullable Document orderBy) {
        int direction = 0;
        int place = 0;
        for (Map.Entry<String, Object> sort :
                orderBy == null ? Map.<String, Object>of().entrySet() : orderBy.entrySet()) {
            if (conditions.equal(sort.getKey()).isPresent()) {
                continue;
            }
            if (place == rest.size()
                    || !rest.get(place).getKey().equals(sort.getKey())
                    || !(sort.getValue() instanceof Number number)) {
                return 0;
            }
            int here = (number.intValue() > 0) == rest.get(place).isAscending() ? 1 : -1;
            if (direction != 0 && direction != here) {
                return 0;
            }
            direction = here;
            place++;
        }
        return direction == 0 ? 1 : direction;
    }
}
