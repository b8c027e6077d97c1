package io.forgewatch.command.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.forgewatch.command.eventstore.EmbeddedStore;
import io.forgewatch.command.fixture.Broker;
import io.forgewatch.command.transparency.LogServer;
import io.forgewatch.event.identity.Role;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.health.contributor.Status;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An operator restores an old backup of the store and finds Kafka's copy to be ahead of it. */
@Timeout(240)
class CopyOverHttpTest {

    private static final String MINISTRY = LogServer.token(Role.MINISTRY, "nation");
    private static final String AUDITOR = LogServer.token(Role.AUDITOR, "nation");
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    @Test
    void given_a_restored_store_when_the_ministry_has_the_copy_written_anew_then_it_is_the_stores() throws Exception {
        String database = EmbeddedStore.newDatabase();
        try (Broker broker = Broker.start(folder.resolve("kafka"))) {
            EventTopic topic = new KafkaEventTopic(broker.bootstrap(), (short) 1);
            try (LogServer before = new LogServer(database, broker, folder)) {
                for (String enterprise : new String[] {"GT3702110001", "GT3702110002", "GT3702110003"}) {
                    assertThat(before.register(enterprise).statusCode()).isEqualTo(201);
                }
                await().atMost(LONG).until(() -> topic.last().block().position() == 3);
                assertThat(rebuild(before, MINISTRY, 409).path("code").asString())
                        .isEqualTo("copy-intact");
            }
            for (String table : new String[] {"events", "event_tags"}) {
                EmbeddedStore.execute(EmbeddedStore.nameOf(database), "delete from " + table + " where position > 1");
            }

            try (LogServer after = new LogServer(database, broker, folder)) {
                await().atMost(LONG).until(() -> health(after).equals(Status.OUT_OF_SERVICE));
                HttpResponse<byte[]> opened = after.postWithKey(
                        MINISTRY, "/log/epochs", "{\"reason\":\"restored from a backup\"}", "epoch-2");
                assertThat(opened.statusCode()).isEqualTo(201);
                rebuild(after, AUDITOR, 403);
                assertThat(after.get(AUDITOR, "/relay").statusCode()).isEqualTo(403);
                JsonNode stray = copy(after);
                assertThat(stray.path("copied").asLong()).isEqualTo(3);
                assertThat(stray.path("events").asLong()).isEqualTo(2);
                assertThat(stray.path("stray").path("en").asString()).contains("position 3", "/relay/rebuild");
                assertThat(stray.path("stray").path("zh").asString()).contains("/relay/rebuild");

                assertThat(rebuild(after, MINISTRY, 202).path("events").asLong())
                        .isEqualTo(2);
                await().atMost(LONG).until(() -> topic.last().block().position() == 2);
                assertThat(copy(after))
                        .isEqualTo(JsonMapper.shared().readTree("{\"events\": 2, \"copied\": 2, \"stray\": null}"));
                assertThat(health(after)).isEqualTo(Status.UP);
                rebuild(after, MINISTRY, 409);
            }
        }
    }

    private static Status health(LogServer server) {
        return server.bean(RelayHealth.class).health().block().getStatus();
    }

    private static JsonNode copy(LogServer server) {
        HttpResponse<byte[]> answer = server.get(MINISTRY, "/relay");
        assertThat(answer.statusCode()).isEqualTo(200);
        return JsonMapper.shared().readTree(answer.body());
    }

    private static JsonNode rebuild(LogServer server, String token, int status) {
        HttpResponse<byte[]> answer = server.post(token, "/relay/rebuild", "");
        assertThat(answer.statusCode()).isEqualTo(status);
        return JsonMapper.shared().readTree(answer.body());
    }
}
