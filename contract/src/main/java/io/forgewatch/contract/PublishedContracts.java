package io.forgewatch.contract;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Both documents of {@code openapi/} as one: no operation is in both, and what has the same name in both is the same. */
final class PublishedContracts {

    /** Stands for whatever no operation is for. */
    static final String NOWHERE = "/nowhere";

    static final String EVENTS = "text/event-stream";
    static final String EVENT_DATA = "application/json";

    private static final Pattern TILE = Pattern.compile("(/log/tile/[^/]+/)(.+)");

    private static final String NOWHERE_ANSWERS = """
            {"get": {"responses": {"default": {"description": "No operation", "content": {"application/problem+json":
            {"schema": {"$ref": "#/components/schemas/Problem"}}}}}}}""";

    private PublishedContracts() {}

    static String merged() {
        ObjectNode merged = read("command-side");
        merge(merged, read("query-side"), 3);
        merged.withObject("/paths").set(NOWHERE, JsonMapper.shared().readTree(NOWHERE_ANSWERS));
        merged.path("paths").values().forEach(path -> path.values().forEach(PublishedContracts::eventsAsJson));
        return merged.toString();
    }

    /** The schema of a stream is that of each event's data. */
    private static void eventsAsJson(JsonNode operation) {
        operation.path("responses").values().stream()
                .map(answer -> answer.path("content"))
                .filter(content -> content.has(EVENTS))
                .forEach(content -> ((ObjectNode) content).set(EVENT_DATA, ((ObjectNode) content).remove(EVENTS)));
    }

    /** Objects into one another, down to a path's methods and the parts of each kind. */
    private static void merge(ObjectNode into, JsonNode from, int depth) {
        from.properties().forEach(one -> {
            if (depth > 1 && one.getValue().isObject() && into.path(one.getKey()) instanceof ObjectNode known) {
                merge(known, one.getValue(), depth - 1);
            } else {
                into.set(one.getKey(), one.getValue());
            }
        });
    }

    private static ObjectNode read(String side) {
        return (ObjectNode) JsonMapper.shared().readTree(folder().resolve(side + ".json"));
    }

    /** Beside the module whose tests run, or above it. */
    private static Path folder() {
        return Stream.iterate(Path.of("").toAbsolutePath(), path -> path != null, Path::getParent)
                .map(path -> path.resolve("openapi"))
                .filter(path -> Files.exists(path.resolve("command-side.json")))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "No openapi/ above " + Path.of("").toAbsolutePath()));
    }

    /** A tile's place has slashes, which a parameter of OpenAPI has only as %2F; both are taken. */
    static String inContract(String path) {
        Matcher tile = TILE.matcher(path);
        return tile.matches() ? tile.group(1) + tile.group(2).replace("/", "%2F") : path;
    }

    /** What is no part of the contract: pages, health, and the documents themselves. */
    static boolean isBeside(String path) {
        return List.of("/actuator", "/v3/api-docs", "/swagger-ui", "/webjars/", "/problems/", "/livez", "/readyz")
                .stream()
                .anyMatch(path::startsWith);
    }
}
