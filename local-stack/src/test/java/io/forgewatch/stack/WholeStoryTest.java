package io.forgewatch.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.ConnectionString;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoDatabase;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a newcomer sees, through the doors that everybody uses: a pressure falls, and the right people learn of it. */
class WholeStoryTest {

    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final String POSITION = "Forgewatch-Position";
    private static final String PERSON = "欧阳建国";
    private static final JsonMapper MAPPER = new JsonMapper();

    private final HttpClient client = HttpClient.newHttpClient();
    private final RunFile run = StackFixture.running();

    @Test
    void given_the_demonstration_when_its_pump_fails_then_a_warning_reaches_the_stream_the_lists_and_the_auditor()
            throws Exception {
        String enterprise = run.gateways().getFirst().enterpriseId();
        String ministry = signIn("ministry");

        JsonNode warning = streamed(signIn("enterprise"), enterprise).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertThat(warning.required("status").asString()).isEqualTo("UNSIGNED");
        String id = warning.required("id").asString();

        Await.until(
                "the overview counts it",
                PATIENCE,
                () -> get(run.query(), "/patrol/overview", ministry)
                                .required("warnings")
                                .required("open")
                                .asInt()
                        >= 1);
        assertThat(get(run.query(), "/warnings/" + id, signIn("province"))
                        .required("enterpriseId")
                        .asString())
                .isEqualTo(enterprise);
        Await.until(
                "the alarm is LL",
                PATIENCE,
                () -> get(run.query(), "/alarms?enterpriseId=" + enterprise, ministry)
                        .required("items")
                        .valueStream()
                        .anyMatch(
                                alarm -> alarm.required("indicator").asString().equals("BF_CW_P")
                                        && alarm.required("limit").asString().equals("LL")));
        assertThat(get(run.command(), "/audit/subjects/warning/" + id + "/events", signIn("auditor"))
                        .required("items")
                        .valueStream()
                        .map(event -> event.required("name").asString()))
                .contains("WarningIssued");

        HttpResponse<?> signature = post("/warnings/" + id + "/signature", signIn("enterprise"), "");
        assertThat(signature.statusCode()).isBetween(200, 204);
        assertThat(statusAfter(signature, id, ministry)).isNotEqualTo("UNSIGNED");

        HttpResponse<?> feedback = post(
                "/warnings/" + id + "/feedback",
                signIn("enterprise"),
                "{\"cause\": \"泵跳闸\", \"measures\": \"切换备用泵\", \"person\": \"" + PERSON + "\", \"occurredAt\": \""
                        + Instant.now() + "\"}");
        assertThat(feedback.statusCode()).isEqualTo(200);
        assertThat(statusAfter(feedback, id, ministry)).isNotIn("UNSIGNED", "SIGNED");
        assertThat(documents()).isNotEmpty().noneMatch(document -> document.contains(PERSON));
        assertThat(get(run.command(), "/audit/subjects/warning/" + id + "/events", signIn("auditor")))
                .asString()
                .contains(PERSON);
    }

    /** All that the read models hold. */
    private List<String> documents() {
        try (MongoClient store = MongoClients.create(run.mongodb())) {
            MongoDatabase views = store.getDatabase(
                    Objects.requireNonNullElse(new ConnectionString(run.mongodb()).getDatabase(), "forgewatch"));
            return Flux.from(views.listCollectionNames())
                    .concatMap(name -> views.getCollection(name).find())
                    .map(Document::toJson)
                    .collectList()
                    .block(PATIENCE);
        }
    }

    private CompletableFuture<JsonNode> streamed(String token, String enterprise) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(run.query() + "/streams/warnings"))
                .header("Authorization", "Bearer " + token)
                .header("Last-Event-ID", "0")
                .build();
        return client.sendAsync(request, HttpResponse.BodyHandlers.ofInputStream())
                .thenApplyAsync(answer -> first(answer.body(), enterprise));
    }

    private static JsonNode first(InputStream stream, String enterprise) {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            return lines.lines()
                    .filter(line -> line.startsWith("data:"))
                    .map(line -> MAPPER.readTree(line.substring("data:".length())))
                    .filter(warning ->
                            warning.required("enterpriseId").asString().equals(enterprise))
                    .findFirst()
                    .orElseThrow();
        } catch (java.io.IOException ended) {
            throw new java.io.UncheckedIOException(ended);
        }
    }

    private String signIn(String tier) throws Exception {
        RunFile.Account account = run.accounts().get(tier);
        HttpRequest request = HttpRequest.newBuilder(URI.create(run.command() + "/auth/tokens"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(MAPPER.writeValueAsString(
                        Map.of("username", account.username(), "password", account.password()))))
                .build();
        HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return MAPPER.readTree(answer.body()).required("accessToken").asString();
    }

    /** A warning's status as the query side shows it to whoever names the position that a command answered with. */
    private String statusAfter(HttpResponse<?> command, String id, String token) throws Exception {
        String position = command.headers().firstValue(POSITION).orElseThrow();
        HttpRequest request = reading(run.query(), "/warnings/" + id, token)
                .header(POSITION, position)
                .build();
        AtomicReference<HttpResponse<String>> last = new AtomicReference<>();
        // A busy machine's views may need longer than one request waits: then it says so, and is sent again.
        Await.until("position " + position + " is shown", PATIENCE, () -> {
            last.set(client.send(request, HttpResponse.BodyHandlers.ofString()));
            return last.get().statusCode() != 504;
        });
        HttpResponse<String> answer = last.get();
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return MAPPER.readTree(answer.body()).required("status").asString();
    }

    private static HttpRequest.Builder reading(String side, String path, String token) {
        return HttpRequest.newBuilder(URI.create(side + path)).header("Authorization", "Bearer " + token);
    }

    private JsonNode get(String side, String path, String token) throws Exception {
        HttpRequest request = reading(side, path, token).build();
        HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as("%s: %s", path, answer.body()).isEqualTo(200);
        return MAPPER.readTree(answer.body());
    }

    private HttpResponse<?> post(String path, String token, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(run.command() + path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.discarding());
    }
}
