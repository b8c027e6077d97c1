package io.forgewatch.web;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** What generated clients are made of by name: operations, tags and parameters of one document, or of several that are merged. */
public final class SpecificationNames {

    private static final String SCHEMAS = "/components/schemas";

    private SpecificationNames() {}

    /** Of one document: what is named twice, or not told. Empty when there is nothing of it. */
    static List<String> faults(JsonNode document) {
        List<String> faults = new ArrayList<>(twice(List.of(document)));
        Set<String> tags = document.path("tags").values().stream()
                .filter(tag -> !tag.path("description").asString("").isBlank())
                .map(tag -> tag.path("name").asString())
                .collect(Collectors.toSet());
        operations(document).forEach(operation -> {
            String name = operation.path("operationId").asString("an operation");
            operation.path("tags").values().stream()
                    .map(JsonNode::asString)
                    .filter(tag -> !tags.contains(tag))
                    .forEach(tag -> faults.add(name + " has a tag that is not told: " + tag));
            operation.path("parameters").values().stream()
                    .filter(parameter ->
                            parameter.path("description").asString("").isBlank())
                    .forEach(parameter -> faults.add(name + " has a parameter without a description: "
                            + parameter.path("name").asString()));
        });
        document.at(SCHEMAS).properties().stream()
                .filter(schema ->
                        !schema.getValue().findValues("additionalProperties").isEmpty())
                .forEach(schema -> faults.add(schema.getKey() + " has a map, of whose names nothing is told"));
        return faults;
    }

    /** Of documents that a client may merge: operations of one name, and schemas of one name that are not the same. */
    public static List<String> twice(List<JsonNode> documents) {
        List<String> faults = new ArrayList<>();
        Set<String> operations = new HashSet<>();
        documents.stream()
                .flatMap(SpecificationNames::operations)
                .map(operation -> operation.path("operationId").asString(""))
                .filter(name -> !operations.add(name))
                .forEach(name -> faults.add("Two operations are named " + name));
        for (JsonNode document : documents) {
            document.at(SCHEMAS)
                    .properties()
                    .forEach(schema -> documents.stream()
                            .map(other -> other.at(SCHEMAS).path(schema.getKey()))
                            .filter(other -> !other.isMissingNode() && !other.equals(schema.getValue()))
                            .forEach(other -> faults.add("Two schemas are named " + schema.getKey())));
        }
        return faults;
    }

    private static Stream<JsonNode> operations(JsonNode document) {
        return document.path("paths").values().stream().flatMap(path -> path.values().stream());
    }
}
