package io.forgewatch.command.kept;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Somebody who is signed in at a side that runs in this JVM. */
final class SideClient {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String PASSWORD = "Slag-Ladle-Crane-7";

    private final HttpClient http = HttpClient.newHttpClient();
    private final String side;
    private final String token;

    private SideClient(String side, String username, String password) throws Exception {
        this.side = side;
        this.token = signedIn(username, password);
    }

    /** The ministry's first account, once it is open. */
    SideClient(ConfigurableApplicationContext side, Map<String, Object> properties) throws Exception {
        this(
                "http://127.0.0.1:" + side.getEnvironment().getRequiredProperty("local.server.port"),
                String.valueOf(properties.get("forgewatch.bootstrap.username")),
                String.valueOf(properties.get("forgewatch.bootstrap.password")));
    }

    /** Of a side on a store and a broker of the test's own. */
    static Map<String, Object> properties(Map<String, Object> keys, String database, String bootstrap, Path scratch) {
        Map<String, Object> properties = new HashMap<>(keys);
        properties.put("server.port", 0);
        properties.put("forgewatch.instance", "life");
        properties.put("forgewatch.postgres.url", database);
        properties.put("forgewatch.kafka.bootstrap", bootstrap);
        properties.put(
                "forgewatch.detection.state-folder", scratch.resolve("streams").toString());
        return properties;
    }

    /** Somebody for whom an account is opened. */
    SideClient of(String role, String jurisdiction) throws Exception {
        String name = username(role, jurisdiction);
        done("POST", "/accounts", """
                {"username": "%s", "role": "%s", "jurisdiction": "%s", "displayName": "李明", "password": "%s"}""".formatted(name, role, jurisdiction, PASSWORD));
        return new SideClient(side, name, PASSWORD);
    }

    /** Somebody whose account is open. */
    SideClient known(String role, String jurisdiction) throws Exception {
        return new SideClient(side, username(role, jurisdiction), PASSWORD);
    }

    private static String username(String role, String jurisdiction) {
        return (role.charAt(0) + "." + jurisdiction.replace(':', '.')).toLowerCase(Locale.ROOT);
    }

    void done(String method, String path, String body) throws Exception {
        HttpResponse<String> answer = tried(method, path, body);
        if (answer.statusCode() / 100 != 2) {
            throw new IllegalStateException(path + " answered " + answer.statusCode() + ": " + answer.body());
        }
    }

    HttpResponse<String> tried(String method, String path, String body) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(side + path))
                .timeout(LONG)
                .header("Authorization", "Bearer " + token)
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** What is there, or null. */
    @Nullable
    JsonNode get(String path) throws Exception {
        HttpResponse<String> answer = tried("GET", path, "");
        return answer.statusCode() == 200 ? JsonMapper.shared().readTree(answer.body()) : null;
    }

    private String signedIn(String username, String password) {
        AtomicReference<String> given = new AtomicReference<>();
        Awaitility.await().atMost(LONG).until(() -> {
            HttpRequest request = HttpRequest.newBuilder(URI.create(side + "/auth/tokens"))
                    .timeout(LONG)
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(
                            JsonMapper.shared().writeValueAsString(Map.of("username", username, "password", password))))
                    .build();
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            given.set(answer.body());
            return answer.statusCode() == 200;
        });
        return JsonMapper.shared().readTree(given.get()).required("accessToken").asString();
    }
}
