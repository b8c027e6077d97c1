package io.forgewatch.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * What an OpenAPI document lacks of what we promise: every operation has a summary, an example and its error answers with their
 * headers, everything that is sent or answered as JSON has a schema, and no example contradicts its own.
 */
public final class SpecificationCheck {

    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");
    private static final String PROBLEM = "application/problem+json";
    private static final Map<String, String> HEADERS =
            Map.of("401", "WWW-Authenticate", "429", "Retry-After", "503", "Retry-After");

    private final JsonNode document;
    private final List<String> faults = new ArrayList<>();

    private SpecificationCheck(JsonNode document) {
        this.document = document;
    }

    /** One line for each fault; empty when there is none. */
    public static List<String> faults(JsonNode document) {
        SpecificationCheck check = new SpecificationCheck(document);
        check.all();
        check.faults.addAll(SpecificationNames.faults(document));
        return check.faults;
    }

    private void all() {
        if (!document.path("openapi").asString("").startsWith("3.1")) {
            faults.add("It is not OpenAPI 3.1");
        }
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().stream()
                        .filter(operation -> METHODS.contains(operation.getKey()))
                        .forEach(operation -> check(operation.getKey() + " " + path.getKey(), operation.getValue())));
        document.at("/components/schemas").properties().forEach(schema -> schema(schema.getKey(), schema.getValue()));
    }

    private void check(String name, JsonNode operation) {
        if (operation.path("summary").asString("").isBlank()) {
            faults.add(name + " has no summary");
        }
        if (!hasExample(operation)) {
            faults.add(name + " has no example");
        }
        for (String status : List.of("400", "500", "503")) {
            if (!resolved(operation.path("responses").path(status))
                    .path("content")
                    .has(PROBLEM)) {
                faults.add(name + " does not tell its answer " + status);
            }
        }
        operation
                .path("parameters")
                .values()
                .forEach(parameter -> typed(name + " " + parameter.path("name").asString(), parameter));
        content(name + " takes", operation.path("requestBody"));
        operation
                .path("responses")
                .properties()
                .forEach(answer -> answer(name + " " + answer.getKey(), answer.getKey(), resolved(answer.getValue())));
    }

    private void answer(String name, String status, JsonNode answer) {
        String header = HEADERS.get(status);
        if (header != null && !answer.path("headers").has(header)) {
            faults.add(name + " does not tell " + header);
        }
        answer.path("headers").properties().forEach(one -> typed(name + " " + one.getKey(), one.getValue()));
        content(name, answer);
    }

    /** A parameter or a header. */
    private void typed(String name, JsonNode one) {
        if (one.path("schema").isEmpty()) {
            faults.add(name + " has no schema");
        }
        examples(one).forEach(value -> faults.addAll(ExampleCheck.faults(document, one.path("schema"), value, name)));
        own(name, one.path("schema"));
    }

    private void content(String name, JsonNode body) {
        body.path("content").properties().forEach(media -> {
            JsonNode schema = media.getValue().path("schema");
            if (schema.isEmpty()) {
                faults.add(name + " has no schema of " + media.getKey());
            }
            examples(media.getValue())
                    .forEach(value -> faults.addAll(ExampleCheck.faults(document, schema, value, name)));
        });
    }

    /** Examples that stand in schemas, and values that a type has and its list has not. */
    private void schema(String name, JsonNode schema) {
        if (schema.isEmpty() && !name.contains(".") && !name.contains("[")) {
            faults.add(name + " says nothing");
        }
        own(name, schema);
        schema.path("properties").properties().forEach(one -> schema(name + "." + one.getKey(), one.getValue()));
        if (schema.has("items")) {
            schema(name + "[]", schema.path("items"));
        }
    }

    private void own(String name, JsonNode schema) {
        if (schema.has("example")) {
            faults.addAll(ExampleCheck.faults(document, schema, schema.path("example"), name));
        }
        boolean mayBeNull = schema.path("type").values().stream()
                .anyMatch(type -> type.asString("").equals("null"));
        if (mayBeNull
                && schema.has("enum")
                && schema.path("enum").values().stream().noneMatch(JsonNode::isNull)) {
            faults.add(name + " may be null, and null is not among its values");
        }
    }

    private JsonNode resolved(JsonNode answer) {
        String ref = answer.path("$ref").asString("");
        return ref.isEmpty() ? answer : document.at(ref.substring(1));
    }

    private static Stream<JsonNode> examples(JsonNode of) {
        return Stream.concat(
                of.has("example") ? Stream.of(of.path("example")) : Stream.empty(),
                of.path("examples").values().stream().map(one -> one.path("value")));
    }

    private boolean hasExample(JsonNode operation) {
        return anyExample(operation.path("requestBody"))
                || anyExample(operation.path("parameters"))
                || operation.path("responses").properties().stream()
                        .anyMatch(answer -> answer.getKey().startsWith("2")
                                && anyExample(answer.getValue().path("content")));
    }

    private static boolean anyExample(JsonNode node) {
        return node.has("example")
                || node.has("examples")
                || node.values().stream().anyMatch(SpecificationCheck::anyExample);
    }
}
