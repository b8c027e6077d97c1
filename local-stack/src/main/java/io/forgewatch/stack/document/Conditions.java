package io.forgewatch.stack.document;

import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.bson.BsonRegularExpression;
import de.bwaldvogel.mongo.bson.Document;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a filter demands of single fields, as far as an index can use it. It may demand more; whoever uses it applies the whole
 * filter to what an index finds.
 */
final class Conditions {

    private static final String ID = "_id";

    private final Map<String, Object> equal = new HashMap<>();
    private final Map<String, Object> lowest = new HashMap<>();
    private final Map<String, Object> highest = new HashMap<>();
    private @Nullable Document id;

    private Conditions() {}

    static Conditions of(Document filter) {
        Conditions conditions = new Conditions();
        conditions.collect(filter);
        return conditions;
    }

    /** A filter on {@code _id} alone that the index of ids answers: one value, or {@code $in}. */
    Optional<Document> id() {
        return Optional.ofNullable(id);
    }

    /** The value that a field must have; {@link Missing} for null. */
    Optional<Object> equal(String field) {
        return Optional.ofNullable(equal.get(field));
    }

    Optional<Object> lowest(String field) {
        return Optional.ofNullable(lowest.get(field));
    }

    Optional<Object> highest(String field) {
        return Optional.ofNullable(highest.get(field));
    }

    private void collect(Document filter) {
        filter.forEach((field, condition) -> {
            if (field.equals("$and") && condition instanceof Collection<?> parts) {
                parts.stream()
                        .filter(Document.class::isInstance)
                        .map(Document.class::cast)
                        .forEach(this::collect);
            } else if (!field.startsWith("$")) {
                collect(field, condition);
            }
        });
    }

    private void collect(String field, @Nullable Object condition) {
        if (BsonRegularExpression.isRegularExpression(condition)) {
            return;
        }
        if (condition instanceof Document document) {
            if (document.keySet().stream().noneMatch(key -> key.startsWith("$"))) {
                equals(field, document);
                return;
            }
            document.forEach((operator, value) -> operator(field, operator, value));
            return;
        }
        equals(field, condition);
    }

    private void operator(String field, String operator, @Nullable Object value) {
        switch (operator) {
            case "$eq" -> equals(field, value);
            case "$in" -> {
                if (field.equals(ID)
                        && value instanceof Collection<?> ids
                        && ids.stream().allMatch(Conditions::isPlain)) {
                    id = id == null ? new Document(ID, new Document("$in", ids)) : id;
                }
            }
            case "$gt", "$gte" -> bound(lowest, field, value);
            case "$lt", "$lte" -> bound(highest, field, value);
            default -> {
                // The other operators are left to the filter itself.
            }
        }
    }

    private void equals(String field, @Nullable Object value) {
        if (field.equals(ID) && isPlain(value)) {
            id = new Document(ID, value);
        }
        if (ValueOrder.isIndexable(value)) {
            equal.putIfAbsent(field, Missing.ofNullable(value));
        }
    }

    private static void bound(Map<String, Object> bounds, String field, @Nullable Object value) {
        if (value != null && !(value instanceof Missing) && ValueOrder.isIndexable(value)) {
            bounds.putIfAbsent(field, value);
        }
    }

    private static boolean isPlain(@Nullable Object value) {
        return value != null && !(value instanceof Missing) && ValueOrder.isIndexable(value);
    }
}
