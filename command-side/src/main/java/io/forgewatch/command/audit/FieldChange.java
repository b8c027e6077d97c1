package io.forgewatch.command.audit;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A field that is another one than before.
 *
 * @param from its value before; null where there was none
 * @param to its value after; null where there is none any more
 */
record FieldChange(@Schema(example = "status") String field, JsonNode from, JsonNode to) {

    /** What differs between two states, field by field at their top level; a field that is not there is as one that is null. */
    static List<FieldChange> between(ObjectNode before, ObjectNode after) {
        Set<String> fields = new LinkedHashSet<>(after.propertyNames());
        fields.addAll(before.propertyNames());
        List<FieldChange> changes = new ArrayList<>();
        for (String field : fields) {
            JsonNode from = value(before, field);
            JsonNode to = value(after, field);
            if (!from.equals(to)) {
                changes.add(new FieldChange(field, from, to));
            }
        }
        return changes;
    }

    private static JsonNode value(ObjectNode state, String field) {
        JsonNode value = state.get(field);
        return value == null ? NullNode.getInstance() : value;
    }
}
