package io.forgewatch.manifest;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * The schema of a custom resource as the API server applies it (Kubernetes' structural schemas), but for the expressions under
 * {@code x-kubernetes-validations}. A field that is not named is refused, where the API server would drop it without a word.
 */
final class StructuralSchema {

    private static final Set<String> WITHOUT_EFFECT = Set.of(
            "description",
            "title",
            "default",
            "example",
            "externalDocs",
            "format",
            "x-kubernetes-validations",
            "x-kubernetes-list-type",
            "x-kubernetes-list-map-keys",
            "x-kubernetes-map-type");

    private static final Set<String> HELD = Set.of(
            "type",
            "properties",
            "additionalProperties",
            "items",
            "required",
            "enum",
            "pattern",
            "minimum",
            "maximum",
            "minLength",
            "maxLength",
            "minItems",
            "maxItems",
            "minProperties",
            "maxProperties",
            "nullable",
            "allOf",
            "anyOf",
            "oneOf",
            "not",
            "x-kubernetes-int-or-string",
            "x-kubernetes-preserve-unknown-fields",
            "x-kubernetes-embedded-resource");

    private final List<String> wrong = new ArrayList<>();

    private StructuralSchema() {}

    /** What a value has wrong, each with its path; empty when it holds. */
    static List<String> check(JsonNode value, JsonNode schema, String path) {
        StructuralSchema check = new StructuralSchema();
        check.whole(value, schema, path);
        return List.copyOf(check.wrong);
    }

    private void whole(JsonNode value, JsonNode schema, String path) {
        schema.propertyNames().stream()
                .filter(keyword -> !HELD.contains(keyword) && !WITHOUT_EFFECT.contains(keyword))
                .forEach(keyword -> wrong.add(path + ": the schema says '" + keyword + "', which is not known here"));
        if (value.isNull()) {
            if (!schema.path("nullable").asBoolean(false)) {
                wrong.add(path + " is null");
            }
            return;
        }
        if (typed(value, schema, path)) {
            SchemaValues.check(value, schema, path, wrong);
            fields(value, schema, path);
            items(value, schema, path);
        }
    }

    private boolean typed(JsonNode value, JsonNode schema, String path) {
        if (schema.path("x-kubernetes-int-or-string").asBoolean(false)) {
            return is(value.isIntegralNumber() || value.isString(), path, "integer or string", value);
        }
        String type = schema.path("type").asString("");
        return switch (type) {
            case "object" -> is(value.isObject(), path, type, value);
            case "array" -> is(value.isArray(), path, type, value);
            case "string" -> is(value.isString(), path, type, value);
            case "boolean" -> is(value.isBoolean(), path, type, value);
            case "integer" -> is(value.isIntegralNumber(), path, type, value);
            case "number" -> is(value.isNumber(), path, type, value);
            case "" -> is(isFree(schema), path, "what the schema does not say", value);
            default -> is(false, path, type, value);
        };
    }

    private boolean is(boolean so, String path, String wanted, JsonNode value) {
        if (!so) {
            wrong.add(path + " is not " + wanted + " but " + value.getNodeType());
        }
        return so;
    }

    private void fields(JsonNode value, JsonNode schema, String path) {
        if (!value.isObject()) {
            return;
        }
        JsonNode known = schema.path("properties");
        JsonNode others = schema.path("additionalProperties");
        value.properties().forEach(field -> {
            String there = path + "." + field.getKey();
            JsonNode own = known.path(field.getKey());
            if (!own.isMissingNode()) {
                whole(field.getValue(), own, there);
            } else if (others.isObject()) {
                whole(field.getValue(), others, there);
            } else if (!others.asBoolean(false) && !isFree(schema)) {
                wrong.add(there + " is not known");
            }
        });
    }

    private void items(JsonNode value, JsonNode schema, String path) {
        if (value.isArray() && schema.has("items")) {
            for (int at = 0; at < value.size(); at++) {
                whole(value.get(at), schema.get("items"), path + "[" + at + "]");
            }
        }
    }

    private static boolean isFree(JsonNode schema) {
        return schema.path("x-kubernetes-preserve-unknown-fields").asBoolean(false);
    }

    /** Whether a text has a pattern somewhere, as the API server looks for it. */
    static boolean matches(String pattern, String text) {
        return Pattern.compile(pattern).matcher(text).find();
    }
}
