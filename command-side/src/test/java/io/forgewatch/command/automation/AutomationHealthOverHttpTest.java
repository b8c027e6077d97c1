package io.forgewatch.command.automation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.forgewatch.command.alarm.Alarms;
import io.forgewatch.command.decision.Commands;
import io.forgewatch.command.eventstore.EmbeddedStore;
import io.forgewatch.command.fixture.Broker;
import io.forgewatch.command.transparency.LogServer;
import io.forgewatch.event.Actor;
import io.forgewatch.event.alarm.Limit;
import io.forgewatch.event.equipment.Severity;
import io.forgewatch.event.identity.Role;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole command side, of whose database a part breaks that automations need and nobody else. */
@Timeout(240)
class AutomationHealthOverHttpTest {

    private static final String MINISTRY = LogServer.token(Role.MINISTRY, "nation");
    private static final String ENTERPRISE = LogServer.token(Role.ENTERPRISE, "enterprise:" + Alarms.ENTERPRISE);
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    @Test
    void
            given_no_due_dates_can_be_entered_when_a_warning_is_issued_then_it_is_seen_and_requests_are_served_all_the_same()
                    throws Exception {
        String database = EmbeddedStore.newDatabase();
        try (Broker broker = Broker.start(folder.resolve("kafka"));
                LogServer side = new LogServer(database, broker, folder)) {
            await().atMost(LONG).until(() -> automations(side).equals("UP"));
            assertThat(side.register(Alarms.ENTERPRISE).statusCode()).isEqualTo(201);
            String name = EmbeddedStore.nameOf(database);
            EmbeddedStore.execute(name, "alter table due_dates rename to torn_up");

            side.bean(Commands.class)
                    .send(Alarms.breach(Limit.LL, Severity.A, 0), new Actor("detection", "0"), "breach")
                    .block(LONG);

            await().atMost(LONG).until(() -> automations(side).equals("DOWN"));
            assertThat(side.get("none", "/actuator/health").statusCode()).isEqualTo(503);
            assertThat(side.get("none", "/actuator/health/readiness").statusCode())
                    .isEqualTo(200);
            assertThat(side.get(MINISTRY, "/relay").statusCode()).isEqualTo(200);
            assertThat(side.get(ENTERPRISE, "/automations").statusCode()).isEqualTo(403);
            JsonNode stuck = assessing(side);
            assertThat(stuck.path("standstill").path("why").asString()).contains("due_dates");
            assertThat(stuck.path("standstill").has("lasting")).isFalse();
            assertThat(stuck.path("lag").asLong()).isPositive();
            assertThat(stuck.path("parked").isEmpty()).isTrue();

            EmbeddedStore.execute(name, "alter table torn_up rename to due_dates");
            await().atMost(LONG).until(() -> automations(side).equals("UP"));
            assertThat(assessing(side).path("standstill").isNull()).isTrue();
        }
    }

    /** Of the first automation that enters a due date for an alarm. */
    private static JsonNode assessing(LogServer side) {
        return JsonMapper.shared()
                .readTree(side.get(MINISTRY, "/automations").body())
                .path("items")
                .valueStream()
                .filter(one -> one.path("name").asString().equals("WhenAlarmChangesThenAssessRisk"))
                .findFirst()
                .orElseThrow();
    }

    private static String automations(LogServer side) {
        HttpResponse<byte[]> answer = side.get("none", "/actuator/health");
        JsonNode part =
                JsonMapper.shared().readTree(answer.body()).path("components").path("automations");
        assertThat(part.has("details")).isFalse();
        return part.path("status").asString();
    }
}
