package io.forgewatch.stack.contract;

import io.forgewatch.event.enterprise.EnterpriseId;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a document gives as examples, made into whole requests: of the works that all examples are of, or of another.
 *
 * @param works whose id takes the place of the examples' own
 */
record Examples(String works) {

    /** The works that all examples of both documents are of. */
    static final String OF = "GT3702110001";

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final Duration SOON = Duration.ofDays(7);
    private static final Duration LATELY = Duration.ofHours(1);

    /** A body as the operation takes it. */
    ObjectNode body(Operation operation) {
        JsonNode told = operation
                .described()
                .path("requestBody")
                .path("content")
                .path("application/json")
                .path("example");
        JsonNode body = told.isMissingNode() ? of(operation, operation.body().orElseThrow(), "") : told;
        return (ObjectNode) JsonMapper.shared().readTree(mine(body.toString()));
    }

    /** A parameter's value. */
    String value(JsonNode parameter) {
        return mine(parameter.path("example").asString(""));
    }

    String mine(String text) {
        return text.replace(OF, works).replace(quoted(OF), quoted(works));
    }

    /** The region of a works, as a field of its own. */
    private static String quoted(String works) {
        return '"' + new EnterpriseId(works).region() + '"';
    }

    private JsonNode of(Operation operation, JsonNode schema, String field) {
        JsonNode meant = operation.meant(schema);
        if (meant.path("format").asString("").equals("date-time")) {
            return NODES.stringNode(instant(field).toString());
        }
        for (JsonNode known : new JsonNode[] {schema, meant}) {
            if (known.has("example")) {
                return known.required("example");
            }
        }
        if (meant.has("enum")) {
            return meant.required("enum").get(0);
        }
        return switch (type(meant)) {
            case "object" -> object(operation, meant);
            case "array" -> ((ArrayNode) NODES.arrayNode()).add(of(operation, meant.required("items"), field));
            case "integer", "number" -> NODES.numberNode(1);
            case "boolean" -> NODES.booleanNode(false);
            default -> NODES.stringNode(field);
        };
    }

    private ObjectNode object(Operation operation, JsonNode schema) {
        ObjectNode object = NODES.objectNode();
        schema.required("properties")
                .properties()
                .forEach(one -> object.set(one.getKey(), of(operation, one.getValue(), one.getKey())));
        return object;
    }

    /** What is to last lasts a week, all else was lately: an example's own time passes. */
    private static Instant instant(String field) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        return field.equals("until") ? now.plus(SOON) : now.minus(LATELY);
    }

    /** The first where there are several: the others are null. */
    static String type(JsonNode schema) {
        JsonNode type = schema.path("type");
        return type.isArray() ? type.get(0).asString() : type.asString("string");
    }
}
