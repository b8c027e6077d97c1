package io.forgewatch.manifest;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What a schema says of a value beside its type and fields: which are allowed, how large, which must be there. */
final class SchemaValues {

    private SchemaValues() {}

    static void check(JsonNode value, JsonNode schema, String path, List<String> wrong) {
        JsonNode allowed = schema.path("enum");
        if (allowed.isArray() && allowed.valueStream().noneMatch(value::equals)) {
            wrong.add(path + " is " + value + ", none of " + allowed);
        }
        schema.path("required")
                .valueStream()
                .map(JsonNode::asString)
                .filter(name -> value.isObject() && !value.has(name))
                .forEach(name -> wrong.add(path + "." + name + " is missing"));
        if (value.isNumber()) {
            between(value.asDouble(), schema, "minimum", "maximum", path, wrong);
        }
        if (value.isString()) {
            between(value.asString().length(), schema, "minLength", "maxLength", path, wrong);
            if (schema.has("pattern")
                    && !StructuralSchema.matches(schema.get("pattern").asString(), value.asString())) {
                wrong.add(path + " is " + value + ", not like " + schema.get("pattern"));
            }
        }
        if (value.isArray()) {
            between(value.size(), schema, "minItems", "maxItems", path, wrong);
        }
        if (value.isObject()) {
            between(value.size(), schema, "minProperties", "maxProperties", path, wrong);
        }
        combined(value, schema, path, wrong);
    }

    private static void between(
            double size, JsonNode schema, String least, String most, String path, List<String> wrong) {
        if (schema.has(least) && size < schema.get(least).asDouble()) {
            wrong.add(path + " is " + size + ", less than " + schema.get(least));
        }
        if (schema.has(most) && size > schema.get(most).asDouble()) {
            wrong.add(path + " is " + size + ", more than " + schema.get(most));
        }
    }

    /** Under these stand values only: types and fields are said beside them. */
    private static void combined(JsonNode value, JsonNode schema, String path, List<String> wrong) {
        schema.path("allOf").valueStream().forEach(all -> wrong.addAll(told(value, all, path)));
        if (schema.has("anyOf") && holding(value, schema.get("anyOf"), path) == 0) {
            wrong.add(path + " holds none of " + schema.get("anyOf"));
        }
        if (schema.has("oneOf") && holding(value, schema.get("oneOf"), path) != 1) {
            wrong.add(path + " holds not just one of " + schema.get("oneOf"));
        }
        if (schema.has("not") && told(value, schema.get("not"), path).isEmpty()) {
            wrong.add(path + " is what it must not be: " + schema.get("not"));
        }
    }

    private static long holding(JsonNode value, JsonNode schemas, String path) {
        return schemas.valueStream()
                .filter(schema -> told(value, schema, path).isEmpty())
                .count();
    }

    private static List<String> told(JsonNode value, JsonNode schema, String path) {
        List<String> wrong = new ArrayList<>();
        String type = schema.path("type").asString("");
        if ((type.equals("integer") && !value.isIntegralNumber()) || (type.equals("string") && !value.isString())) {
            wrong.add(path + " is not " + type);
        }
        check(value, schema, path, wrong);
        schema.path("properties").properties().stream()
                .filter(field -> value.has(field.getKey()))
                .forEach(field ->
                        wrong.addAll(told(value.get(field.getKey()), field.getValue(), path + "." + field.getKey())));
        return wrong;
    }
}
