package io.forgewatch.query;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.forgewatch.event.identity.Role;
import io.forgewatch.query.given.Broker;
import io.forgewatch.query.given.Store;
import io.forgewatch.query.given.Story;
import io.forgewatch.query.given.Tokens;
import io.forgewatch.query.given.Wire;
import io.forgewatch.query.projection.Progress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.web.reactive.server.WebTestClient;

/** The whole side with its document store cut off: whoever asks is told to come again, and the log stays readable. */
class StoreAwayTest {

    private static final String WORKS = "GT3702110001";
    private static final String NATION = Tokens.of(Role.MINISTRY, "nation");

    private static Broker broker;
    private static Store store;
    private static Wire wire;
    private static ConfigurableApplicationContext side;
    private static WebTestClient http;

    @BeforeAll
    static void a_side() throws Exception {
        broker = new Broker();
        store = new Store();
        wire = new Wire(store);
        Story story = new Story(Instant.now().minusSeconds(3_000));
        broker.relay(story.enterprise(WORKS));
        side = QuerySide.start(Map.of(
                "server.port", 0,
                "forgewatch.kafka.bootstrap", broker.bootstrap(),
                "forgewatch.mongodb.uri", wire.uri(),
                "forgewatch.security.token-public-key", Tokens.publicKey()));
        http = WebTestClient.bindToServer()
                .baseUrl("http://127.0.0.1:" + side.getEnvironment().getProperty("local.server.port"))
                .responseTimeout(Duration.ofSeconds(30))
                .build();
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> side.getBean(Progress.class).reached() == story.position());
    }

    @AfterAll
    static void stop() {
        side.close();
        wire.close();
        store.close();
        broker.close();
    }

    @Test
    void given_a_store_that_is_away_when_read_then_it_is_503_with_retry_after_and_no_error_in_the_log() {
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        get("/enterprises/" + WORKS).expectStatus().isOk();
        root.addAppender(log);
        wire.cut();
        try {
            for (String path : List.of(
                    "/enterprises",
                    "/enterprises/" + WORKS,
                    "/alarms?status=ACTIVE",
                    "/warnings/" + WORKS + "-W1",
                    "/patrol/overview")) {
                get(path)
                        .expectStatus()
                        .isEqualTo(503)
                        .expectHeader()
                        .exists("Retry-After")
                        .expectBody()
                        .jsonPath("$.code")
                        .isEqualTo("unavailable");
            }
        } finally {
            root.detachAppender(log);
        }

        assertThat(log.list.stream().filter(event -> event.getLevel().isGreaterOrEqual(Level.ERROR)))
                .isEmpty();
    }

    private static WebTestClient.ResponseSpec get(String path) {
        return http.get()
                .uri(java.net.URI.create(
                        "http://127.0.0.1:" + side.getEnvironment().getProperty("local.server.port") + path))
                .header("Authorization", "Bearer " + NATION)
                .exchange();
    }
}
