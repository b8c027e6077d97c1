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

import io.forgewatch.command.web.CommandServer.Who;
import io.forgewatch.event.telemetry.CodeMeaning;
import io.forgewatch.event.telemetry.CodeValue;
import io.forgewatch.event.telemetry.GatewayEvent.GatewaySettingsChanged;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code PUT /gateways/{id}/settings} over HTTP. */
class GatewayDoorsTest {

    private static final String GATEWAY = ENTERPRISE + "-G1";
    private static final String PATH = "/gateways/" + GATEWAY + "/settings";
    private static final String GOOD = """
            {"codeValues": [{"value": 32767, "meaning": "SPARE"}, {"value": -9999, "meaning": "FAULT"}],
             "exceptIndicators": ["AL_LENGTH"]}""";

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
    void a_works_with_a_furnace_and_a_gateway() {
        server.store().forget();
        server.post(MINISTRY, "/enterprises", """
                {"id": "GT3702110001", "name": "示范钢铁", "region": "370211", "industry": "STEEL", "profile": "STEEL_LONG"}""");
        server.post(WORKS, "/enterprises/" + ENTERPRISE + "/devices", """
                {"id": "GT3702110001010001", "name": "1号高炉", "area": "炼铁区",
                 "indicators": [{"indicator": "BF_CW_P"}, {"indicator": "BF_CW_F", "rated": 1200}]}""");
        server.post(WORKS, "/enterprises/" + ENTERPRISE + "/gateways", "");
        assertThat(server.store().events()).hasSize(3);
    }

    @Test
    void givenItsOwnGateway_whenTheWorksSetsCodes_thenTheyAreSetOnce() {
        HttpResponse<String> first = server.put(WORKS, PATH, GOOD, "Idempotency-Key", "codes");
        HttpResponse<String> again = server.put(WORKS, PATH, GOOD);

        assertThat(first.statusCode()).as(first.body()).isEqualTo(200);
        assertThat(json(first).path("id").asString()).isEqualTo(GATEWAY);
        assertThat(first.headers().firstValue("Forgewatch-Position")).contains("4");
        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(server.store().events()).hasSize(4);
        assertThat(server.store().events().getLast()).isInstanceOfSatisfying(GatewaySettingsChanged.class, changed -> {
            assertThat(changed.codeValues())
                    .containsExactly(new CodeValue(-9999, CodeMeaning.FAULT), new CodeValue(32767, CodeMeaning.SPARE));
            assertThat(changed.exceptIndicators()).containsExactly("AL_LENGTH");
            assertThat(changed.by()).isEqualTo("works");
        });
    }

    @Test
    void givenSomebodyElse_whenTheySetCodes_thenNotFoundOrForbidden() {
        for (Who who : List.of(OTHER_WORKS, HEBEI)) {
            assertThat(server.put(who, PATH, GOOD).statusCode()).isEqualTo(404);
        }
        for (Who who : List.of(SHANDONG, MINISTRY, AUDITOR)) {
            assertThat(server.put(who, PATH, GOOD).statusCode()).isEqualTo(403);
        }
        for (String id : List.of("GT3702110001-G2", "GT3702110001-G01", "GT3702110001", "nonsense", "%00")) {
            assertThat(server.put(WORKS, "/gateways/" + id + "/settings", GOOD).statusCode())
                    .as(id)
                    .isEqualTo(404);
        }
        assertThat(server.store().events()).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {} | 400 | invalid-value
            {"codeValues": null} | 400 | invalid-value
            {"codeValues": [null]} | 400 | invalid-value
            {"codeValues": [{}]} | 400 | invalid-value
            {"codeValues": [{"value": 1}]} | 400 | invalid-value
            {"codeValues": [{"value": "NaN", "meaning": "FAULT"}]} | 400 | invalid-value
            {"codeValues": [{"value": -9999, "meaning": "BROKEN"}]} | 400 | invalid-value
            {"codeValues": [{"value": -9999, "meaning": "FAULT", "more": 1}]} | 400 | unknown-field
            {"codeValues": [{"value": -9999, "meaning": "FAULT"}, {"value": -9999.0, "meaning": "SPARE"}]} | 400 | invalid-value
            {"codeValues": [], "exceptIndicators": ["NOT_ONE"]} | 400 | invalid-value
            {"codeValues": [], "exceptIndicators": ["CO", "CO"]} | 400 | invalid-value
            {"codeValues": [], "exceptIndicators": [null]} | 400 | invalid-value
            {"codeValues": [{"value": 0.3, "meaning": "FAULT"}]} | 422 | code-is-a-value
            {"codeValues": [{"value": 800, "meaning": "FAULT"}]} | 422 | code-is-a-value
            {"codeValues": | 400 | malformed-json
            """)
    void givenABadRequest_whenTheWorksSetsCodes_thenItSaysWhatIsWrong(String body, int status, String code) {
        HttpResponse<String> answer = server.put(WORKS, PATH, body);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(json(answer).path("code").asString()).isEqualTo(code);
        assertThat(server.store().events()).hasSize(3);
    }

    @Test
    void givenANumberThatIsNone_whenTheWorksSetsCodes_thenItIsTheCallersFault() {
        for (String number : List.of("1e999", "-1e999", "NaN", "Infinity")) {
            HttpResponse<String> answer =
                    server.put(WORKS, PATH, "{\"codeValues\": [{\"value\": " + number + ", \"meaning\": \"FAULT\"}]}");
            assertThat(answer.statusCode()).as(number + answer.body()).isEqualTo(400);
        }
    }

    @Test
    void givenTooMany_whenTheWorksSetsCodes_thenRefused() {
        String many = IntStream.range(0, 21)
                .mapToObj(i -> "{\"value\": " + (-9000 - i) + ", \"meaning\": \"FAULT\"}")
                .collect(Collectors.joining(",", "{\"codeValues\": [", "]}"));

        HttpResponse<String> answer = server.put(WORKS, PATH, many);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).path("errors").path(0).path("pointer").asString())
                .isEqualTo("#/codeValues");
    }
}
