package io.forgewatch.stack;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Writes both sides' specifications, as they serve them, to {@code openapi/}. */
final class OpenApiExport {

    private static final String SERVER = "http://127.0.0.1";

    private OpenApiExport() {}

    /**
     * Starts everything in a folder of its own, on free ports, asks both sides, stops.
     *
     * @param root the folder that holds {@code openapi/}
     * @param home where the folder of its own is made
     */
    static void write(Path root, Path home, Sides sides, Progress progress) throws Exception {
        Files.createDirectories(home);
        Path own = Files.createTempDirectory(home, "openapi");
        Map<StackPort, Integer> ports = new EnumMap<>(StackPort.class);
        for (StackPort port : StackPort.values()) {
            ports.put(port, freePort());
        }
        StackOptions options = new StackOptions(own, ports, false, false, Optional.empty());
        try (LocalStack.Started started = LocalStack.start(options, sides, Optional.empty(), progress)) {
            save(started.whereabouts().command(), root.resolve("openapi/command-side.json"), 8081, progress);
            save(started.whereabouts().query(), root.resolve("openapi/query-side.json"), 8082, progress);
        } finally {
            Folders.delete(own);
        }
    }

    private static void save(String side, Path file, int usualPort, Progress progress) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(URI.create(side + "/v3/api-docs"))
                            .timeout(Duration.ofSeconds(60))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new StackException(side + "/v3/api-docs answered " + answer.statusCode());
            }
            // The same text whatever port it was asked on.
            String text = answer.body().replace(side, SERVER + ":" + usualPort);
            JsonMapper mapper = JsonMapper.builder()
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .build();
            JsonNode specification = mapper.readTree(text);
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, mapper.writeValueAsString(specification) + "\n");
            progress.tell("Wrote " + file);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
