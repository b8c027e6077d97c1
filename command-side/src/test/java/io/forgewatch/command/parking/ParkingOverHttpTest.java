package io.forgewatch.command.parking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.forgewatch.command.eventstore.EmbeddedStore;
import io.forgewatch.command.fixture.Broker;
import io.forgewatch.command.transparency.LogServer;
import io.forgewatch.event.identity.Role;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is parked of the whole command side, to those whose it is. */
@Timeout(240)
class ParkingOverHttpTest {

    private static final String WORKS = "GT3702110001";
    private static final String MINISTRY = LogServer.token(Role.MINISTRY, "nation");
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    @Test
    void given_a_date_that_keeps_failing_when_looked_at_then_its_works_and_authorities_see_it_and_it_is_resumed()
            throws Exception {
        String database = EmbeddedStore.newDatabase();
        String name = EmbeddedStore.nameOf(database);
        try (Broker broker = Broker.start(folder.resolve("kafka"));
                LogServer side = new LogServer(database, broker, folder)) {
            assertThat(side.register(WORKS).statusCode()).isEqualTo(201);
            // A command that only other code can read.
            EmbeddedStore.execute(
                    name,
                    "insert into due_dates (key, due_at, command_name, command, owner) values ('" + WORKS
                            + "/poison', now() - interval '1 hour', 'AssessRisk', '{\"enterprise\": 7}', '" + WORKS
                            + "')");

            await().atMost(LONG).until(() -> items(side, MINISTRY).size() == 1);
            JsonNode seen = items(side, MINISTRY).get(0);
            assertThat(seen.path("worker").asString()).isEqualTo("due-dates");
            assertThat(seen.path("cause").asString()).isEqualTo("FAILING");
            assertThat(seen.path("attempts").asInt()).isGreaterThanOrEqualTo(3);
            assertThat(seen.path("reason").asString()).isNotBlank();
            assertThat(items(side, LogServer.token(Role.ENTERPRISE, "enterprise:" + WORKS)))
                    .singleElement()
                    .satisfies(mine -> assertThat(mine.path("reason").isNull()).isTrue());
            assertThat(items(side, LogServer.token(Role.PROVINCE, "region:370211")))
                    .hasSize(1);
            assertThat(items(side, LogServer.token(Role.PROVINCE, "region:110000")))
                    .isEmpty();
            assertThat(items(side, LogServer.token(Role.ENTERPRISE, "enterprise:GT3702110002")))
                    .isEmpty();
            assertThat(side.get("none", "/parked").statusCode()).isEqualTo(401);
            for (String bad : List.of("cursor=AQACQUI", "cursor=x", "limit=0", "limit=501", "worker=signals")) {
                assertThat(side.get(MINISTRY, "/parked?" + bad).statusCode())
                        .as(bad)
                        .isEqualTo(400);
            }

            assertThat(health(side)).isEqualTo("UP");
            EmbeddedStore.execute(name, "update parkings set since = now() - interval '61 seconds'");
            await().atMost(LONG).until(() -> health(side).equals("DOWN"));
            assertThat(side.get("none", "/actuator/health/readiness").statusCode())
                    .isEqualTo(200);

            String id = seen.path("id").asString();
            assertThat(resumed(side, LogServer.token(Role.ENTERPRISE, "enterprise:" + WORKS), id)
                            .statusCode())
                    .isEqualTo(403);
            assertThat(resumed(side, MINISTRY, "no-id").statusCode()).isEqualTo(404);
            assertThat(resumed(side, MINISTRY, "01a223f6-59e6-7901-a221-fe5d71695931")
                            .statusCode())
                    .isEqualTo(404);

            EmbeddedStore.execute(
                    name,
                    "update due_dates set command = '{\"enterprise\":{\"value\":\"" + WORKS
                            + "\"},\"at\":\"2026-11-29T00:00:00Z\"}', claimed_until = now() + interval '1 hour'"
                            + " where key = '" + WORKS + "/poison'");
            assertThat(resumed(side, MINISTRY, id).statusCode()).isEqualTo(202);
            await().atMost(LONG).until(() -> items(side, MINISTRY).isEmpty());
            await().atMost(LONG).until(() -> health(side).equals("UP"));
        }
    }

    private static HttpResponse<byte[]> resumed(LogServer side, String token, String id) {
        return side.post(token, "/parked/" + id + "/resumption", "");
    }

    private static List<JsonNode> items(LogServer side, String token) {
        return JsonMapper.shared()
                .readTree(side.get(token, "/parked").body())
                .path("items")
                .valueStream()
                .toList();
    }

    private static String health(LogServer side) {
        return JsonMapper.shared()
                .readTree(side.get("none", "/actuator/health").body())
                .path("components")
                .path("parked")
                .path("status")
                .asString();
    }
}
