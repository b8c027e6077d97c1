package io.forgewatch.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.forgewatch.query.given.Tokens;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What whoever watches over this process hears while no store can be reached: that it began, that it lives, that it is not ready. */
class ProbesTest {

    /** Nobody listens at port 1. */
    private static final String NOBODY = "127.0.0.1:1";

    private final HttpClient client = HttpClient.newHttpClient();

    @ParameterizedTest
    @ValueSource(strings = {"startup", "liveness"})
    void givenNoStoreAtAll_whenASideIsAskedWhetherToEndIt_thenItSaysNo(String group) throws Exception {
        try (ConfigurableApplicationContext side = side()) {
            HttpResponse<String> answer = ask(side, group);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertThat(parts(answer).propertyNames())
                    .containsExactly(group.equals("liveness") ? "livenessState" : "readinessState");
        }
    }

    @Test
    void givenNoStoreAtAll_whenASideIsAskedWhetherItIsReady_thenItIsNotSinceItNeverReachedThem() throws Exception {
        try (ConfigurableApplicationContext side = side()) {
            HttpResponse<String> answer = ask(side, "readiness");
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
            assertThat(parts(answer).propertyNames()).containsExactlyInAnyOrder("readinessState", "storesReached");
            assertThat(parts(answer).path("storesReached").path("status").asString())
                    .isEqualTo("OUT_OF_SERVICE");
        }
    }

    private static JsonNode parts(HttpResponse<String> answer) {
        return new JsonMapper().readTree(answer.body()).path("components");
    }

    @Test
    void givenASide_whenAskedForWhatNobodyConfigured_thenThereIsNone() throws Exception {
        try (ConfigurableApplicationContext side = side()) {
            assertThat(ask(side, "started").statusCode()).isEqualTo(404);
        }
    }

    private HttpResponse<String> ask(ConfigurableApplicationContext side, String group) throws Exception {
        String port = side.getEnvironment().getRequiredProperty("local.server.port");
        return client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/actuator/health/" + group))
                        .timeout(Duration.ofSeconds(30))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static ConfigurableApplicationContext side() {
        return QuerySide.start(Map.of(
                "server.port",
                0,
                "spring.lifecycle.timeout-per-shutdown-phase",
                "1s",
                "forgewatch.kafka.bootstrap",
                NOBODY,
                "forgewatch.mongodb.uri",
                "mongodb://" + NOBODY + "/none",
                "forgewatch.security.token-public-key",
                Tokens.publicKey()));
    }
}
