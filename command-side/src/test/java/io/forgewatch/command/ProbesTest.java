package io.forgewatch.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.forgewatch.command.transparency.SampleKeys;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What whoever watches over this process hears while no store can be reached: that it began, that it lives, that it is not ready. */
class ProbesTest {

    /** Nobody listens at port 1. */
    private static final String NOBODY = "127.0.0.1:1";

    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    private Path folder;

    @Test
    void givenNoStoreAtAll_whenASideStarts_thenItHasBegunAndLivesAndIsNotReady() throws Exception {
        try (ConfigurableApplicationContext side = side()) {
            String port = side.getEnvironment().getRequiredProperty("local.server.port");
            assertThat(ask(port, "startup").statusCode()).isEqualTo(200);
            assertThat(ask(port, "liveness").statusCode()).isEqualTo(200);
            HttpResponse<String> ready = ask(port, "readiness");
            assertThat(ready.statusCode()).isEqualTo(503);
            JsonNode parts = new JsonMapper().readTree(ready.body()).path("components");
            assertThat(parts.path("doorOpened").path("status").asString()).isEqualTo("OUT_OF_SERVICE");
            assertThat(parts.propertyNames())
                    .containsExactlyInAnyOrder("readinessState", "doorOpened", "detectionBegun");
        }
    }

    private HttpResponse<String> ask(String port, String group) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/actuator/health/" + group))
                        .timeout(Duration.ofSeconds(30))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private ConfigurableApplicationContext side() throws Exception {
        KeyPair keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        return CommandSide.start(Map.ofEntries(
                Map.entry("server.port", 0),
                Map.entry("spring.lifecycle.timeout-per-shutdown-phase", "1s"),
                Map.entry("forgewatch.instance", "alone"),
                Map.entry("forgewatch.postgres.url", "postgresql://nobody:none@" + NOBODY + "/none"),
                Map.entry("forgewatch.kafka.bootstrap", NOBODY),
                Map.entry("forgewatch.detection.state-folder", folder.toString()),
                Map.entry("forgewatch.log.ed25519-private-key", SampleKeys.SECRET),
                Map.entry("forgewatch.log.sm2-private-key", SampleKeys.SECRET),
                Map.entry("forgewatch.security.master-key", Base64.getEncoder().encodeToString(new byte[32])),
                Map.entry(
                        "forgewatch.security.token-private-key",
                        pem("PRIVATE", keys.getPrivate().getEncoded())),
                Map.entry(
                        "forgewatch.security.token-public-key",
                        pem("PUBLIC", keys.getPublic().getEncoded()))));
    }

    private static String pem(String which, byte[] der) {
        return "-----BEGIN " + which + " KEY-----\n" + Base64.getMimeEncoder().encodeToString(der) + "\n-----END "
                + which + " KEY-----\n";
    }
}
