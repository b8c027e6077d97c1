package io.forgewatch.command.web;

import static io.forgewatch.command.alarm.Alarms.ENTERPRISE;
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
import io.forgewatch.event.alarm.AlarmEvent.AlarmRaised;
import io.forgewatch.event.alarm.AlarmEvent.AlarmReturned;
import io.forgewatch.event.alarm.AlarmEvent.AlarmSettled;
import io.forgewatch.event.alarm.Direction;
import io.forgewatch.event.alarm.Limit;
import io.forgewatch.event.equipment.Severity;
import io.forgewatch.event.feedback.FeedbackEvent.FeedbackSubmitted;
import io.forgewatch.event.risk.RiskLevel;
import io.forgewatch.event.telemetry.GatewayEvent.GatewayRegistered;
import io.forgewatch.event.warning.BilingualText;
import io.forgewatch.event.warning.Deadlines;
import io.forgewatch.event.warning.Demand;
import io.forgewatch.event.warning.WarningEvent.WarningIssued;
import io.forgewatch.event.warning.WarningEvent.WarningSegmentAdded;
import io.forgewatch.web.SpecificationCheck;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class CommandDoorsTest {

    private static final String STEEL = """
            {"id": "GT3702110001", "name": "示范钢铁", "region": "370211", "industry": "STEEL", "profile": "STEEL_LONG"}""";
    private static final String FURNACE = """
            {"id": "GT3702110001010001", "name": "1号高炉", "area": "炼铁区",
             "indicators": [{"indicator": "BF_CW_P"}, {"indicator": "BF_CW_F", "rated": 1200}]}""";
    private static final String W1 = ENTERPRISE + "-W1";
    private static final AlarmRaised ALARM = Alarms.raised("BF_CW_P", Limit.LL, Severity.A, Duration.ZERO);
    private static final Instant NOW = Instant.now();

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
    void forget() {
        server.store().forget();
    }

    private void registered() {
        assertThat(server.post(MINISTRY, "/enterprises", STEEL).statusCode()).isEqualTo(201);
    }

    private void warned(RiskLevel level) {
        Instant now = Instant.now();
        server.store()
                .given(new WarningIssued(
                        W1,
                        level,
                        40,
                        new BilingualText("预警", "warning"),
                        List.of(),
                        0,
                        0,
                        new Demand(1, level, new Deadlines(now, now, now)),
                        now,
                        now));
    }

    @Test
    void givenNothing_whenAnEnterpriseIsRegistered_thenItIsOnceAndItsPositionIsTold() {
        HttpResponse<String> first = server.post(SHANDONG, "/enterprises", STEEL, "Idempotency-Key", "one");
        HttpResponse<String> again = server.post(SHANDONG, "/enterprises", STEEL, "Idempotency-Key", "one");
        HttpResponse<String> other =
                server.post(SHANDONG, "/enterprises", STEEL.replace("示范", "另外"), "Idempotency-Key", "one");

        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(json(first).path("id").asString()).isEqualTo(ENTERPRISE);
        assertThat(first.headers().firstValue("Forgewatch-Position")).contains("1");
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.headers().firstValue("Forgewatch-Position")).contains("1");
        assertThat(other.statusCode()).isEqualTo(422);
        assertThat(json(other).path("code").asString()).isEqualTo("idempotency-conflict");
        assertThat(server.store().events()).hasSize(1);
        assertThat(server.store().recorded().getFirst().actor().wire()).isEqualTo("account/shandong");
    }

    @Test
    void givenOneKeyOfTwoAccounts_thenTheyDontMeet() {
        registered();
        assertThat(server.post(WORKS, "/enterprises/GT3702110001/gateways", "", "Idempotency-Key", "k")
                        .statusCode())
                .isEqualTo(201);
        assertThat(server.post(SHANDONG, "/enterprises/GT3702110001/devices", FURNACE, "Idempotency-Key", "k")
                        .statusCode())
                .isEqualTo(201);
    }

    @Test
    void givenAKeyTooLong_thenItIsRefused() {
        HttpResponse<String> answer = server.post(MINISTRY, "/enterprises", STEEL, "Idempotency-Key", "x".repeat(201));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).path("code").asString()).isEqualTo("invalid-parameter");
    }

    @Test
    void givenSomebodyWhoMayNot_whenAnEnterpriseIsRegistered_thenForbidden() {
        for (Who who : List.of(WORKS, AUDITOR, HEBEI)) {
            assertThat(server.post(who, "/enterprises", STEEL).statusCode()).isEqualTo(403);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"id": "GT3702110001"} | 400 | invalid-value
                    {"id": "GT37", "name": "x", "region": "370211", "industry": "STEEL", "profile": "STEEL_LONG"} | 400 | invalid-value
                    {"id": "GT3702110001", "name": " ", "region": "3702", "industry": "STEEL", "profile": "STEEL_LONG"} | 400 | invalid-value
                    {"id": "GT3702110001", "name": "x", "region": "370211", "industry": "COPPER", "profile": "STEEL_LONG"} | 400 | invalid-value
                    {"id": "GT3702110001", "name": "x", "region": "370211", "industry": "STEEL", "profile": "STEEL_LONG", "more": 1} | 400 | unknown-field
                    {"id": "GT3702110001", "name": "x", "region": "370212", "industry": "STEEL", "profile": "STEEL_LONG"} | 422 | region-mismatch
                    {"id": "GT3702110001", "name": "x", "region": "370211", "industry": "STEEL", "profile": "ALUMINIUM_OTHER"} | 422 | industry-mismatch
                    {"id": "GT3702110001", "name": "x", "region": "370211", "industry": "STEEL", "profile": "STEEL_LONG", "creditCode": "x"} | 422 | credit-code-malformed
                    {"id": | 400 | malformed-json
                    """)
    void givenABadRequest_whenAnEnterpriseIsRegistered_thenItSaysWhatIsWrong(String body, int status, String code) {
        HttpResponse<String> answer = server.post(MINISTRY, "/enterprises", body);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(json(answer).path("code").asString()).isEqualTo(code);
        assertThat(server.store().events()).isEmpty();
    }

    @Test
    void givenSeveralWrongFields_thenAllAreTold() {
        JsonNode answer = json(
                server.post(MINISTRY, "/enterprises", STEEL.replace("示范钢铁", " ").replace("\"370211\"", "\"3702\"")));

        assertThat(answer.path("errors")
                        .valueStream()
                        .map(each -> each.path("pointer").asString()))
                .containsExactly("#/name", "#/region");
    }

    @Test
    void givenAnEnterprise_whenItRegistersADevice_thenItsPointsAreCounted() {
        registered();

        HttpResponse<String> answer = server.post(WORKS, "/enterprises/GT3702110001/devices", FURNACE);

        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(json(answer).path("points").asInt()).isEqualTo(2);
    }

    @Test
    void givenSomebodyElse_whenADeviceIsRegistered_thenTheEnterpriseIsNotThere() {
        registered();

        for (Who who : List.of(OTHER_WORKS, HEBEI)) {
            assertThat(server.post(who, "/enterprises/GT3702110001/devices", FURNACE)
                            .statusCode())
                    .isEqualTo(404);
        }
        assertThat(server.post(AUDITOR, "/enterprises/GT3702110001/devices", FURNACE)
                        .statusCode())
                .isEqualTo(403);
        assertThat(server.post(
                                MINISTRY,
                                "/enterprises/GT3702110009/devices",
                                FURNACE.replace("10001010001", "10009010001"))
                        .statusCode())
                .isEqualTo(404);
        assertThat(server.post(MINISTRY, "/enterprises/nonsense/devices", FURNACE)
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void givenADeviceOfAnotherEnterpriseOrWithoutWhatItNeeds_thenRefused() {
        registered();

        HttpResponse<String> foreign = server.post(
                WORKS, "/enterprises/GT3702110001/devices", FURNACE.replace("GT3702110001", "GT3702110002"));
        assertThat(foreign.statusCode()).isEqualTo(400);
        assertThat(json(foreign).path("errors").path(0).path("pointer").asString())
                .isEqualTo("#/id");
        HttpResponse<String> incomplete =
                server.post(WORKS, "/enterprises/GT3702110001/devices", FURNACE.replace(", \"rated\": 1200", ""));
        assertThat(incomplete.statusCode()).isEqualTo(422);
        assertThat(json(incomplete).path("code").asString()).isEqualTo("reference-missing");
        assertThat(json(incomplete).at("/errors/0/pointer").asString()).startsWith("#/indicators/");
        assertThat(json(incomplete).path("detail").asString())
                .contains("BF_CW_F")
                .contains("rated");
    }

    @Test
    void givenAnEnterprise_whenAGatewayIsRegistered_thenItsSecretIsToldAndOnlySealedKept() {
        registered();

        HttpResponse<String> answer =
                server.post(SHANDONG, "/enterprises/GT3702110001/gateways", "", "Idempotency-Key", "gateway");
        HttpResponse<String> again =
                server.post(SHANDONG, "/enterprises/GT3702110001/gateways", "", "Idempotency-Key", "gateway");

        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(json(answer).path("id").asString()).isEqualTo("GT3702110001-G1");
        String secret = json(answer).path("secret").asString();
        assertThat(Base64.getDecoder().decode(secret)).hasSize(32);
        assertThat(again.body()).isEqualTo(answer.body());
        assertThat(server.store().events().getLast())
                .isInstanceOfSatisfying(
                        GatewayRegistered.class,
                        event -> assertThat(event.sealedSecret()).doesNotContain(secret));
    }

    @Test
    void given_an_alarm_of_a_gateway_when_acknowledged_then_by_its_own_works_only() {
        AlarmRaised offline = new AlarmRaised(
                "GT3702110001-G1._.OFFLINE.1732440000100",
                null,
                null,
                null,
                null,
                Direction.OFFLINE,
                Limit.OFFLINE,
                Severity.C,
                null,
                null,
                0,
                null,
                NOW,
                NOW,
                List.of(),
                null,
                1,
                false,
                null,
                "GT3702110001-G1",
                List.of(),
                0);
        server.store().given(offline);

        assertThat(server.post(WORKS, "/alarms/" + offline.alarmId() + "/acknowledgement", "")
                        .statusCode())
                .isEqualTo(200);
        for (String none : List.of(
                "GT1302050001-G1._.OFFLINE.1732440000100",
                "GT3702110001-G2._.OFFLINE.1732440000100",
                "GT3702110001-G01._.OFFLINE.1732440000100",
                "GT3702110001-G1._.OFFLINE.01732440000100")) {
            assertThat(server.post(WORKS, "/alarms/" + none + "/acknowledgement", "")
                            .statusCode())
                    .as(none)
                    .isEqualTo(404);
        }
    }

    @Test
    void givenAnAlarm_whenTheEnterpriseAcknowledgesAndClearsIt_thenByTheRules() {
        server.store().given(ALARM);
        String alarm = "/alarms/" + ALARM.alarmId();
        String clearance = "{\"cause\": \"泵跳闸\", \"measure\": \"切换备用泵\"}";

        assertThat(server.post(WORKS, alarm + "/acknowledgement", "").statusCode())
                .isEqualTo(200);
        HttpResponse<String> early = server.post(WORKS, alarm + "/clearance", clearance);
        assertThat(early.statusCode()).isEqualTo(409);
        assertThat(json(early).path("code").asString()).isEqualTo("alarm-not-returned");
        server.store().given(new AlarmReturned(ALARM.alarmId(), 0.35, NOW.minusSeconds(301)));
        HttpResponse<String> unsettled = server.post(WORKS, alarm + "/clearance", clearance);
        assertThat(unsettled.statusCode()).isEqualTo(409);
        assertThat(json(unsettled).path("code").asString()).isEqualTo("alarm-not-settled");
        server.store().given(new AlarmSettled(ALARM.alarmId(), NOW.minusSeconds(1)));
        assertThat(server.post(WORKS, alarm + "/clearance", "{\"cause\": \"\", \"measure\": \"m\"}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(server.post(WORKS, alarm + "/clearance", clearance).statusCode())
                .isEqualTo(200);
        assertThat(json(server.post(WORKS, alarm + "/clearance", clearance))
                        .path("code")
                        .asString())
                .isEqualTo("alarm-cleared");
    }

    @Test
    void givenAnAlarm_whenSomebodyElseTouchesIt_thenNotFoundOrForbidden() {
        server.store().given(ALARM);
        String path = "/alarms/" + ALARM.alarmId() + "/acknowledgement";

        assertThat(server.post(OTHER_WORKS, path, "").statusCode()).isEqualTo(404);
        assertThat(server.post(HEBEI, path, "").statusCode()).isEqualTo(404);
        assertThat(server.post(SHANDONG, path, "").statusCode()).isEqualTo(403);
        assertThat(server.post(MINISTRY, path, "").statusCode()).isEqualTo(403);
        assertThat(server.post(AUDITOR, path, "").statusCode()).isEqualTo(403);
        assertThat(server.post(WORKS, "/alarms/nonsense/acknowledgement", "").statusCode())
                .isEqualTo(404);
        assertThat(server.post(WORKS, "/alarms/GT3702110001010001.BF_CW_P.LOW.5/acknowledgement", "")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void givenANewerDemand_whenAnAnswerNamesTheOlder_thenItIsKeptAndAskedForAnewAlsoWhenRepeated() {
        warned(RiskLevel.YELLOW);
        Instant now = Instant.now();
        server.store()
                .given(new WarningSegmentAdded(
                        W1,
                        RiskLevel.RED,
                        80,
                        new BilingualText("预警", "warning"),
                        List.of(),
                        0,
                        0,
                        new Demand(2, RiskLevel.RED, new Deadlines(now, now, now)),
                        null,
                        now,
                        now));
        String path = "/warnings/" + W1 + "/feedback";
        String older = "{\"demand\": 1, \"cause\": \"泵跳闸\", \"measures\": \"切换\", \"person\": \"王\", \"occurredAt\":"
                + " \"" + Instant.now() + "\"}";

        HttpResponse<String> first = server.post(WORKS, path, older, "Idempotency-Key", "older");
        HttpResponse<String> again = server.post(WORKS, path, older, "Idempotency-Key", "older");

        assertThat(first.statusCode()).isEqualTo(409);
        assertThat(json(first).path("code").asString()).isEqualTo("demand-superseded");
        assertThat(first.headers().firstValue("Forgewatch-Position")).isPresent();
        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(server.store().events().stream().filter(FeedbackSubmitted.class::isInstance))
                .hasSize(1);
        assertThat(server.post(WORKS, path, older.replace("\"demand\": 1", "\"demand\": 3"))
                        .statusCode())
                .isEqualTo(422);
        assertThat(server.post(WORKS, path, older.replace("\"demand\": 1", "\"demand\": 0"))
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void givenAnOrangeWarning_whenItIsAnsweredAndVerified_thenEachByWhomTheRulesName() {
        warned(RiskLevel.ORANGE);
        String warning = "/warnings/" + W1;
        String feedback = "{\"cause\": \"泵跳闸\", \"measures\": \"切换\", \"person\": \"王\", \"occurredAt\": \""
                + Instant.now() + "\"}";
        String verification = "{\"result\": \"PASSED\", \"note\": \"现场核查合格\"}";

        assertThat(server.post(WORKS, warning + "/feedback", feedback).statusCode())
                .isEqualTo(409);
        for (Who who : List.of(SHANDONG, MINISTRY, AUDITOR)) {
            assertThat(server.post(who, warning + "/signature", "").statusCode())
                    .isEqualTo(403);
            assertThat(server.post(who, warning + "/feedback", feedback).statusCode())
                    .isEqualTo(403);
        }
        assertThat(server.post(WORKS, warning + "/signature", "").statusCode()).isEqualTo(200);
        HttpResponse<String> answered = server.post(WORKS, warning + "/feedback", feedback);
        assertThat(answered.statusCode()).isEqualTo(200);
        assertThat(json(answered).path("number").asInt()).isEqualTo(1);
        for (Who who : List.of(WORKS, MINISTRY, AUDITOR)) {
            assertThat(server.post(who, warning + "/feedback/1/acceptance", "").statusCode())
                    .isEqualTo(403);
            assertThat(server.post(who, warning + "/feedback/1/return", "{\"reason\": \"x\"}")
                            .statusCode())
                    .isEqualTo(403);
            assertThat(server.post(who, warning + "/verification", verification).statusCode())
                    .isEqualTo(403);
        }
        assertThat(server.post(HEBEI, warning + "/verification", verification).statusCode())
                .isEqualTo(404);
        assertThat(server.post(SHANDONG, warning + "/verification", verification)
                        .statusCode())
                .isEqualTo(409);
        assertThat(server.post(SHANDONG, warning + "/feedback/1/return", "{\"reason\": \"不充分\"}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(server.post(WORKS, warning + "/feedback", feedback).statusCode())
                .isEqualTo(200);
        assertThat(server.post(SHANDONG, warning + "/feedback/2/acceptance", "").statusCode())
                .isEqualTo(200);
        assertThat(server.post(SHANDONG, warning + "/feedback/3/acceptance", "").statusCode())
                .isEqualTo(404);
        assertThat(server.post(SHANDONG, warning + "/feedback/x/acceptance", "").statusCode())
                .isEqualTo(404);
        assertThat(server.post(SHANDONG, warning + "/verification", "{\"result\": \"MAYBE\", \"note\": \"n\"}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(server.post(SHANDONG, warning + "/verification", verification)
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void givenAStory_whenTheAuditorReadsIt_thenNewestFirstInPagesAndByWhomItWasDone() {
        warned(RiskLevel.YELLOW);
        server.post(WORKS, "/warnings/" + W1 + "/signature", "");
        String path = "/audit/subjects/warning/" + W1 + "/events";

        JsonNode first = json(server.get(AUDITOR, path + "?limit=1"));
        assertThat(first.path("items").size()).isEqualTo(1);
        JsonNode signed = first.path("items").path(0);
        assertThat(signed.path("name").asString()).isEqualTo("WarningSigned");
        assertThat(signed.path("position").asLong()).isEqualTo(2);
        assertThat(signed.path("version").asInt()).isEqualTo(1);
        assertThat(signed.path("actor").asString()).isEqualTo("account/works");
        assertThat(signed.path("payload").path("by").asString()).isEqualTo("works");
        assertThat(Instant.parse(signed.path("at").asString()))
                .isBefore(Instant.now().plusSeconds(1));
        JsonNode second = json(server.get(
                AUDITOR, path + "?limit=1&cursor=" + first.path("next").asString()));
        assertThat(second.path("items").path(0).path("name").asString()).isEqualTo("WarningIssued");
        assertThat(second.path("next").isNull()).isTrue();
        assertThat(json(server.get(MINISTRY, path + "?position=1"))
                        .path("items")
                        .size())
                .isEqualTo(1);
        assertThat(json(server.get(SHANDONG, path + "?at=2020-01-01T00:00:00Z"))
                        .path("items")
                        .size())
                .isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "nonsense/GT3702110001, 400",
        "account/GT3702110001, 400",
        "gateway/GT3702110001-G1, 404",
        "gateway/GT3702110001, 404",
        "camera/GT3702110001-C1, 400",
        "warning/nonsense, 404",
        "warning/GT3702110001-W2, 404",
        "rope/GT3702110001-R1, 404",
        "warning/GT3702110001-W1?limit=0, 400",
        "warning/GT3702110001-W1?cursor=nonsense, 400",
        "warning/GT3702110001-W1?position=x, 400",
        "warning/GT3702110001-W1?at=x, 400",
        "warning/GT3702110001-W1?more=1, 400",
    })
    void givenABadQuestion_whenTheAuditorAsks_thenItIsRefused(String subject, int status) {
        warned(RiskLevel.YELLOW);
        int query = subject.indexOf('?');
        String path =
                query < 0 ? subject + "/events" : subject.substring(0, query) + "/events" + subject.substring(query);

        HttpResponse<String> answer = server.get(AUDITOR, "/audit/subjects/" + path);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    }

    @Test
    void givenAnotherJurisdiction_whenTheStoryIsRead_thenItIsNotThere() {
        warned(RiskLevel.YELLOW);
        String path = "/audit/subjects/warning/" + W1 + "/events";

        assertThat(server.get(WORKS, path).statusCode()).isEqualTo(200);
        assertThat(server.get(OTHER_WORKS, path).statusCode()).isEqualTo(404);
        assertThat(server.get(HEBEI, path).statusCode()).isEqualTo(404);
    }

    /** Of each operation that takes a key, whether it tells that its outcome may be unknown. */
    private static List<Boolean> unknownOutcomes(JsonNode document) {
        return document.path("paths").values().stream()
                .flatMap(path -> path.values().stream())
                .filter(operation -> operation.path("parameters").values().stream()
                        .anyMatch(one -> one.path("name").asString().equals("Idempotency-Key")))
                .map(operation -> operation.path("responses").path("504"))
                .map(answer -> answer.has("$ref")
                        ? document.at(answer.path("$ref").asString().substring(1))
                        : answer)
                .map(answer ->
                        answer.at("/content/application~1problem+json/examples").has("outcome-unknown"))
                .toList();
    }

    @Test
    void givenTheSpecification_thenARefusalOfACommandIsShownByItsOwnCodes() {
        JsonNode document = json(server.get(MINISTRY, "/v3/api-docs"));
        JsonNode conflict = document.at("/paths/~1enterprises/post/responses/409/content/application~1problem+json");
        assertThat(conflict.path("examples").propertyNames())
                .containsExactlyInAnyOrder("concurrent-change", "enterprise-exists");
        assertThat(conflict.at("/examples/enterprise-exists/value/code").asString())
                .isEqualTo("enterprise-exists");
    }

    @Test
    void givenTheSpecification_thenEveryCommandHasASummaryAndItsErrorAnswers() {
        JsonNode document = json(server.get(MINISTRY, "/v3/api-docs"));
        JsonNode paths = document.path("paths");

        assertThat(SpecificationCheck.faults(document)).isEmpty();
        assertThat(unknownOutcomes(document)).isNotEmpty().allMatch(told -> told);

        for (String path : List.of(
                "/enterprises",
                "/enterprises/{id}/devices",
                "/enterprises/{id}/gateways",
                "/alarms/{id}/acknowledgement",
                "/alarms/{id}/clearance",
                "/alarms/{id}/sensor-fault",
                "/alarms/{id}/sensor-fault/acceptance",
                "/alarms/{id}/sensor-fault/rejection",
                "/warnings/{id}/signature",
                "/warnings/{id}/feedback",
                "/warnings/{id}/feedback/{n}/acceptance",
                "/warnings/{id}/feedback/{n}/return",
                "/warnings/{id}/verification")) {
            JsonNode operation = paths.path(path).path("post");
            assertThat(operation.path("summary").asString()).as(path).isNotBlank();
            assertThat(operation.path("responses").propertyNames())
                    .as(path)
                    .contains("400", "401", "403", "409", "422");
            assertThat(operation.path("responses").has("404")).as(path).isEqualTo(path.contains("{"));
            JsonNode done = operation.path("responses").properties().stream()
                    .filter(answer -> answer.getKey().startsWith("2"))
                    .findFirst()
                    .orElseThrow()
                    .getValue();
            assertThat(done.at("/headers/Forgewatch-Position/schema/type").asString())
                    .as(path)
                    .isEqualTo("integer");
            assertThat(done.at("/content/application~1json/schema/$ref").asString())
                    .as(path)
                    .isNotEmpty();
            assertThat(operation
                            .path("parameters")
                            .valueStream()
                            .map(each -> each.path("name").asString()))
                    .as(path)
                    .doesNotContain("caller");
        }
    }
}
