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
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the query side tells the ministry of its views, and the command side of what they are made from, asked over HTTP. */
public final class ProjectionsApi {

    private static final JsonMapper MAPPER = new JsonMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int CONFLICT = 409;
    private static final int UNAVAILABLE = 503;
    private static final int ATTEMPTS = 10;
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

    /** The position that all views have reached. */
    public long reached() throws IOException, InterruptedException {
        return all().valueStream()
                .mapToLong(view -> view.required("position").asLong())
                .min()
                .orElse(0);
    }

    /** The number of the generation that is being built, begun now or before. */
    public int rebuild(String name) throws IOException, InterruptedException {
        return send("POST", stack.query() + "/projections/" + name + "/rebuild")
                .required("building")
                .required("build")
                .asInt();
    }

    /** Has Kafka's copy of the events written anew; whether it was not as the store is. */
    boolean writeCopyAnew() throws IOException, InterruptedException {
        String address = stack.command() + "/relay/rebuild";
        HttpResponse<String> answer = answer("POST", address);
        if (answer.statusCode() == CONFLICT
                && MAPPER.readTree(answer.body()).path("code").asString("").equals("copy-intact")) {
            return false;
        }
        successful("POST " + address, answer);
        return true;
    }

    /** How Kafka's copy of the events stands. */
    public JsonNode copy() throws IOException, InterruptedException {
        return send("GET", stack.command() + "/relay");
    }

    private JsonNode all() throws IOException, InterruptedException {
        return send("GET", stack.query() + "/projections").required("items");
    }

    private JsonNode send(String method, String address) throws IOException, InterruptedException {
        HttpResponse<String> answer = answer(method, address);
        for (int again = 0; answer.statusCode() == UNAVAILABLE && again < ATTEMPTS; again++) {
            TimeUnit.SECONDS.sleep(1);
            answer = answer(method, address);
        }
        return successful(method + " " + address, answer);
    }

    private HttpResponse<String> answer(String method, String address) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + token())
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode successful(String request, HttpResponse<String> answer) {
        if (answer.statusCode() / 100 != 2) {
            throw new StackException(request + " answered " + answer.statusCode() + ": " + answer.body());
        }
        return MAPPER.readTree(answer.body());
    }

    /** A token ends after a while; a rebuild may take longer. */
    private String token() throws IOException, InterruptedException {
        if (token.isEmpty() || System.nanoTime() - signedInNanos > TOKEN_NANOS) {
            RunFile.Account ministry = Objects.requireNonNull(stack.accounts().get("ministry"), "ministry");
            token = CommandApi.signInWhenOpened(client, stack.command(), ministry)
                    .token();
            signedInNanos = System.nanoTime();
        }
        return token;
    }
}
