package io.forgewatch.command.web;

import static io.forgewatch.command.web.CommandServer.AUDITOR;
import static io.forgewatch.command.web.CommandServer.HEBEI;
import static io.forgewatch.command.web.CommandServer.MINISTRY;
import static io.forgewatch.command.web.CommandServer.OTHER_WORKS;
import static io.forgewatch.command.web.CommandServer.SHANDONG;
import static io.forgewatch.command.web.CommandServer.WORKS;
import static io.forgewatch.command.web.CommandServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.forgewatch.command.alarm.Alarms;
import io.forgewatch.command.web.CommandServer.Who;
import io.forgewatch.event.alarm.AlarmEvent.AlarmEnded;
import io.forgewatch.event.alarm.AlarmEvent.AlarmRaised;
import io.forgewatch.event.alarm.AlarmEvent.PointOutOfForce;
import io.forgewatch.event.alarm.Limit;
import io.forgewatch.event.equipment.Severity;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Who may say that a sensor is dead, and who decides on it. */
class SensorFaultDoorsTest {

    private static final AlarmRaised ALARM = Alarms.raised("BF_CW_P", Limit.LL, Severity.A, Duration.ZERO);
    private static final String PATH = "/alarms/" + ALARM.alarmId() + "/sensor-fault";
    private static final String REASON = "{\"reason\": \"证据不足\"}";

    private static CommandServer server;

    @BeforeAll
    static void start() {
        server = new CommandServer();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void opened() {
        server.store().forget();
        server.store().given(ALARM);
    }

    private static String claim(int days) {
        return "{\"evidence\": \"输出恒为 0\", \"substitute\": \"人工抄表\", \"until\": \""
                + Instant.now().plus(days, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS) + "\"}";
    }

    private static String code(HttpResponse<String> answer) {
        JsonNode body = json(answer);
        return body.path("code").asString();
    }

    @Test
    void givenAnOpenAlarm_whenItsWorksClaimsAndTheProvinceAccepts_thenItIsOver() {
        assertThat(server.post(WORKS, PATH, claim(10)).statusCode()).isEqualTo(200);
        HttpResponse<String> accepted = server.post(SHANDONG, PATH + "/acceptance", "");

        assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(200);
        assertThat(server.store().events()).hasAtLeastOneElementOfType(AlarmEnded.class);
        assertThat(server.store().events().getLast()).isInstanceOf(PointOutOfForce.class);
        assertThat(code(server.post(MINISTRY, PATH + "/acceptance", ""))).isEqualTo("alarm-cleared");
    }

    @Test
    void givenAClaim_whenTheMinistryRejectsIt_thenThereIsNothingToAcceptAnyMore() {
        assertThat(server.post(SHANDONG, PATH + "/acceptance", "").statusCode()).isEqualTo(409);
        server.post(WORKS, PATH, claim(10));

        assertThat(server.post(MINISTRY, PATH + "/rejection", "{\"reason\": \" \"}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(server.post(MINISTRY, PATH + "/rejection", REASON).statusCode())
                .isEqualTo(200);
        assertThat(code(server.post(SHANDONG, PATH + "/acceptance", ""))).isEqualTo("sensor-fault-not-claimed");
    }

    @Test
    void givenSomebodyWhoMayNot_thenForbiddenOrNotThere() {
        for (Who who : List.of(SHANDONG, MINISTRY, AUDITOR)) {
            assertThat(server.post(who, PATH, claim(10)).statusCode()).isEqualTo(403);
        }
        for (Who who : List.of(OTHER_WORKS, HEBEI)) {
            assertThat(server.post(who, PATH, claim(10)).statusCode()).isEqualTo(404);
            assertThat(server.post(who, PATH + "/acceptance", "").statusCode()).isEqualTo(404);
            assertThat(server.post(who, PATH + "/rejection", REASON).statusCode())
                    .isEqualTo(404);
        }
        for (Who who : List.of(WORKS, AUDITOR)) {
            assertThat(server.post(who, PATH + "/acceptance", "").statusCode()).isEqualTo(403);
            assertThat(server.post(who, PATH + "/rejection", REASON).statusCode())
                    .isEqualTo(403);
        }
    }

    @Test
    void givenABadClaim_thenItSaysWhatIsWrong() {
        HttpResponse<String> tooLong = server.post(WORKS, PATH, claim(31));
        assertThat(tooLong.statusCode()).isEqualTo(422);
        assertThat(code(tooLong)).isEqualTo("sensor-fault-too-long");
        assertThat(server.post(WORKS, PATH, claim(10).replace("人工抄表", "")).statusCode())
                .isEqualTo(400);
        assertThat(server.post(WORKS, PATH, "{\"evidence\": \"x\"}").statusCode())
                .isEqualTo(400);
        assertThat(server.post(WORKS, "/alarms/nonsense/sensor-fault", claim(10))
                        .statusCode())
                .isEqualTo(404);
    }
}
