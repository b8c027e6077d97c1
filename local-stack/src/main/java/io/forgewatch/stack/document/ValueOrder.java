package io.forgewatch.stack.document;

import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.bson.Decimal128;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.bson.ObjectId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The order of values in an index: MongoDB's order of types, then the order within the type; numbers by their value, whatever
 * their type. A total order over everything, in step with the store's own {@code ValueComparator} over what
 * {@link #isIndexable} names.
 */
final class ValueOrder implements Comparator<Object> {

    static final ValueOrder INSTANCE = new ValueOrder();

    private ValueOrder() {}

    /** Whether a value may stand in an index; documents, arrays and rare types may not. */
    static boolean isIndexable(@Nullable Object value) {
        return value == null
                || value instanceof Missing
                || value instanceof Number && !(value instanceof Decimal128)
                || value instanceof String
                || value instanceof Instant
                || value instanceof Boolean
                || value instanceof ObjectId
                || value instanceof UUID;
    }

    @Override
    public int compare(Object left, Object right) {
        int byType = Integer.compare(rank(left), rank(right));
        if (byType != 0) {
            return byType;
        }
        return switch (left) {
            case Missing missing -> 0;
            case Number number -> numbers(number, (Number) right);
            case String text -> text.compareTo((String) right);
            case Instant instant -> instant.compareTo((Instant) right);
            case Boolean flag -> flag.compareTo((Boolean) right);
            case ObjectId id -> id.compareTo((ObjectId) right);
            case UUID id -> id.toString().compareTo(right.toString());
            default -> byText(left, right);
        };
    }

    private static int rank(Object value) {
        return switch (value) {
            case Missing missing -> 0;
            case Number number -> 1;
            case String text -> 2;
            case Document document -> 3;
            case Collection<?> list -> 4;
            case UUID id -> 5;
            case ObjectId id -> 6;
            case Boolean flag -> 7;
            case Instant instant -> 8;
            default -> 9;
        };
    }

    private static int numbers(Number left, Number right) {
        if (isWhole(left) && isWhole(right)) {
            return Long.compare(left.longValue(), right.longValue());
        }
        if (isWhole(left) != isWhole(right)
                && Double.isFinite(left.doubleValue())
                && Double.isFinite(right.doubleValue())) {
            return exact(left).compareTo(exact(right));
        }
        // Adding zero makes -0.0 the same as 0.0.
        return Double.compare(left.doubleValue() + 0.0, right.doubleValue() + 0.0);
    }

    private static boolean isWhole(Number number) {
        return number instanceof Long || number instanceof Integer;
    }

    private static BigDecimal exact(Number number) {
        return isWhole(number) ? BigDecimal.valueOf(number.longValue()) : new BigDecimal(number.doubleValue());
    }

    private static int byText(Object left, Object right) {
        int byClass = left.getClass().getName().compareTo(right.getClass().getName());
        return byClass != 0 ? byClass : left.toString().compareTo(right.toString());
    }
}
