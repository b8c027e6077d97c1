package io.forgewatch.command.audit;

import static io.forgewatch.command.alarm.Alarms.DEVICE;
import static io.forgewatch.command.alarm.Alarms.ENTERPRISE;
import static io.forgewatch.command.web.CommandServer.AUDITOR;
import static io.forgewatch.command.web.CommandServer.HEBEI;
import static io.forgewatch.command.web.CommandServer.MINISTRY;
import static io.forgewatch.command.web.CommandServer.OTHER_WORKS;
import static io.forgewatch.command.web.CommandServer.SHANDONG;
import static io.forgewatch.command.web.CommandServer.WORKS;
import static io.forgewatch.command.web.CommandServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.forgewatch.command.alarm.AlarmCommand.ReportBreach;
import io.forgewatch.command.decision.Commands;
import io.forgewatch.command.eventstore.EmbeddedStore;
import io.forgewatch.command.web.CommandServer;
import io.forgewatch.command.web.CommandServer.Who;
import io.forgewatch.event.Actor;
import io.forgewatch.event.alarm.AlarmEvent.CausingReading;
import io.forgewatch.event.alarm.AlarmId;
import io.forgewatch.event.alarm.Direction;
import io.forgewatch.event.alarm.Limit;
import io.forgewatch.event.equipment.Severity;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** An inquiry into a warning that really came about: deciders, automations and the store as they run. */
@Timeout(120)
class InquiryTest {

    private static final String W1 = ENTERPRISE + "-W1";
    private static final String STORY = "/audit/warnings/" + W1 + "/story";
    private static final String HISTORY = "/audit/subjects/warning/" + W1 + "/history";

    private static CommandServer server;
    private static AlarmId alarm;

    @BeforeAll
    static void happen() {
        server = CommandServer.on(EmbeddedStore.newDatabase());
        assertThat(server.post(MINISTRY, "/enterprises", """
                {"id": "GT3702110001", "name": "示范钢铁", "region": "370211", "industry": "STEEL", "profile": "STEEL_LONG"}""").statusCode()).isEqualTo(201);
        assertThat(server.post(MINISTRY, "/enterprises/GT3702110001/devices", """
                {"id": "GT3702110001010001", "name": "1号高炉", "area": "炼铁区", "indicators": [{"indicator": "BF_CW_P"}]}""")
                        .statusCode())
                .isEqualTo(201);
        Instant onset = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        alarm = new AlarmId(DEVICE, "BF_CW_P", Direction.LOW, onset.toEpochMilli());
        server.context()
                .getBean(Commands.class)
                .send(
                        new ReportBreach(
                                alarm,
                                "01",
                                "炼铁区",
                                Limit.LL,
                                Severity.A,
                                0.19,
                                0.2,
                                1,
                                "MPa",
                                List.of(new CausingReading(onset, 0.19, 0)),
                                onset.plusMillis(1)),
                        new Actor("detection", "0"),
                        "breach")
                .block(Duration.ofSeconds(30));
        await().atMost(Duration.ofSeconds(60))
                .until(() -> server.get(AUDITOR, STORY).statusCode() == 200);
        assertThat(server.post(WORKS, "/warnings/" + W1 + "/signature", "").statusCode())
                .isEqualTo(200);
        assertThat(server.post(WORKS, "/warnings/" + W1 + "/feedback", """
                {"cause": "泵跳闸", "measures": "切换备用泵", "person": "王", "occurredAt": "%s"}""".formatted(Instant.now()))
                        .statusCode())
                .isEqualTo(200);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static JsonNode told(String path) {
        HttpResponse<String> answer = server.get(AUDITOR, path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json(answer);
    }

    @Test
    void given_a_breach_when_the_story_is_read_then_it_goes_from_the_readings_to_the_answer_by_its_causes() {
        JsonNode story = told(STORY);

        assertThat(story.path("status").asString()).isEqualTo("ANSWERED");
        assertThat(story.path("complete").asBoolean()).isTrue();
        assertThat(story.path("steps")
                        .valueStream()
                        .map(step -> step.path("kind").asString()))
                .containsExactly(
                        "THRESHOLD", "READINGS", "ALARM_RAISED", "RISK", "WARNING_ISSUED", "SIGNATURE", "FEEDBACK");
        JsonNode raised = story.path("steps").path(2);
        JsonNode risk = story.path("steps").path(3);
        assertThat(risk.path("cause").asLong())
                .isEqualTo(raised.path("position").asLong());
        assertThat(story.path("steps").path(4).path("cause").asLong())
                .isEqualTo(risk.path("position").asLong());
        assertThat(story.path("phases")
                        .valueStream()
                        .map(phase -> phase.path("name").asString()))
                .containsExactly(
                        "BREACH_TO_ALARM",
                        "ALARM_TO_RISK",
                        "RISK_TO_WARNING",
                        "WARNING_TO_SIGNATURE",
                        "WARNING_TO_FEEDBACK",
                        "WARNING_TO_RESOLUTION",
                        "WARNING_TO_CLOSING");
        assertThat(story.path("phases").path(3).path("met").asBoolean()).isTrue();
        assertThat(story.path("phases").path(0).path("millis").asLong()).isNotNegative();
    }

    @Test
    void given_the_warning_when_it_is_read_as_it_was_issued_then_it_stands_beside_what_it_is_now() {
        long issued = told("/audit/events?type=WarningIssued")
                .path("items")
                .path(0)
                .path("position")
                .asLong();
        JsonNode history = told(HISTORY + "?position=" + issued);

        assertThat(history.path("then").path("state").path("status").asString()).isEqualTo("UNSIGNED");
        assertThat(history.path("then").path("position").asLong()).isEqualTo(issued);
        assertThat(history.path("now").path("state").path("status").asString()).isEqualTo("ANSWERED");
        assertThat(history.path("since")
                        .valueStream()
                        .map(change -> change.path("field").asString()))
                .contains("status", "answers");
        assertThat(history.path("changes").path("items").size()).isEqualTo(1);
        assertThat(told(HISTORY + "?at=" + Instant.now()).path("then"))
                .isEqualTo(told(HISTORY).path("now"));
        assertThat(told(HISTORY + "?limit=1").path("changes").path("next").isNull())
                .isFalse();
    }

    @Test
    void given_every_type_of_subject_when_its_history_is_read_then_there_is_one_or_a_reason() {
        for (String subject :
                List.of("enterprise/" + ENTERPRISE, "device/" + DEVICE, "alarm/" + alarm, "risk/" + ENTERPRISE)) {
            JsonNode history = told("/audit/subjects/" + subject + "/history");
            assertThat(history.path("now").path("state").size()).as(subject).isPositive();
            assertThat(history.path("enterpriseId").asString()).isEqualTo(ENTERPRISE);
        }
        HttpResponse<String> rope = server.get(AUDITOR, "/audit/subjects/rope/" + ENTERPRISE + "-R1/history");
        assertThat(rope.statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({
        "?at=2026-01-01T00:00:00Z, 404",
        "?position=1, 404",
        "?position=99999, 400",
        "?position=-1, 400",
        "?position=x, 400",
        "?at=x, 400",
        "?at=2999-01-01T00:00:00Z, 400",
        "?at=2026-01-01T00:00:00Z&position=1, 400",
        "?cursor=nonsense, 400",
        "?limit=0, 400",
        "?more=1, 400",
    })
    void given_a_moment_that_makes_no_sense_when_a_history_is_asked_for_then_it_is_refused(String query, int status) {
        HttpResponse<String> answer = server.get(AUDITOR, HISTORY + query);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        if (status == 404) {
            assertThat(json(answer).path("detail").asString()).contains("did not exist then");
        }
    }

    @Test
    void given_others_when_they_ask_then_they_see_what_their_jurisdiction_covers() {
        for (String path : List.of(STORY, HISTORY)) {
            for (Who who : List.of(WORKS, SHANDONG, MINISTRY)) {
                assertThat(server.get(who, path).statusCode()).isEqualTo(200);
            }
            for (Who who : List.of(OTHER_WORKS, HEBEI)) {
                assertThat(server.get(who, path).statusCode()).isEqualTo(404);
            }
        }
        for (String path : List.of(
                "/audit/warnings/" + ENTERPRISE + "-W2/story",
                "/audit/warnings/" + ENTERPRISE + "-W01/story",
                "/audit/warnings/nonsense/story",
                "/audit/subjects/warning/" + ENTERPRISE + "-W2/history",
                "/audit/subjects/device/" + ENTERPRISE + "019999/history")) {
            assertThat(server.get(AUDITOR, path).statusCode()).as(path).isEqualTo(404);
        }
        assertThat(server.get(AUDITOR, "/audit/subjects/nonsense/1/history").statusCode())
                .isEqualTo(400);
    }
}
