package io.forgewatch.command.transparency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.forgewatch.command.eventstore.EmbeddedStore;
import io.forgewatch.command.fixture.Broker;
import io.forgewatch.event.identity.Role;
import io.forgewatch.log.Checkpoint;
import io.forgewatch.log.Note;
import io.forgewatch.log.VerifierKey;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.health.contributor.Status;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What an operator sees who has restored an old backup. */
@Timeout(240)
class NewEpochOverHttpTest {

    private static final String AUDITOR = LogServer.token(Role.AUDITOR, "nation");
    private static final String MINISTRY = LogServer.token(Role.MINISTRY, "nation");

    @TempDir
    Path folder;

    @Test
    void given_a_store_whose_tail_was_cut_when_it_starts_then_commands_are_refused_until_the_ministry_opens_an_epoch()
            throws Exception {
        String database = EmbeddedStore.newDatabase();
        try (Broker broker = Broker.start(folder.resolve("kafka"))) {
            try (LogServer before = new LogServer(database, broker, folder)) {
                assertThat(before.register("GT3702110001").statusCode()).isEqualTo(201);
                assertThat(before.register("GT3702110002").statusCode()).isEqualTo(201);
            }
            assertThat(Checkpoint.of(Note.parse(Files.readAllBytes(folder.resolve("shipped/1/checkpoint"))))
                            .size())
                    .as("a checkpoint of all is shipped at the stop")
                    .isEqualTo(2);
            String name = EmbeddedStore.nameOf(database);
            EmbeddedStore.execute(name, "delete from events where position > 1");
            EmbeddedStore.execute(name, "delete from event_tags where position > 1");
            EmbeddedStore.execute(name, "delete from log_checkpoints");

            try (LogServer after = new LogServer(database, broker, folder)) {
                HttpResponse<byte[]> refused = after.register("GT3702110003");
                assertThat(refused.statusCode()).isEqualTo(503);
                assertThat(json(refused).path("code").asString()).isEqualTo("log-departed");
                assertThat(json(refused).path("detail").asString()).contains("forgewatch.local/log/1", "epoch 2");
                assertThat(after.health()).isEqualTo(Status.OUT_OF_SERVICE);
                assertThat(after.get("none", "/actuator/health").statusCode()).isEqualTo(503);
                assertThat(after.get(AUDITOR, "/log/checkpoint").statusCode()).isEqualTo(503);
                assertThat(after.get(AUDITOR, "/audit/subjects/enterprise/GT3702110001/events")
                                .statusCode())
                        .isEqualTo(200);

                HttpResponse<byte[]> opened = open(after);
                assertThat(opened.statusCode()).isEqualTo(201);
                assertThat(json(opened).path("origin").asString()).isEqualTo("forgewatch.local/log/2");
                assertThat(open(after).body()).as("the same key again").isEqualTo(opened.body());

                assertThat(after.register("GT3702110003").statusCode()).isEqualTo(201);
                byte[] checkpoint = after.post(AUDITOR, "/log/checkpoints", "").body();
                List<VerifierKey> known = VerifierKey.parseLines(
                        new String(after.get(AUDITOR, "/log/keys").body(), StandardCharsets.UTF_8));
                assertThat(Checkpoint.check(Note.parse(checkpoint), known)).isEqualTo(new Note.Check.Signed(known));
                assertThat(Checkpoint.of(Note.parse(checkpoint)).size()).isEqualTo(3);
                assertThat(after.health()).isEqualTo(Status.UP);
                await().atMost(Duration.ofSeconds(60))
                        .until(() -> Files.exists(folder.resolve("shipped/2/checkpoint")));
                await().atMost(Duration.ofSeconds(60))
                        .until(() -> Checkpoint.of(Note.parse(Files.readAllBytes(folder.resolve("shipped/checkpoint"))))
                                .origin()
                                .equals("forgewatch.local/log/2"));
            }
        }
    }

    private static HttpResponse<byte[]> open(LogServer server) {
        return server.postWithKey(MINISTRY, "/log/epochs", "{\"reason\":\"restored from a backup\"}", "epoch-2");
    }

    private static JsonNode json(HttpResponse<byte[]> answer) {
        return JsonMapper.shared().readTree(answer.body());
    }
}
