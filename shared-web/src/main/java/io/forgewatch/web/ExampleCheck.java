package io.forgewatch.web;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * Holds a value against its schema, with those words of JSON Schema that our documents use; any other is a fault, so that none is
 * passed over unseen.
 */
final class ExampleCheck {

    /** They say something to people only. */
    private static final Set<String> TEXTS =
            Set.of("description", "example", "examples", "default", "title", "readOnly");

    private final JsonNode document;
    private final List<String> faults = new ArrayList<>();

    private ExampleCheck(JsonNode document) {
        this.document = document;
    }

    /** One line for each fault; empty when the value is right. */
    static List<String> faults(JsonNode document, JsonNode schema, JsonNode value, String where) {
        ExampleCheck check = new ExampleCheck(document);
        check.check(schema, value, where);
        return check.faults;
    }

    private void check(JsonNode schema, JsonNode value, String where) {
        schema.properties().forEach(word -> check(word.getKey(), word.getValue(), schema, value, where));
    }

    private void check(String word, JsonNode said, JsonNode schema, JsonNode value, String where) {
        boolean right = switch (word) {
            case "$ref" -> {
                check(document.at(said.asString().substring(1)), value, where);
                yield true;
            }
            case "type" -> said.isArray() ? any(said, type -> is(type, value)) : is(said, value);
            case "enum" -> any(said, value::equals);
            case "const" -> said.equals(value);
            case "anyOf", "oneOf" ->
                any(said, one -> faults(document, one, value, where).isEmpty());
            case "required" -> !value.isObject() || !any(said, name -> !value.has(name.asString()));
            case "properties" -> {
                said.properties().stream()
                        .filter(property -> value.has(property.getKey()))
                        .forEach(property -> check(
                                property.getValue(), value.path(property.getKey()), where + "/" + property.getKey()));
                yield !value.isObject()
                        || schema.has("additionalProperties")
                        || value.propertyNames().stream().allMatch(said::has);
            }
            case "additionalProperties" -> {
                value.properties().stream()
                        .filter(field -> !schema.path("properties").has(field.getKey()))
                        .forEach(field -> check(said, field.getValue(), where + "/" + field.getKey()));
                yield true;
            }
            case "items" -> {
                value.values().forEach(item -> check(said, item, where + "/*"));
                yield true;
            }
            case "minItems" -> !value.isArray() || value.size() >= said.asInt();
            case "maxItems" -> !value.isArray() || value.size() <= said.asInt();
            case "minLength" -> !value.isString() || value.asString().length() >= said.asInt();
            case "maxLength" -> !value.isString() || value.asString().length() <= said.asInt();
            case "minimum" -> !value.isNumber() || value.asDouble() >= said.asDouble();
            case "maximum" -> !value.isNumber() || value.asDouble() <= said.asDouble();
            case "exclusiveMinimum" -> !value.isNumber() || value.asDouble() > said.asDouble();
            case "pattern" ->
                !value.isString()
                        || Pattern.compile(said.asString())
                                .matcher(value.asString())
                                .find();
            case "format" -> !said.asString().equals("date-time") || !value.isString() || isInstant(value.asString());
            default -> TEXTS.contains(word);
        };
        if (!right) {
            faults.add(where + ": " + value + " is not as " + word + " " + said + " says");
        }
    }

    private static boolean any(JsonNode array, java.util.function.Predicate<JsonNode> test) {
        return array.values().stream().anyMatch(test);
    }

    private static boolean is(JsonNode type, JsonNode value) {
        return switch (type.asString()) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isString();
            case "integer" -> value.isIntegralNumber();
            case "number" -> value.isNumber();
            case "boolean" -> value.isBoolean();
            case "null" -> value.isNull();
            default -> false;
        };
    }

    private static boolean isInstant(String text) {
        try {
            return !OffsetDateTime.parse(text).toString().isEmpty();
        } catch (DateTimeException none) {
            return false;
        }
    }
}
