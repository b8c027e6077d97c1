package io.forgewatch.query;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.forgewatch.event.RecordedEvent;
import io.forgewatch.event.alarm.AlarmEvent.AlarmAcknowledged;
import io.forgewatch.event.alarm.AlarmEvent.AlarmUpgraded;
import io.forgewatch.event.alarm.AlarmId;
import io.forgewatch.event.alarm.Direction;
import io.forgewatch.event.alarm.Limit;
import io.forgewatch.event.equipment.Severity;
import io.forgewatch.event.identity.Role;
import io.forgewatch.event.risk.RiskLevel;
import io.forgewatch.event.telemetry.CodeMeaning;
import io.forgewatch.event.telemetry.CodeValue;
import io.forgewatch.event.telemetry.FrameWriter;
import io.forgewatch.event.telemetry.GatewayEvent.GatewayBehind;
import io.forgewatch.event.telemetry.GatewayEvent.GatewayClockWrong;
import io.forgewatch.event.telemetry.GatewayEvent.GatewaySettingsChanged;
import io.forgewatch.event.telemetry.Quality;
import io.forgewatch.event.telemetry.RefusalCode;
import io.forgewatch.event.warning.DeadlineKind;
import io.forgewatch.event.warning.WarningEvent.WarningEscalated;
import io.forgewatch.event.warning.WarningEvent.WarningSigned;
import io.forgewatch.query.given.Broker;
import io.forgewatch.query.given.Store;
import io.forgewatch.query.given.Story;
import io.forgewatch.query.given.Tokens;
import io.forgewatch.web.SpecificationCheck;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.search.Search;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.awaitility.Awaitility;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.web.reactive.server.WebTestClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole side, from the topic to the answer: what each tier may read, and what a hostile caller gets. */
class ReadingTest {

    private static final String QINGDAO = "GT3702110001";
    private static final String QINGDAO_ALUMINIUM = "LJ3702110002";
    private static final String TANGSHAN = "GT1302050001";

    private static final String NATION = Tokens.of(Role.MINISTRY, "nation");
    private static final String AUDITOR = Tokens.of(Role.AUDITOR, "nation");
    private static final String SHANDONG = Tokens.of(Role.PROVINCE, "region:37");
    private static final String COUNTY = Tokens.of(Role.PROVINCE, "region:370211");
    private static final String HEBEI = Tokens.of(Role.PROVINCE, "region:13");
    private static final String WORKS = Tokens.of(Role.ENTERPRISE, "enterprise:" + QINGDAO);
    private static final String NEIGHBOUR = Tokens.of(Role.ENTERPRISE, "enterprise:" + QINGDAO_ALUMINIUM);

    private static Broker broker;
    private static Store store;
    private static ConfigurableApplicationContext side;
    private static WebTestClient http;
    private static long position;
    private static Story story;
    private static String alarm;
    private static AlarmId offline;

    @BeforeAll
    static void a_story_is_relayed() throws Exception {
        broker = new Broker();
        store = new Store();
        story = new Story(Instant.now().minusSeconds(3_000));
        List<RecordedEvent> events = new ArrayList<>();
        for (String enterprise : List.of(QINGDAO, QINGDAO_ALUMINIUM, TANGSHAN)) {
            events.add(story.enterprise(enterprise));
            events.add(story.gateway(enterprise));
            events.add(story.deviceOf(enterprise));
            story.pass(1);
        }
        alarm = story.alarmId(QINGDAO);
        events.add(story.alarm(QINGDAO));
        events.add(story.record(new AlarmUpgraded(alarm, Limit.LL, Severity.A, 0.18, 0.2, story.now(), List.of())));
        events.add(story.record(new AlarmAcknowledged(alarm, "works", story.now())));
        offline =
                new AlarmId(QINGDAO + "-G1", "_", Direction.OFFLINE, story.now().toEpochMilli());
        events.add(story.alarmOf(offline, Limit.OFFLINE, false));
        events.add(story.risk(QINGDAO, RiskLevel.YELLOW, 40, alarm));
        events.add(story.warning(QINGDAO, 1, RiskLevel.YELLOW));
        story.pass(600);
        events.add(story.segment(QINGDAO, 1, RiskLevel.ORANGE));
        events.add(story.record(new WarningEscalated(QINGDAO + "-W1", 1, DeadlineKind.SIGN, "CITY", story.now())));
        events.add(story.record(new WarningSigned(QINGDAO + "-W1", "works", story.now())));
        events.add(story.warning(TANGSHAN, 1, RiskLevel.RED));
        events.add(story.record(new GatewayClockWrong(QINGDAO + "-G1", QINGDAO, -310, story.now())));
        events.add(story.record(new GatewayBehind(QINGDAO + "-G1", QINGDAO, 35, story.now())));
        events.add(story.record(new GatewaySettingsChanged(
                QINGDAO + "-G1",
                QINGDAO,
                List.of(new CodeValue(-9999, CodeMeaning.FAULT)),
                List.of("AL_LENGTH"),
                "works",
                story.now())));
        for (RecordedEvent event : events) {
            broker.relay(event);
        }
        position = story.position();
        side = QuerySide.start(Map.of(
                "server.port", 0,
                "forgewatch.kafka.bootstrap", broker.bootstrap(),
                "forgewatch.mongodb.uri", store.uri(),
                "forgewatch.security.token-public-key", Tokens.publicKey()));
        http = WebTestClient.bindToServer()
                .baseUrl("http://127.0.0.1:" + side.getEnvironment().getProperty("local.server.port"))
                .responseTimeout(Duration.ofSeconds(30))
                .build();
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> side.getBean(io.forgewatch.query.projection.Progress.class)
                                .reached()
                        == position);
    }

    @AfterAll
    static void stop() {
        side.close();
        store.close();
        broker.close();
    }

    private static WebTestClient.ResponseSpec get(String token, String path) {
        return http.get()
                .uri(java.net.URI.create(
                        "http://127.0.0.1:" + side.getEnvironment().getProperty("local.server.port") + path))
                .header("Authorization", "Bearer " + token)
                .header("Forgewatch-Position", Long.toString(position))
                .exchange();
    }

    @Test
    void given_a_warning_when_its_works_reads_it_then_it_has_the_fields_of_the_contract() {
        get(WORKS, "/warnings/" + QINGDAO + "-W1")
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.id")
                .isEqualTo(QINGDAO + "-W1")
                .jsonPath("$.enterpriseId")
                .isEqualTo(QINGDAO)
                .jsonPath("$.level")
                .isEqualTo("ORANGE")
                .jsonPath("$.status")
                .isEqualTo("SIGNED")
                .jsonPath("$.riskIndex")
                .isEqualTo(60.0)
                .jsonPath("$.message.zh")
                .isEqualTo("冷却水压力低低")
                .jsonPath("$.issuedAt")
                .value(String.class, at -> assertThat(at).matches("\\d{4}-.*\\.\\d{3}Z"))
                .jsonPath("$.closedAt")
                .value(value -> assertThat(value).isNull())
                .jsonPath("$.deadlines.sign")
                .isNotEmpty()
                .jsonPath("$.segments.length()")
                .isEqualTo(2)
                .jsonPath("$.segments[0].level")
                .isEqualTo("YELLOW")
                .jsonPath("$.segments[1].alarms.length()")
                .isEqualTo(1);
    }

    @Test
    void given_a_caller_that_takes_gzip_when_answered_then_what_is_long_is_and_a_stream_is_not() throws Exception {
        // The client of the other tests unpacks by itself, and says nothing of it.
        try (HttpClient plain = HttpClient.newHttpClient()) {
            HttpResponse<byte[]> list = plain.send(packed("/v3/api-docs"), HttpResponse.BodyHandlers.ofByteArray());
            assertThat(list.headers().firstValue("Content-Encoding")).contains("gzip");
            assertThat(new String(new GZIPInputStream(new ByteArrayInputStream(list.body())).readAllBytes(), UTF_8))
                    .startsWith("{");

            HttpResponse<InputStream> stream =
                    plain.send(packed("/streams/warnings"), HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream told = stream.body()) {
                assertThat(stream.headers().firstValue("Content-Encoding")).isEmpty();
                assertThat(new String(told.readNBytes(10), UTF_8)).matches("(?s)(:|id:|retry:).*");
            }
        }
    }

    private static HttpRequest packed(String path) {
        return HttpRequest.newBuilder(java.net.URI.create(
                        "http://127.0.0.1:" + side.getEnvironment().getProperty("local.server.port") + path))
                .header("Accept-Encoding", "gzip")
                .header("Authorization", "Bearer " + NATION)
                .timeout(Duration.ofSeconds(30))
                .build();
    }

    @Test
    void given_an_alarm_of_a_gateway_when_read_then_it_has_a_subject_and_neither_device_nor_indicator() {
        get(WORKS, "/alarms/" + offline)
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.subject")
                .isEqualTo(QINGDAO + "-G1")
                .jsonPath("$.deviceId")
                .value(value -> assertThat(value).isNull())
                .jsonPath("$.indicator")
                .value(value -> assertThat(value).isNull())
                .jsonPath("$.value")
                .value(value -> assertThat(value).isNull())
                .jsonPath("$.direction")
                .isEqualTo("OFFLINE")
                .jsonPath("$.late")
                .isEqualTo(false);
        get(NEIGHBOUR, "/alarms/" + offline).expectStatus().isNotFound();
    }

    @Test
    void given_alarms_of_devices_and_of_a_gateway_when_listed_then_the_latter_only_for_who_asks_for_it() {
        items(WORKS, "/alarms", 1);
        items(WORKS, "/alarms?subject=" + QINGDAO + "-G1", 1);
        items(WORKS, "/alarms?subject=" + Story.device(QINGDAO), 1);
        items(NEIGHBOUR, "/alarms?subject=" + QINGDAO + "-G1", 0);
        items(WORKS, "/alarms?subject=" + QINGDAO, 0);
        items(WORKS, "/alarms?open=true", 1);
        items(WORKS, "/alarms?open=false", 0);
        items(WORKS, "/alarms?open=true&subject=" + QINGDAO + "-G1", 1);
    }

    @Test
    void
            given_a_warning_of_before_its_segments_had_documents_when_they_are_asked_for_then_they_are_not_said_to_be_none() {
        String path = "/warnings/" + QINGDAO + "-W1";
        MongoDatabase views = side.getBean(MongoDatabase.class);
        MongoCollection<Document> warnings = Flux.from(views.listCollectionNames())
                .filter(name -> name.startsWith("warnings_v"))
                .map(views::getCollection)
                .blockFirst();
        String count = "content.warning.segmentCount";
        Mono.from(warnings.updateOne(Filters.eq("_id", QINGDAO + "-W1"), Updates.unset(count)))
                .block();
        try {
            get(WORKS, path + "/segments")
                    .expectStatus()
                    .isEqualTo(503)
                    .expectHeader()
                    .exists("Retry-After");
            get(WORKS, path)
                    .expectStatus()
                    .isOk()
                    .expectBody()
                    .jsonPath("$.segmentCount")
                    .isEmpty();
        } finally {
            Mono.from(warnings.updateOne(Filters.eq("_id", QINGDAO + "-W1"), Updates.set(count, 2)))
                    .block();
        }
    }

    @Test
    void given_a_warning_when_its_segments_are_read_then_they_are_newest_first_page_by_page() {
        String segments = "/warnings/" + QINGDAO + "-W1/segments";
        get(WORKS, segments + "?limit=1")
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.items.length()")
                .isEqualTo(1)
                .jsonPath("$.items[0].demand")
                .value(demand -> assertThat(demand).isNull())
                .jsonPath("$.items[0].alarmCount")
                .isEqualTo(1)
                .jsonPath("$.next")
                .isNotEmpty();
        get(WORKS, segments)
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.items.length()")
                .isEqualTo(2)
                .jsonPath("$.items[1].level")
                .isEqualTo("YELLOW");
        get(NEIGHBOUR, segments).expectStatus().isNotFound();
        get(WORKS, "/warnings/" + QINGDAO + "-W9/segments").expectStatus().isNotFound();
        get(WORKS, segments + "?limit=0").expectStatus().isBadRequest();
    }

    @Test
    void given_warnings_when_listed_then_each_shows_its_newest_segment_and_how_many_there_are() {
        get(WORKS, "/warnings")
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.items[0].segments.length()")
                .isEqualTo(1)
                .jsonPath("$.items[0].segments[0].level")
                .isEqualTo("ORANGE")
                .jsonPath("$.items[0].segmentCount")
                .isEqualTo(2);
    }

    @Test
    void given_an_alarm_that_was_upgraded_when_read_then_it_is_one_alarm_at_the_outer_limit() {
        get(WORKS, "/alarms/" + alarm)
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.limit")
                .isEqualTo("LL")
                .jsonPath("$.status")
                .isEqualTo("ACKNOWLEDGED")
                .jsonPath("$.value")
                .isEqualTo(0.18)
                .jsonPath("$.unit")
                .isEqualTo("MPa")
                .jsonPath("$.continues")
                .value(value -> assertThat(value).isNull());
    }

    @Test
    void given_an_enterprise_when_read_then_it_says_what_is_not_computed_and_what_is_not_known() {
        get(NATION, "/enterprises/" + QINGDAO)
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.riskLevel")
                .isEqualTo("YELLOW")
                .jsonPath("$.riskIndex")
                .isEqualTo(40.0)
                .jsonPath("$.online")
                .value(value -> assertThat(value).isNull())
                .jsonPath("$.risk.contributions.data")
                .value(value -> assertThat(value).isNull())
                .jsonPath("$.risk.contributions.dataStatus")
                .value(String.class, said -> assertThat(said).contains("not computed yet"))
                .jsonPath("$.risk.contributions.alarms[0].alarmId")
                .isEqualTo(alarm)
                .jsonPath("$.gateways[0].id")
                .isEqualTo(QINGDAO + "-G1")
                .jsonPath("$.gateways[0].state")
                .isEqualTo("UNKNOWN")
                .jsonPath("$.refusedReadings")
                .isEqualTo(0);
    }

    @Test
    void given_a_gateway_when_read_then_it_says_how_its_clock_and_its_data_are_and_what_its_codes_are() {
        get(WORKS, "/gateways/" + QINGDAO + "-G1")
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.enterpriseId")
                .isEqualTo(QINGDAO)
                .jsonPath("$.state")
                .isEqualTo("UNKNOWN")
                .jsonPath("$.clock.wrong")
                .isEqualTo(true)
                .jsonPath("$.clock.offsetSeconds")
                .isEqualTo(-310)
                .jsonPath("$.clock.since")
                .isNotEmpty()
                .jsonPath("$.behind.seconds")
                .isEqualTo(35)
                .jsonPath("$.codes.codeValues[0].value")
                .isEqualTo(-9999.0)
                .jsonPath("$.codes.codeValues[0].meaning")
                .isEqualTo("FAULT")
                .jsonPath("$.codes.exceptIndicators[0]")
                .isEqualTo("AL_LENGTH");
        get(NATION, "/gateways/" + TANGSHAN + "-G1")
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.clock.wrong")
                .isEqualTo(false)
                .jsonPath("$.clock.offsetSeconds")
                .value(value -> assertThat(value).isNull())
                .jsonPath("$.behind")
                .value(value -> assertThat(value).isNull())
                .jsonPath("$.codes.codeValues.length()")
                .isEqualTo(2);
    }

    @Test
    void given_a_device_when_read_then_its_points_have_their_limits() {
        get(WORKS, "/devices/" + Story.device(QINGDAO))
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.class")
                .isEqualTo("01")
                .jsonPath("$.state")
                .isEqualTo("IN_SERVICE")
                .jsonPath("$.points[0].indicator")
                .isEqualTo("BF_CW_P")
                .jsonPath("$.points[0].limits.LL")
                .isEqualTo(0.2)
                .jsonPath("$.points[0].limits.HH")
                .value(value -> assertThat(value).isNull())
                .jsonPath("$.points[0].value")
                .value(value -> assertThat(value).isNull())
                .jsonPath("$.points[0].range")
                .value(range -> assertThat(range).isNull())
                .jsonPath("$.points[0].manual")
                .isEqualTo(false);
        get(WORKS, "/devices")
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.items[0].points")
                .doesNotExist();
    }

    @Test
    void given_the_nation_when_looked_at_then_its_counters_are_kept() {
        get(NATION, "/patrol/overview")
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.scope")
                .isEqualTo("nation")
                .jsonPath("$.position")
                .isEqualTo(position)
                .jsonPath("$.enterprises.total")
                .isEqualTo(3)
                .jsonPath("$.enterprises.byLevel.YELLOW")
                .isEqualTo(1)
                .jsonPath("$.enterprises.byLevel.BLUE")
                .isEqualTo(2)
                .jsonPath("$.devices.total")
                .isEqualTo(3)
                .jsonPath("$.points.total")
                .isEqualTo(6)
                .jsonPath("$.alarms.open")
                .isEqualTo(1)
                .jsonPath("$.warnings.open")
                .isEqualTo(2)
                .jsonPath("$.warnings.overdue")
                .isEqualTo(1)
                .jsonPath("$.warnings.byLevel.RED")
                .isEqualTo(1)
                .jsonPath("$.warnings.byLevel.ORANGE")
                .isEqualTo(1)
                .jsonPath("$.warnings.byLevel.YELLOW")
                .isEqualTo(0);
        get(SHANDONG, "/patrol/overview")
                .expectBody()
                .jsonPath("$.scope")
                .isEqualTo("region:37")
                .jsonPath("$.enterprises.total")
                .isEqualTo(2)
                .jsonPath("$.warnings.open")
                .isEqualTo(1);
        get(SHANDONG, "/patrol/overview?enterpriseId=" + QINGDAO_ALUMINIUM)
                .expectBody()
                .jsonPath("$.enterprises.total")
                .isEqualTo(1)
                .jsonPath("$.warnings.open")
                .isEqualTo(0);
        get(WORKS, "/patrol/overview?region=37")
                .expectBody()
                .jsonPath("$.scope")
                .isEqualTo("enterprise:" + QINGDAO);
        get(HEBEI, "/patrol/overview?region=37").expectStatus().isNotFound();
    }

    @ParameterizedTest
    @CsvSource({"/enterprises,3,2,1,1", "/gateways,3,2,1,1", "/devices,3,2,1,1", "/alarms,1,1,0,1", "/warnings,2,1,1,1"
    })
    void given_a_list_when_each_tier_reads_it_then_it_has_what_the_tier_may_see(
            String list, int nation, int shandong, int hebei, int works) {
        items(NATION, list, nation);
        items(AUDITOR, list, nation);
        items(SHANDONG, list, shandong);
        items(COUNTY, list, shandong);
        items(HEBEI, list, hebei);
        items(WORKS, list, works);
        items(NATION, list + "?region=3702", shandong);
        items(NATION, list + "?region=130205", hebei);
        items(HEBEI, list + "?region=37", 0);
        items(NATION, list + "?enterpriseId=" + QINGDAO, works);
        items(NEIGHBOUR, list + "?enterpriseId=" + QINGDAO, 0);
    }

    private static void items(String token, String path, int count) {
        get(token, path)
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.items.length()")
                .isEqualTo(count);
    }

    @Test
    void given_a_thing_of_another_jurisdiction_when_read_then_it_is_as_if_it_were_not_there() {
        for (String path : List.of(
                "/warnings/" + QINGDAO + "-W1",
                "/alarms/" + alarm,
                "/enterprises/" + QINGDAO,
                "/gateways/" + QINGDAO + "-G1",
                "/devices/" + Story.device(QINGDAO))) {
            get(NATION, path).expectStatus().isOk();
            get(COUNTY, path).expectStatus().isOk();
            for (String stranger : List.of(NEIGHBOUR, HEBEI)) {
                get(stranger, path)
                        .expectStatus()
                        .isNotFound()
                        .expectBody()
                        .jsonPath("$.code")
                        .isEqualTo("not-found");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/warnings/GT3702110001-W999",
                "/warnings/x",
                "/warnings/GT3702110001-W99999999999999999999",
                "/alarms/..%2f..%2fetc",
                "/alarms/GT3702110001010001.BF_CW_P.LOW.1",
                "/enterprises/GT9999999999",
                "/enterprises/%00",
                "/gateways/GT3702110001-G9",
                "/gateways/GT3702110001-G01",
                "/gateways/GT3702110001",
                "/gateways/%7B%22$ne%22:1%7D",
                "/devices/GT3702110001019999",
                "/devices/%7B%22$ne%22:1%7D"
            })
    void given_an_id_of_nothing_when_read_then_it_is_not_found(String path) {
        get(NATION, path).expectStatus().isNotFound();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/warnings?limit=0",
                "/warnings?limit=501",
                "/warnings?limit=1e3",
                "/warnings?level=PURPLE",
                "/warnings?level=red",
                "/warnings?status=OPEN",
                "/warnings?region=3",
                "/warnings?region=37*",
                "/warnings?from=yesterday",
                "/warnings?colour=red",
                "/warnings?status=SIGNED&status=CLOSED",
                "/warnings?status%5B$ne%5D=CLOSED",
                "/warnings?cursor=",
                "/warnings?cursor=AAAA",
                "/warnings?cursor=%27%7C%7C1",
                "/warnings?cursor=AQADYWJj",
                "/alarms?severity=Z",
                "/alarms?deviceId=GT37",
                "/alarms?subject=GT37",
                "/alarms?subject=" + QINGDAO + "-G01",
                "/alarms?subject=%7B%22$gt%22:%22%22%7D",
                "/alarms?open=yes",
                "/alarms?enterpriseId=%7B%22$gt%22:%22%22%7D",
                "/enterprises?industry=COAL",
                "/gateways?state=GONE",
                "/gateways?state=ONLINE&state=OFFLINE",
                "/devices?class=x1",
                "/patrol/overview?region=abc",
                "/patrol/overview?limit=50",
                "/patrol/overview?cursor=abc",
                "/streams/warnings?nonsense=1",
                "/streams/warnings?enterpriseId=" + QINGDAO,
                "/warnings/" + QINGDAO + "-W1?foo=1",
                "/enterprises/" + QINGDAO + "?foo=1",
                "/projections?foo=1"
            })
    void given_a_hostile_parameter_when_read_then_it_is_refused(String path) {
        get(NATION, path)
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("invalid-parameter");
    }

    @Test
    void given_more_than_a_page_when_the_cursor_is_followed_then_each_comes_once_newest_first() {
        List<String> seen = new ArrayList<>();
        String[] next = {null};
        do {
            String cursor = next[0] == null ? "" : "&cursor=" + next[0];
            get(NATION, "/enterprises?limit=1" + cursor)
                    .expectBody()
                    .jsonPath("$.items[0].id")
                    .value(String.class, seen::add)
                    .jsonPath("$.next")
                    .value(value -> next[0] = (String) value);
        } while (next[0] != null);
        assertThat(seen).containsExactly(TANGSHAN, QINGDAO_ALUMINIUM, QINGDAO);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/warnings?",
                "/alarms?",
                "/devices?",
                "/gateways?",
                "/enterprises?industry=STEEL&",
                "/enterprises?region=37&",
            })
    void given_a_cursor_of_another_list_or_of_other_filters_when_used_then_nothing_is_skipped_without_a_word(
            String list) {
        String[] next = {null};
        get(NATION, "/enterprises?limit=1").expectBody().jsonPath("$.next").value(value -> next[0] = (String) value);

        get(NATION, list + "cursor=" + next[0])
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.errors[0].pointer")
                .isEqualTo("#/cursor");
    }

    @Test
    void given_a_time_range_when_listed_then_from_is_within_and_to_is_not() {
        items(
                NATION,
                "/alarms?from="
                        + Instant.ofEpochMilli(
                                io.forgewatch.event.alarm.AlarmId.FORM.parse(alarm).onset()),
                1);
        items(
                NATION,
                "/alarms?to="
                        + Instant.ofEpochMilli(
                                io.forgewatch.event.alarm.AlarmId.FORM.parse(alarm).onset()),
                0);
        items(NATION, "/alarms?from=-999999999-01-01T00:00:00Z&to=%2B999999999-12-31T00:00:00Z", 1);
    }

    @Test
    void given_a_position_that_no_view_has_when_waited_for_then_it_says_how_far_it_is() {
        http.get()
                .uri("/warnings")
                .header("Authorization", "Bearer " + NATION)
                .header("Forgewatch-Position", Long.toString(position + 1_000))
                .exchange()
                .expectStatus()
                .isEqualTo(504)
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("position-not-reached")
                .jsonPath("$.detail")
                .value(String.class, detail -> assertThat(detail).contains("position " + position));
    }

    @Test
    void given_a_position_that_is_yet_to_come_when_it_comes_then_whoever_waits_for_it_is_let_go_and_sees_what_was_done()
            throws Exception {
        double before = gauge("forgewatch.projection.position", "enterprises");
        RecordedEvent next = story.risk(TANGSHAN, RiskLevel.BLUE, 17.5, "none");
        CompletableFuture<HttpResponse<String>> answer = HttpClient.newHttpClient()
                .sendAsync(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:"
                                        + side.getEnvironment().getProperty("local.server.port") + "/enterprises/"
                                        + TANGSHAN))
                                .header("Authorization", "Bearer " + NATION)
                                .header("Forgewatch-Position", Long.toString(next.position()))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        Awaitility.await()
                .pollInterval(Duration.ofMillis(5))
                .until(() -> answer.isDone() || gauge("forgewatch.position.waiting", null) == 1);
        assertThat(answer).as("answered before there was anything to answer").isNotDone();

        broker.relay(next);
        position = next.position();

        HttpResponse<String> seen = answer.get(30, TimeUnit.SECONDS);
        assertThat(seen.statusCode()).as(seen.body()).isEqualTo(200);
        assertThat(seen.body()).contains("\"riskIndex\":17.5");
        assertThat(gauge("forgewatch.position.waiting", null)).isZero();
        assertThat(gauge("forgewatch.projection.position", "enterprises"))
                .isEqualTo(before + 1)
                .isEqualTo(position);
    }

    /** @param view null where it is not told by view */
    private static double gauge(String name, @Nullable String view) {
        Search found = side.getBean(MeterRegistry.class).find(name);
        return Objects.requireNonNull((view == null ? found : found.tag("projection", view)).gauge())
                .value();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "x", "99999999999999999999", "999999999999999999", "1.5", "0x10"})
    void given_a_hostile_position_when_read_then_it_is_refused(String hostile) {
        http.get()
                .uri("/warnings")
                .header("Authorization", "Bearer " + NATION)
                .header("Forgewatch-Position", hostile)
                .exchange()
                .expectStatus()
                .isBadRequest();
    }

    @Test
    void given_a_frame_when_it_came_in_then_the_device_has_its_reading_and_the_works_is_online() throws Exception {
        long now = System.currentTimeMillis();
        FrameWriter frame = new FrameWriter(now);
        String device = Story.device(QINGDAO_ALUMINIUM);
        frame.add(
                frame.device(device.getBytes(StandardCharsets.UTF_8)),
                frame.indicator("BF_CW_P".getBytes(StandardCharsets.UTF_8)),
                now,
                0.42,
                Quality.GOOD);
        frame.refuse(1, RefusalCode.UNKNOWN_DEVICE);
        broker.frame(QINGDAO_ALUMINIUM, frame.write(QINGDAO_ALUMINIUM, QINGDAO_ALUMINIUM + "-G1", 1, new byte[32]));

        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> get(NEIGHBOUR, "/devices/" + device)
                        .expectBody()
                        .jsonPath("$.points[0].value")
                        .isEqualTo(0.42)
                        .jsonPath("$.points[0].quality")
                        .isEqualTo(0)
                        .jsonPath("$.points[0].connected")
                        .isEqualTo(true)
                        .jsonPath("$.points[0].at")
                        .isNotEmpty());
        get(NEIGHBOUR, "/enterprises/" + QINGDAO_ALUMINIUM)
                .expectBody()
                .jsonPath("$.online")
                .isEqualTo(true)
                .jsonPath("$.refusedReadings")
                .isEqualTo(1)
                .jsonPath("$.gateways[0].state")
                .isEqualTo("ONLINE");
        get(NATION, "/gateways?state=ONLINE")
                .expectBody()
                .jsonPath("$.items.length()")
                .isEqualTo(1)
                .jsonPath("$.items[0].id")
                .isEqualTo(QINGDAO_ALUMINIUM + "-G1")
                .jsonPath("$.items[0].lastFrameAt")
                .isNotEmpty()
                .jsonPath("$.items[0].refusedReadings")
                .isEqualTo(1);
        items(NATION, "/gateways?state=UNKNOWN", 2);
        items(NATION, "/gateways?state=UNKNOWN&limit=1", 1);
        items(NEIGHBOUR, "/gateways?state=ONLINE", 1);
        items(WORKS, "/gateways?state=ONLINE", 0);
        items(HEBEI, "/gateways?state=ONLINE&region=37", 0);
    }

    @Test
    void given_the_specification_when_read_then_every_read_has_a_summary_and_its_errors() {
        for (String path : List.of(
                "/patrol/overview",
                "/warnings",
                "/warnings/{id}",
                "/alarms",
                "/alarms/{id}",
                "/enterprises",
                "/enterprises/{id}",
                "/gateways",
                "/gateways/{id}",
                "/devices",
                "/devices/{id}",
                "/streams/warnings")) {
            String operation = "$.paths['" + path + "'].get";
            get(NATION, "/v3/api-docs")
                    .expectBody()
                    .jsonPath(operation + ".summary")
                    .isNotEmpty()
                    .jsonPath(operation + ".responses['400']")
                    .exists()
                    .jsonPath(operation + ".responses['401']")
                    .exists();
        }
    }

    @Test
    void given_the_specification_when_checked_then_it_promises_nothing_false() {
        JsonNode document = JsonMapper.shared()
                .readTree(
                        get(NATION, "/v3/api-docs").expectBody().returnResult().getResponseBody());
        assertThat(SpecificationCheck.faults(document)).isEmpty();
        JsonNode schemas = document.at("/components/schemas");
        assertThat(texts(schemas.at("/Device/required"))).contains("class");
        assertThat(texts(schemas.at("/Warning/required"))).contains("closedAt");
        assertThat(schemas.at("/RiskLevel/enum")).isNotEmpty();
        assertThat(texts(document.at("/paths/~1warnings/get/parameters").values().stream()
                        .filter(parameter -> parameter.path("name").asString().equals("status"))
                        .findFirst()
                        .orElseThrow()
                        .at("/schema/enum")))
                .contains("UNSIGNED", "CLOSED");
        assertThat(document.at("/paths/~1warnings/get/parameters").values().stream()
                        .map(parameter -> parameter.path("name").asString()))
                .contains("Forgewatch-Position");
        assertThat(document.at("/paths/~1streams~1warnings/get/responses/200/content/text~1event-stream/schema/$ref")
                        .asString())
                .isEqualTo("#/components/schemas/Warning");
        assertThat(document.at("/paths/~1warnings/get/responses").has("403")).isFalse();
        assertThat(document.at("/paths/~1warnings/get/responses").has("404")).isFalse();
        assertThat(document.at("/paths/~1patrol~1overview/get/responses").has("404"))
                .isTrue();
    }

    private static List<String> texts(JsonNode array) {
        return array.values().stream().map(JsonNode::asString).toList();
    }

    @Test
    void given_no_token_when_read_then_nobody_gets_in() {
        for (String path :
                List.of("/warnings", "/alarms", "/enterprises", "/gateways", "/devices", "/patrol/overview")) {
            http.get().uri(path).exchange().expectStatus().isUnauthorized();
        }
    }

    @Test
    void given_the_ministry_when_it_asks_how_the_views_stand_then_each_is_told_and_nobody_else_is() {
        get(NATION, "/projections")
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.items[*].name")
                .isEqualTo(List.of("alarms", "devices", "enterprises", "gateways", "overview", "warnings"))
                .jsonPath("$.items[5].position")
                .isEqualTo(position)
                .jsonPath("$.items[5].parked")
                .isEmpty()
                .jsonPath("$.items[5].drift")
                .isEmpty();
        for (String other : List.of(AUDITOR, SHANDONG, WORKS)) {
            get(other, "/projections").expectStatus().isForbidden();
            rebuild(other, "alarms").expectStatus().isForbidden();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nothing", "alarms_v1", "..", "%24where"})
    void given_no_such_view_when_it_is_to_be_rebuilt_then_404(String name) {
        rebuild(NATION, name).expectStatus().isNotFound();
    }

    @Test
    void given_a_view_when_it_is_rebuilt_while_it_is_read_then_the_new_one_answers_the_same() {
        rebuild(NATION, "warnings")
                .expectStatus()
                .isAccepted()
                .expectBody()
                .jsonPath("$.name")
                .isEqualTo("warnings")
                .jsonPath("$.building.build")
                .isNumber();
        Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            get(WORKS, "/warnings/" + QINGDAO + "-W1")
                    .expectStatus()
                    .isOk()
                    .expectBody()
                    .jsonPath("$.level")
                    .isEqualTo("ORANGE");
            get(NATION, "/projections")
                    .expectBody()
                    .jsonPath("$.items[5].build")
                    .isEqualTo(1)
                    .jsonPath("$.items[5].building")
                    .isEqualTo(null);
        });
        get(WORKS, "/warnings/" + QINGDAO + "-W1").expectStatus().isOk();
    }

    @Test
    void given_views_that_go_on_when_their_health_is_asked_for_then_it_is_told_without_details() {
        http.get()
                .uri("/actuator/health")
                .exchange()
                .expectBody()
                .jsonPath("$.components.projections.status")
                .isEqualTo("UP")
                .jsonPath("$.components.projections.details")
                .doesNotExist()
                .jsonPath("$.components.outlets.status")
                .isEqualTo("UP");
    }

    private static WebTestClient.ResponseSpec rebuild(String token, String name) {
        return http.post()
                .uri(java.net.URI.create("http://127.0.0.1:"
                        + side.getEnvironment().getProperty("local.server.port") + "/projections/" + name + "/rebuild"))
                .header("Authorization", "Bearer " + token)
                .exchange();
    }
}
