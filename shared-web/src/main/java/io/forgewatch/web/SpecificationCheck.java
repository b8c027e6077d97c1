package io.forgewatch.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** What an OpenAPI document lacks of what we promise: every operation has a summary, an example and its error answers. */
public final class SpecificationCheck {

    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

    private SpecificationCheck() {}

    /** One line for each fault; empty when there is none. */
    public static List<String> faults(JsonNode document) {
        List<String> faults = new ArrayList<>();
        if (!document.path("openapi").asString("").startsWith("3.1")) {
            faults.add("It is not OpenAPI 3.1");
        }
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().stream()
                        .filter(operation -> METHODS.contains(operation.getKey()))
                        .forEach(operation ->
                                check(operation.getKey() + " " + path.getKey(), operation.getValue(), faults)));
        return faults;
    }

    private static void check(String name, JsonNode operation, List<String> faults) {
        if (operation.path("summary").asString("").isBlank()) {
            faults.add(name + " has no summary");
        }
        if (!hasExample(operation.path("requestBody"))
                && !hasExample(operation.path("parameters"))
                && operation.path("responses").properties().stream()
                        .noneMatch(answer -> answer.getKey().startsWith("2") && hasExample(answer.getValue()))) {
            faults.add(name + " has no example");
        }
        for (String status : List.of("400", "500", "503")) {
            if (!operation.path("responses").path(status).path("content").has("application/problem+json")) {
                faults.add(name + " does not tell its answer " + status);
            }
        }
    }

    private static boolean hasExample(JsonNode node) {
        return node.has("example")
                || node.has("examples")
                || node.values().stream().anyMatch(SpecificationCheck::hasExample);
    }
}
