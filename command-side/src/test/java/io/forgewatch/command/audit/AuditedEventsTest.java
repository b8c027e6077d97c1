package io.forgewatch.command.audit;

import static io.forgewatch.command.web.CommandServer.AUDITOR;
import static io.forgewatch.command.web.CommandServer.HEBEI;
import static io.forgewatch.command.web.CommandServer.SHANDONG;
import static io.forgewatch.command.web.CommandServer.WORKS;
import static io.forgewatch.command.web.CommandServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.forgewatch.command.decision.EventArchive;
import io.forgewatch.command.decision.Sought;
import io.forgewatch.command.eventstore.EmbeddedStore;
import io.forgewatch.command.eventstore.StoreBed;
import io.forgewatch.command.web.CommandServer;
import io.forgewatch.command.web.CommandServer.Who;
import io.forgewatch.event.RecordedEvent;
import io.forgewatch.event.enterprise.EnterpriseId;
import io.forgewatch.event.identity.Jurisdiction;
import io.forgewatch.event.identity.Role;
import io.forgewatch.web.Cursor;
import io.forgewatch.web.ListParameters;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The search and the export, on a real store of 20,000 events. */
@Timeout(120)
class AuditedEventsTest {

    private static final String NDJSON = "application/x-ndjson";
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Who RIZHAO_AUDITOR = new Who("works.auditor", Role.AUDITOR, "enterprise:GT3702110001");
    private static final List<RecordedEvent> EVENTS = Country.events();

    private static CommandServer server;
    private static StoreBed bed;

    @BeforeAll
    static void start() {
        String address = EmbeddedStore.newDatabase();
        bed = new StoreBed(address);
        Country.fill(bed, EVENTS);
        server = CommandServer.on(address);
    }

    @AfterAll
    static void stop() {
        server.close();
        bed.close();
    }

    @Test
    void given_many_events_when_an_auditor_pages_through_a_filter_then_each_comes_once_newest_first() {
        String filter = "region=3702&type=WarningSigned&type=GatewayRegistered&actor=account/zhao"
                + "&from=2026-01-01T01:00:00Z&to=2026-01-01T03:00:00Z";
        List<Long> expected = positions(sought("region:3702", Set.of("WarningSigned", "GatewayRegistered")))
                .reversed();

        assertThat(expected).hasSizeGreaterThan(500);
        assertThat(paged(AUDITOR, filter + "&limit=200")).isEqualTo(expected);
        assertThat(paged(AUDITOR, filter + "&limit=500&order=asc")).isEqualTo(expected.reversed());
        assertThat(paged(SHANDONG, filter + "&limit=500")).isEqualTo(expected);
        assertThat(paged(HEBEI, filter)).isEmpty();
    }

    private static Sought sought(String within, Set<String> types) {
        return new Sought(
                Jurisdiction.fromWire(within),
                null,
                "account/zhao",
                types,
                Country.START.plusSeconds(3_600),
                Country.START.plusSeconds(3 * 3_600));
    }

    @Test
    void given_an_event_when_it_is_found_then_it_says_what_where_who_and_when_and_keeps_its_secrets() {
        JsonNode item = json(server.get(AUDITOR, "/audit/events?limit=1&type=" + Country.RARE_TYPE))
                .path("items")
                .path(0);
        RecordedEvent last = EVENTS.stream()
                .filter(event -> event.actor().wire().equals(Country.RARE_ACTOR))
                .reduce((older, newer) -> newer)
                .orElseThrow();

        assertThat(item.path("position").asLong()).isEqualTo(last.position());
        assertThat(item.path("id").asString()).isEqualTo(last.id().toString());
        assertThat(item.path("name").asString()).isEqualTo(Country.RARE_TYPE);
        assertThat(item.path("version").asInt()).isEqualTo(2);
        assertThat(item.path("actor").asString()).isEqualTo(Country.RARE_ACTOR);
        assertThat(item.path("enterpriseId").asString()).isEqualTo(Country.RARE_WORKS);
        assertThat(item.path("subject").path("type").asString()).isEqualTo("warning");
        assertThat(item.path("subject").path("id").asString()).startsWith(Country.RARE_WORKS + "-W");
        assertThat(item.path("payload").path("missed").asString()).isEqualTo("SIGN");
        assertThat(json(server.get(AUDITOR, "/audit/events?limit=1&type=GatewayRegistered"))
                        .toString())
                .contains("(redacted)")
                .doesNotContain("\"sealed\"");
    }

    @Test
    void given_the_first_and_the_last_instant_that_are_taken_when_asked_for_then_the_store_can_date_them() {
        for (String range : List.of(
                "from=0001-01-01T00:00:00Z",
                "to=9999-12-31T23:59:59.999Z",
                "from=0001-01-01T00:00:00Z&to=9999-12-31T23:59:59.999Z")) {
            assertThat(json(server.get(AUDITOR, "/audit/events?limit=1&" + range))
                            .path("items")
                            .size())
                    .as(range)
                    .isEqualTo(1);
        }
        assertThat(json(server.get(AUDITOR, "/audit/events?from=9999-12-31T23:59:59Z"))
                        .path("items")
                        .size())
                .isZero();
    }

    @Test
    void given_what_is_hardly_ever_there_when_it_is_sought_then_it_is_all_in_the_first_page() {
        for (String rare : List.of(
                "type=" + Country.RARE_TYPE,
                "actor=" + Country.RARE_ACTOR,
                "enterpriseId=" + Country.RARE_WORKS,
                "region=61")) {
            JsonNode page = json(server.get(AUDITOR, "/audit/events?" + rare));
            assertThat(page.path("items").size()).as(rare).isEqualTo(4);
            assertThat(page.path("next").isNull()).as(rare).isTrue();
        }
    }

    @Test
    void given_a_works_own_auditor_or_the_works_when_all_is_asked_for_then_only_its_own_is_there() {
        List<Long> own = positions(new Sought(
                new Jurisdiction.Enterprise(new EnterpriseId("GT3702110001")), null, null, Set.of(), null, null));

        for (Who who : List.of(RIZHAO_AUDITOR, WORKS)) {
            assertThat(exported(who, "")).isEqualTo(own);
            assertThat(paged(who, "limit=500")).isEqualTo(own.reversed());
            assertThat(paged(who, "enterpriseId=GT3702110002")).isEmpty();
            assertThat(paged(who, "region=13")).isEmpty();
            assertThat(paged(who, "subjectType=gateway&subjectId=GT3702110002-G1"))
                    .isEmpty();
            assertThat(paged(who, "subjectType=account&subjectId=user2")).isEmpty();
        }
        assertThat(exported(SHANDONG, "type=AccountOpened"))
                .isEqualTo(positions(
                        new Sought(new Jurisdiction.Region("37"), null, null, Set.of("AccountOpened"), null, null)));
        assertThat(paged(AUDITOR, "subjectType=account&subjectId=user2")).hasSizeLessThanOrEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "from=yesterday, #/from",
        "to=x, #/to",
        "from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z, #/to",
        "from=2026-01-01T00:00:00Z&to=2026-01-01T00:00:00Z, #/to",
        "actor=zhao, #/actor",
        "actor=%20, #/actor",
        "enterpriseId=GT37, #/enterpriseId",
        "region=370, #/region",
        "region=%25%25, #/region",
        "subjectType=warning, #/subjectId",
        "subjectId=GT3702110001-W1, #/subjectType",
        "subjectType=nonsense&subjectId=1, #/subjectType",
        "subjectType=warning&subjectId=GT3702110001, #/subjectId",
        "type=Nonsense, #/type",
        "type=AlarmRaised&type=, #/type",
        "order=up, #/order",
        "after=-1, #/after",
        "after=9999999999999999999, #/after",
        "limit=0, #/limit",
        "limit=501, #/limit",
        "cursor=nonsense, #/cursor",
        "cursor=AQABMQ, #/cursor",
        "cursor=AQAMT0xERVNUX0ZJUlNUAAEx, #/cursor",
        "cursor=AQAMTkVXRVNUX0ZJUlNUAAF4, #/cursor",
        "from=2026-01-01T00:00:00Z&from=2026-01-01T00:00:00Z, #/from",
        "more=1, #/more",
        "from=-999999999-01-01T00:00:00Z, #/from",
        "to=%2B999999999-12-31T23:59:59Z, #/to",
        "actor=account/%00, #/actor",
        "type=%00, #/type",
        "subjectType=warning&subjectId=GT3702110001-W%00, #/subjectId",
        "subjectType=warning&subjectId=GT3702110001-W%EF%BC%91, #/subjectId",
        "after=%EF%BC%91, #/after",
    })
    void given_a_question_that_makes_no_sense_when_it_is_asked_then_the_answer_points_at_it(
            String query, String pointer) {
        HttpResponse<String> answer = server.get(AUDITOR, "/audit/events?" + query);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(json(answer).path("code").asString()).isEqualTo("invalid-parameter");
        assertThat(json(answer).path("errors").path(0).path("pointer").asString())
                .isEqualTo(pointer);
    }

    @Test
    void given_cursors_that_nobody_gave_out_when_they_are_used_then_nothing_more_is_seen_than_without() {
        for (long position : List.of(Long.MIN_VALUE, -1L, 0L, 1L, Long.MAX_VALUE)) {
            String cursor = ListParameters.of("/audit/events", Map.of(), List.of())
                    .next(Cursor.of("NEWEST_FIRST", Long.toString(position)));
            HttpResponse<String> answer = server.get(WORKS, "/audit/events?cursor=" + cursor);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(json(answer).path("items").valueStream())
                    .allMatch(item -> item.path("enterpriseId").asString().equals("GT3702110001"));
        }
    }

    @Test
    void given_all_events_when_they_are_exported_then_each_is_a_line_oldest_first_and_the_last_line_says_so()
            throws IOException {
        List<JsonNode> lines = lines(AUDITOR, "");

        JsonNode end = lines.getLast();
        assertThat(end.path("complete").asBoolean()).isTrue();
        assertThat(end.path("events").asLong()).isEqualTo(Country.SIZE);
        assertThat(end.path("position").asLong()).isEqualTo(Country.SIZE);
        assertThat(exported(AUDITOR, ""))
                .isEqualTo(LongStream.rangeClosed(1, Country.SIZE).boxed().toList());
        assertThat(exported(AUDITOR, "after=12345"))
                .isEqualTo(LongStream.rangeClosed(12_346, Country.SIZE).boxed().toList());
        assertThat(lines(AUDITOR, "after=" + Country.SIZE)).hasSize(1);
        assertThat(lines(HEBEI, "enterpriseId=GT3702110001")).hasSize(1);
    }

    @Test
    void given_a_position_beyond_the_end_when_an_export_is_asked_for_after_it_then_it_is_refused() throws IOException {
        for (String query : List.of(
                "after=" + (Country.SIZE + 1),
                "after=999999999999999999",
                "after=999999999999999999&to=2000-01-01T00:00:00Z")) {
            HttpResponse<InputStream> answer = server.stream(AUDITOR, "/audit/events?" + query, NDJSON);
            JsonNode problem = JSON.readTree(answer.body().readAllBytes());
            assertThat(answer.statusCode()).as(query).isEqualTo(400);
            assertThat(problem.at("/errors/0/pointer").asString()).isEqualTo("#/after");
            assertThat(problem.at("/errors/0/detail").asString()).contains(Integer.toString(Country.SIZE));
        }
        assertThat(lines(AUDITOR, "after=" + Country.SIZE + "&to=2000-01-01T00:00:00Z"))
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"limit=5, #/limit", "order=asc, #/order", "cursor=AQABMQ, #/cursor", "region=1, #/region"})
    void given_an_export_when_it_is_asked_for_like_a_page_then_it_is_refused(String query, String pointer)
            throws IOException {
        HttpResponse<InputStream> answer = server.stream(AUDITOR, "/audit/events?" + query, NDJSON);

        assertThat(answer.statusCode()).isEqualTo(400);
        JsonNode problem = JSON.readTree(answer.body().readAllBytes());
        assertThat(problem.path("errors").path(0).path("pointer").asString()).isEqualTo(pointer);
    }

    @Test
    void given_an_export_when_its_reader_takes_little_and_leaves_then_the_rest_is_not_read() {
        AtomicInteger looks = new AtomicInteger();
        EventExport export = new EventExport(counted(looks), JSON);

        StepVerifier.create(export.lines(question(), Duration.ofMinutes(1)), 2)
                .expectNextCount(2)
                .thenAwait()
                .thenCancel()
                .verify(Duration.ofSeconds(30));

        assertThat(looks.get()).isLessThanOrEqualTo(5);
    }

    @Test
    void given_an_export_when_the_connection_is_closed_after_some_lines_then_it_ends_without_harm() throws IOException {
        for (int round = 0; round < 12; round++) {
            // One that was hung up on makes room for another as soon as that is noticed.
            HttpResponse<InputStream> answer = await().atMost(Duration.ofSeconds(30))
                    .until(() -> server.stream(AUDITOR, "/audit/events", NDJSON), begun -> begun.statusCode() == 200);
            try (BufferedReader reader = reader(answer)) {
                assertThat(JSON.readTree(reader.readLine()).path("position").asLong())
                        .isEqualTo(1);
            }
        }
    }

    @Test
    void given_an_export_when_its_time_is_over_then_it_ends_without_its_last_line() {
        EventArchive slow = archive((name, arguments) -> switch (name) {
            case "span" -> Mono.just(new EventArchive.Span(0, 10));
            default -> Mono.never();
        });

        StepVerifier.create(new EventExport(slow, JSON).lines(question(), Duration.ofMillis(50)))
                .expectComplete()
                .verify(Duration.ofSeconds(30));
    }

    private static AuditQuestion question() {
        Sought everything = new Sought(new Jurisdiction.Nation(), null, null, Set.of(), null, null);
        return new AuditQuestion(
                Optional.of(everything),
                0,
                Long.MAX_VALUE,
                EventArchive.Order.OLDEST_FIRST,
                ListParameters.of("", Map.of(), List.of()));
    }

    private static EventArchive counted(AtomicInteger looks) {
        EventArchive archive = bed.archive();
        return archive((name, arguments) -> switch (name) {
            case "span" -> archive.span((Sought) arguments[0]);
            case "look" -> {
                looks.incrementAndGet();
                yield archive.look(
                        (Sought) arguments[0],
                        (EventArchive.Span) arguments[1],
                        (EventArchive.Order) arguments[2],
                        (Integer) arguments[3]);
            }
            default -> throw new IllegalStateException(name);
        });
    }

    private static EventArchive archive(BiFunction<String, Object[], Object> answer) {
        return (EventArchive) Proxy.newProxyInstance(
                EventArchive.class.getClassLoader(),
                new Class<?>[] {EventArchive.class},
                (proxy, method, arguments) -> answer.apply(method.getName(), arguments));
    }

    private static List<Long> positions(Sought sought) {
        return EVENTS.stream()
                .filter(sought::matches)
                .map(RecordedEvent::position)
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private static List<Long> paged(Who who, String query) {
        List<Long> positions = new ArrayList<>();
        String next = "";
        do {
            HttpResponse<String> answer = server.get(
                    who, "/audit/events?" + query.replace("/", "%2F") + (next.isEmpty() ? "" : "&cursor=" + next));
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            JsonNode page = json(answer);
            page.path("items")
                    .forEach(item -> positions.add(item.path("position").asLong()));
            next = page.path("next").asString("");
        } while (!next.isEmpty());
        return positions;
    }

    private static List<Long> exported(Who who, String query) {
        List<JsonNode> lines;
        try {
            lines = lines(who, query);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        assertThat(lines.getLast().path("events").asLong()).isEqualTo(lines.size() - 1L);
        return lines.subList(0, lines.size() - 1).stream()
                .map(line -> line.path("position").asLong())
                .toList();
    }

    private static List<JsonNode> lines(Who who, String query) throws IOException {
        HttpResponse<InputStream> answer = server.stream(who, "/audit/events?" + query, NDJSON);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith(NDJSON));
        List<JsonNode> lines = new ArrayList<>();
        try (BufferedReader reader = reader(answer)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(JSON.readTree(line));
            }
        }
        return lines;
    }

    private static BufferedReader reader(HttpResponse<InputStream> answer) {
        return new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
    }
}
