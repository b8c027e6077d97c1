package io.forgewatch.stack;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/** Writes both sides' specifications, as they serve them, to {@code openapi/}. */
final class OpenApiExport {

    private static final String SERVER = "http://127.0.0.1";

    private OpenApiExport() {}

    /**
     * Starts everything for a moment and asks both sides.
     *
     * @param root the folder that holds {@code openapi/}
     * @param options in whose folder the stack runs
     */
    static void write(Path root, StackOptions options, Sides sides, Progress progress) throws Exception {
        try (TemporaryStack stack = TemporaryStack.start(options, sides, Optional.empty(), progress)) {
            save(
                    stack.whereabouts().command(),
                    root.resolve("openapi/command-side.json"),
                    StackPort.COMMAND.usual(),
                    progress);
            save(
                    stack.whereabouts().query(),
                    root.resolve("openapi/query-side.json"),
                    StackPort.QUERY.usual(),
                    progress);
        }
    }

    private static void save(String side, Path file, int usualPort, Progress progress) throws Exception {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, asked(side, usualPort));
        progress.tell("Wrote " + file);
    }

    /** A side's specification as it is published: the same text whatever port it was asked on. */
    static String asked(String side, int usualPort) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(URI.create(side + "/v3/api-docs"))
                            .timeout(Duration.ofSeconds(60))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new StackException(side + "/v3/api-docs answered " + answer.statusCode());
            }
            JsonMapper mapper = JsonMapper.builder()
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    // The order that a side writes in depends on what else its JVM did with the same mapper before.
                    .enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED)
                    .build();
            return mapper.writeValueAsString(mapper.readTree(answer.body().replace(side, SERVER + ":" + usualPort)))
                    + "\n";
        }
    }
}
