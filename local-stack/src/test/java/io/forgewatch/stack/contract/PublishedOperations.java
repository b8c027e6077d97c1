package io.forgewatch.stack.contract;

import io.forgewatch.stack.RunFile;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every operation of both sides, by the documents that they serve; what answers in two kinds is two. */
final class PublishedOperations {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private PublishedOperations() {}

    static List<Operation> of(RunFile run) throws Exception {
        List<Operation> all = new ArrayList<>();
        try (HttpClient client = HttpClient.newHttpClient()) {
            for (String side : List.of(run.command(), run.query())) {
                HttpResponse<String> answer = client.send(
                        HttpRequest.newBuilder(URI.create(side + "/v3/api-docs"))
                                .timeout(PATIENCE)
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
                all.addAll(in(side, JsonMapper.shared().readTree(answer.body())));
            }
        }
        all.sort(Comparator.comparing(Operation::path)
                .thenComparing(Operation::side)
                .thenComparing(Operation::method)
                .thenComparing(Operation::kind));
        return all;
    }

    private static List<Operation> in(String side, JsonNode document) {
        JsonNode schemas = document.required("components").required("schemas");
        List<Operation> found = new ArrayList<>();
        document.required("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(one -> kinds(one.getValue())
                                .forEach(kind -> found.add(new Operation(
                                        side,
                                        one.getKey().toUpperCase(Locale.ROOT),
                                        path.getKey(),
                                        kind,
                                        one.getValue(),
                                        schemas)))));
        return found;
    }

    /** The first kind that it answers with has no name. */
    private static List<String> kinds(JsonNode operation) {
        List<String> kinds = new ArrayList<>();
        operation.required("responses").properties().stream()
                .filter(answer -> answer.getKey().startsWith("2"))
                .flatMap(answer -> answer.getValue().path("content").properties().stream())
                .map(Map.Entry::getKey)
                .forEach(kinds::add);
        if (kinds.isEmpty()) {
            return List.of("");
        }
        kinds.set(0, "");
        return kinds;
    }
}
