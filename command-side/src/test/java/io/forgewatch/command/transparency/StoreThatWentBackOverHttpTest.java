package io.forgewatch.command.transparency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.forgewatch.command.eventstore.EmbeddedStore;
import io.forgewatch.command.fixture.Broker;
import io.forgewatch.event.identity.Role;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A replica that was behind takes over under a server that runs on: it answers so, is to be started again, and signs nothing. */
@Timeout(240)
class StoreThatWentBackOverHttpTest {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final String AUDITOR = LogServer.token(Role.AUDITOR, "nation");

    @TempDir
    Path folder;

    @Test
    void given_a_store_that_lost_events_when_commands_and_checkpoints_are_asked_for_then_503_until_a_new_start() {
        String database = EmbeddedStore.newDatabase();
        try (Broker broker = Broker.start(folder.resolve("kafka"))) {
            try (LogServer server = new LogServer(database, broker, folder)) {
                for (int works = 1; works <= 3; works++) {
                    assertThat(server.register("GT370211000" + works).statusCode())
                            .isEqualTo(201);
                }
                assertThat(alive(server)).isEqualTo(200);
                for (String table : new String[] {"events", "event_tags", "log_checkpoints"}) {
                    String column = table.equals("log_checkpoints") ? "size" : "position";
                    EmbeddedStore.execute(
                            EmbeddedStore.nameOf(database), "delete from " + table + " where " + column + " > 1");
                }

                await().atMost(LONG).until(() -> alive(server) == 503);
                HttpResponse<byte[]> refused = server.register("GT3702110004");
                assertThat(refused.statusCode()).isEqualTo(503);
                JsonNode problem = JsonMapper.shared().readTree(refused.body());
                assertThat(problem.path("code").asString()).isEqualTo("store-went-back");
                assertThat(problem.path("detail").asString()).contains("started again", "重新启动");
                assertThat(server.postWithKey(AUDITOR, "/log/checkpoints", "{}", "now")
                                .statusCode())
                        .isEqualTo(503);
            }
            try (LogServer again = new LogServer(database, broker, folder)) {
                assertThat(alive(again)).isEqualTo(200);
            }
        }
    }

    private static int alive(LogServer server) {
        return server.get(AUDITOR, "/actuator/health/liveness").statusCode();
    }
}
