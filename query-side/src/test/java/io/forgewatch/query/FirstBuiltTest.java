package io.forgewatch.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.forgewatch.event.identity.Role;
import io.forgewatch.query.given.Broker;
import io.forgewatch.query.given.Store;
import io.forgewatch.query.given.Tokens;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.web.reactive.server.WebTestClient;

/** A side that has built nothing yet, since there is no topic: every read says so, and none shows half of it. */
class FirstBuiltTest {

    private static final String WORKS = "GT3702110001";

    private static Broker broker;
    private static Store store;
    private static ConfigurableApplicationContext side;
    private static WebTestClient http;

    @BeforeAll
    static void a_side_without_events() throws Exception {
        broker = new Broker();
        broker.deleteEvents();
        store = new Store();
        side = QuerySide.start(Map.of(
                "server.port", 0,
                "forgewatch.kafka.bootstrap", broker.bootstrap(),
                "forgewatch.mongodb.uri", store.uri(),
                "forgewatch.security.token-public-key", Tokens.publicKey()));
        http = WebTestClient.bindToServer()
                .baseUrl("http://127.0.0.1:" + side.getEnvironment().getProperty("local.server.port"))
                .responseTimeout(Duration.ofSeconds(30))
                .build();
    }

    @AfterAll
    static void stop() {
        side.close();
        store.close();
        broker.close();
    }

    private static WebTestClient.ResponseSpec get(String path) {
        return http.get()
                .uri(path)
                .header("Authorization", "Bearer " + Tokens.of(Role.MINISTRY, "nation"))
                .exchange();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/alarms",
                "/alarms/" + WORKS + "010001.BF_CW_P.LOW.1795507200000",
                "/devices",
                "/devices/" + WORKS + "010001",
                "/enterprises",
                "/enterprises/" + WORKS,
                "/gateways",
                "/gateways?state=UNKNOWN",
                "/gateways?state=ONLINE",
                "/gateways/" + WORKS + "-G1",
                "/patrol/overview",
                "/warnings",
                "/warnings/" + WORKS + "-W1",
                "/warnings/" + WORKS + "-W1/segments",
                "/streams/warnings"
            })
    void given_views_that_are_built_for_the_first_time_when_read_then_it_is_said_and_nothing_is_shown(String path) {
        get(path)
                .expectStatus()
                .isEqualTo(503)
                .expectHeader()
                .exists("Retry-After")
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("view-building");
    }

    @Test
    void given_every_read_of_the_specification_when_looked_at_then_it_is_among_those_above() {
        get("/v3/api-docs")
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.paths")
                .value(paths -> {
                    assertThat(((Map<?, ?>) paths)
                                    .keySet().stream()
                                            .map(Object::toString)
                                            .filter(path -> !path.startsWith("/projections")
                                                    && !path.startsWith("/auth")
                                                    && !path.startsWith("/problems")))
                            .containsExactlyInAnyOrder(
                                    "/alarms",
                                    "/alarms/{id}",
                                    "/devices",
                                    "/devices/{id}",
                                    "/enterprises",
                                    "/enterprises/{id}",
                                    "/gateways",
                                    "/gateways/{id}",
                                    "/patrol/overview",
                                    "/warnings",
                                    "/warnings/{id}",
                                    "/warnings/{id}/segments",
                                    "/streams/warnings");
                });
    }
}
