package io.forgewatch.command.equipment;

import static io.forgewatch.command.web.CommandServer.AUDITOR;
import static io.forgewatch.command.web.CommandServer.HEBEI;
import static io.forgewatch.command.web.CommandServer.MINISTRY;
import static io.forgewatch.command.web.CommandServer.OTHER_WORKS;
import static io.forgewatch.command.web.CommandServer.SHANDONG;
import static io.forgewatch.command.web.CommandServer.WORKS;
import static io.forgewatch.command.web.CommandServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.forgewatch.command.web.CommandServer;
import io.forgewatch.command.web.CommandServer.Who;
import io.forgewatch.event.equipment.EquipmentEvent.PointRangeSet;
import io.forgewatch.event.equipment.Range;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PointRangeDoorTest {

    private static final String DEVICE = "GT3702110001010001";
    private static final String DOOR = "/devices/" + DEVICE + "/points/BF_CW_P/range";
    private static final String NARROW = "{\"low\": 0, \"high\": 1.0}";
    private static final String WIDE = "{\"low\": 0, \"high\": 1.6}";

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
    void aFurnace() {
        server.store().forget();
        assertThat(server.post(MINISTRY, "/enterprises", """
                                {"id": "GT3702110001", "name": "示范钢铁", "region": "370211", "industry": "STEEL", "profile": "STEEL_LONG"}""").statusCode()).isEqualTo(201);
        assertThat(registered("").statusCode()).isEqualTo(201);
    }

    private static HttpResponse<String> registered(String range) {
        return server.post(WORKS, "/enterprises/GT3702110001/devices", """
                {"id": "%s", "name": "1号高炉", "area": "炼铁区",
                 "indicators": [{"indicator": "BF_CW_P"%s}, {"indicator": "BF_RELIEF_ILK"}]}""".formatted(DEVICE, range));
    }

    private static List<PointRangeSet> told() {
        return server.store().events().stream()
                .filter(PointRangeSet.class::isInstance)
                .map(PointRangeSet.class::cast)
                .toList();
    }

    private static String code(HttpResponse<String> answer) {
        return json(answer).path("code").asString();
    }

    @Test
    void givenAPoint_whenTheWorksTellsItsRangeAndThenAWiderOne_thenBothCountAndTheSameAgainDoesNothing() {
        HttpResponse<String> first = server.put(WORKS, DOOR, NARROW);
        HttpResponse<String> wider = server.put(WORKS, DOOR, WIDE);
        HttpResponse<String> again = server.put(WORKS, DOOR, WIDE);

        assertThat(first.statusCode()).as(first.body()).isEqualTo(200);
        assertThat(json(first).path("id").asString()).isEqualTo(DEVICE);
        assertThat(json(first).path("indicator").asString()).isEqualTo("BF_CW_P");
        assertThat(first.headers().firstValue("Forgewatch-Position")).contains("3");
        assertThat(wider.headers().firstValue("Forgewatch-Position")).contains("4");
        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(told()).extracting(PointRangeSet::range).containsExactly(new Range(0, 1.0), new Range(0, 1.6));
        assertThat(told()).extracting(PointRangeSet::by).containsOnly("works");
    }

    @Test
    void givenAKey_whenSentTwice_thenOnceAndAnotherBodyIsAConflict() {
        server.put(WORKS, DOOR, NARROW, "Idempotency-Key", "k");
        HttpResponse<String> again = server.put(WORKS, DOOR, NARROW, "Idempotency-Key", "k");
        HttpResponse<String> other = server.put(WORKS, DOOR, WIDE, "Idempotency-Key", "k");

        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(other.statusCode()).isEqualTo(422);
        assertThat(code(other)).isEqualTo("idempotency-conflict");
        assertThat(told()).hasSize(1);
    }

    @Test
    void givenANarrowerRange_thenTheWorksMayNotAndIsToldWhoMay() {
        server.put(WORKS, DOOR, WIDE);

        HttpResponse<String> refused = server.put(WORKS, DOOR, NARROW);

        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(code(refused)).isEqualTo("forbidden");
        assertThat(json(refused).path("detail").asString()).contains("authority", "ministry", "应急管理部门");
        assertThat(told()).hasSize(1);
        assertThat(server.put(SHANDONG, DOOR, NARROW).statusCode()).isEqualTo(200);
        assertThat(server.put(WORKS, DOOR, WIDE).statusCode()).isEqualTo(200);
        assertThat(server.put(MINISTRY, DOOR, NARROW).statusCode()).isEqualTo(200);
        assertThat(told()).hasSize(4);
    }

    @Test
    void givenSomebodyElse_thenTheDeviceIsNotThereAndAnAuditorMayNot() {
        for (Who who : List.of(OTHER_WORKS, HEBEI)) {
            assertThat(server.put(who, DOOR, WIDE).statusCode()).isEqualTo(404);
        }
        assertThat(server.put(AUDITOR, DOOR, WIDE).statusCode()).isEqualTo(403);
        assertThat(told()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/devices/GT3702110001010002/points/BF_CW_P/range",
                "/devices/GT3702110001010001/points/BF_H2/range",
                "/devices/GT3702110001010001/points/NO_SUCH/range",
                "/devices/GT370211000101000/points/BF_CW_P/range",
                "/devices/nonsense/points/BF_CW_P/range",
            })
    void givenNoSuchDeviceOrPoint_thenNotFound(String path) {
        HttpResponse<String> answer = server.put(MINISTRY, path, WIDE);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(404);
        assertThat(code(answer)).isEqualTo("not-found");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"low": 0, "high": 16} | 422 | range-invalid
                    {"low": 0, "high": 0.3} | 422 | range-invalid
                    {"low": 0.25, "high": 1} | 422 | range-invalid
                    {"low": 1, "high": 0} | 422 | range-invalid
                    {"low": 1, "high": 1} | 422 | range-invalid
                    {"low": -1e308, "high": 1e308} | 422 | range-invalid
                    {"low": 0, "high": 1e999} | 422 | range-invalid
                    {"low": 0} | 400 | invalid-value
                    {"low": null, "high": 1} | 400 | invalid-value
                    {"low": "a", "high": 1} | 400 | invalid-value
                    {"low": 0, "high": 1, "unit": "MPa"} | 400 | unknown-field
                    {"low": NaN, "high": 1} | 400 | malformed-json
                    {"low": | 400 | malformed-json
                    """)
    void givenWhatIsNoRangeOfThePoint_thenItSaysWhatIsWrong(String body, int status, String code) {
        HttpResponse<String> answer = server.put(WORKS, DOOR, body);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(code(answer)).isEqualTo(code);
        assertThat(told()).isEmpty();
    }

    @Test
    void givenStates_thenTheyHaveNoRange() {
        HttpResponse<String> answer =
                server.put(WORKS, DOOR.replace("BF_CW_P", "BF_RELIEF_ILK"), "{\"low\": 0, \"high\": 1}");

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(json(answer).path("detail").asString()).contains("BF_RELIEF_ILK", "模拟量");
    }

    @Test
    void givenARangeAtRegistration_thenItStandsThereOrIsRefused() {
        server.store().forget();
        server.post(MINISTRY, "/enterprises", """
                {"id": "GT3702110001", "name": "示范钢铁", "region": "370211", "industry": "STEEL", "profile": "STEEL_LONG"}""");

        HttpResponse<String> wide = registered(", \"range\": {\"low\": 0, \"high\": 16}");
        HttpResponse<String> half = registered(", \"range\": {\"low\": 0}");
        HttpResponse<String> good = registered(", \"range\": {\"low\": 0, \"high\": 1.6}, \"manual\": true");

        assertThat(wide.statusCode()).isEqualTo(422);
        assertThat(code(wide)).isEqualTo("range-invalid");
        assertThat(half.statusCode()).isEqualTo(400);
        assertThat(good.statusCode()).as(good.body()).isEqualTo(201);
        assertThat(server.put(WORKS, DOOR, WIDE).statusCode()).isEqualTo(200);
        assertThat(told()).isEmpty();
        assertThat(server.put(WORKS, DOOR, NARROW).statusCode()).isEqualTo(403);
    }
}
