package io.forgewatch.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Whoever names the position that his command was answered with reads what he did, each time: over both sides as they run. */
class ReadYourWritesTest {

    private static final int ROUNDS = 50;
    private static final String POSITION = "Forgewatch-Position";
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final JsonMapper MAPPER = new JsonMapper();

    private final HttpClient client = HttpClient.newHttpClient();
    private final RunFile run = StackFixture.running();

    @Test
    void given_commands_one_after_the_other_when_each_position_is_named_at_once_then_what_was_done_is_there()
            throws Exception {
        String token = ministry();
        for (int round = 1; round <= ROUNDS; round++) {
            String enterprise = "GT37028490" + "%02d".formatted(round);
            HttpResponse<String> registered = post("/enterprises", token, """
                    {"id": "%s", "name": "日照钢铁", "region": "370284", "industry": "STEEL", "profile": "STEEL_LONG"}""".formatted(enterprise));
            assertThat(registered.statusCode()).as(registered.body()).isEqualTo(201);

            HttpResponse<String> read = read("/enterprises/" + enterprise, token, registered);

            assertThat(read.statusCode()).as("%s, round %d", read.body(), round).isEqualTo(200);
        }
    }

    /** A busy machine's views may need longer than one request waits: then it says so, and is sent again. */
    private HttpResponse<String> read(String path, String token, HttpResponse<?> command) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(run.query() + path))
                .header("Authorization", "Bearer " + token)
                .header(POSITION, command.headers().firstValue(POSITION).orElseThrow())
                .build();
        AtomicReference<HttpResponse<String>> last = new AtomicReference<>();
        Await.until("its position is shown", PATIENCE, () -> {
            last.set(client.send(request, HttpResponse.BodyHandlers.ofString()));
            return last.get().statusCode() != 504;
        });
        return last.get();
    }

    private String ministry() throws Exception {
        RunFile.Account account = run.accounts().get("ministry");
        HttpResponse<String> answer = post(
                "/auth/tokens",
                "none",
                MAPPER.writeValueAsString(Map.of("username", account.username(), "password", account.password())));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return MAPPER.readTree(answer.body()).required("accessToken").asString();
    }

    private HttpResponse<String> post(String path, String token, String body) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(run.command() + path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (!token.equals("none")) {
            request.header("Authorization", "Bearer " + token);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
