package io.forgewatch.stack.rebuild;

import io.forgewatch.stack.RunFile;
import io.forgewatch.stack.StackException;
import io.forgewatch.stack.demo.CommandApi;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the query side tells the ministry of its views, and the command side of what they are made from, asked over HTTP. */
public final class ProjectionsApi {

    private static final JsonMapper MAPPER = new JsonMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long TOKEN_NANOS = Duration.ofMinutes(5).toNanos();

    private final HttpClient client = HttpClient.newHttpClient();
    private final RunFile stack;
    private String token = "";
    private long signedInNanos;

    public ProjectionsApi(RunFile stack) {
        this.stack = stack;
    }

    List<String> names() throws IOException, InterruptedException {
        return all().valueStream().map(view -> view.required("name").asString()).toList();
    }

    public Optional<JsonNode> view(String name) throws IOException, InterruptedException {
        return all().valueStream()
                .filter(view -> view.required("name").asString().equals(name))
                .findFirst();
    }

    /** The number of the generation that is being built, begun now or before. */
    public int rebuild(String name) throws IOException, InterruptedException {
        return send("POST", stack.query() + "/projections/" + name + "/rebuild")
                .required("building")
                .required("build")
                .asInt();
    }

    /** Has Kafka's copy of the events written anew; how many there are. */
    long writeCopyAnew() throws IOException, InterruptedException {
        return send("POST", stack.command() + "/relay/rebuild")
                .required("events")
                .asLong();
    }

    /** How Kafka's copy of the events stands. */
    JsonNode copy() throws IOException, InterruptedException {
        return send("GET", stack.command() + "/relay");
    }

    private JsonNode all() throws IOException, InterruptedException {
        return send("GET", stack.query() + "/projections").required("items");
    }

    private JsonNode send(String method, String address) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + token())
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            throw new StackException(
                    method + " " + address + " answered " + answer.statusCode() + ": " + answer.body());
        }
        return MAPPER.readTree(answer.body());
    }

    /** A token ends after a while; a rebuild may take longer. */
    private String token() throws IOException, InterruptedException {
        if (token.isEmpty() || System.nanoTime() - signedInNanos > TOKEN_NANOS) {
            RunFile.Account ministry = Objects.requireNonNull(stack.accounts().get("ministry"), "ministry");
            token = CommandApi.signIn(client, stack.command(), ministry).token();
            signedInNanos = System.nanoTime();
        }
        return token;
    }
}
