package io.forgewatch.query.projection;

import java.util.Map;
import java.util.Objects;
import org.bson.Document;

/** Reads the fields that every document of ours has. */
public final class Fields {

    private Fields() {}

    /** A whole number, of whatever width the store keeps it in. */
    public static long number(Document document, String field) {
        return ((Number) Objects.requireNonNull(document.get(field), field)).longValue();
    }

    @SuppressWarnings("unchecked")
    public static Map<String, Object> object(Document document, String field) {
        return (Map<String, Object>) Objects.requireNonNull(document.get(field), field);
    }
}
