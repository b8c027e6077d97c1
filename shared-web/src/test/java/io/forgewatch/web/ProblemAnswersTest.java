package io.forgewatch.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProblemAnswersTest {

    private static final String GOOD = "{\"name\":\"n\",\"count\":1,\"parts\":[],\"note\":null}";

    private EdgeServer server;

    @BeforeAll
    void start() {
        server = new EdgeServer(Map.of(
                "forgewatch.web.read-timeout", "300ms", "forgewatch.web.allowed-origins", "https://map.example"));
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void givenAGoodBody_whenSent_thenItIsTaken() {
        assertThat(server.post("/things", GOOD).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{                                                       | malformed-json | #",
                "[1]                                                     | invalid-value  | #",
                "{\"name\":\"n\",\"name\":\"m\",\"count\":1,\"parts\":[]}| malformed-json | ~~",
                "{\"name\":\"n\",\"count\":1,\"parts\":[]} x             | malformed-json | ~~",
                "{\"name\":\"n\",\"count\":1,\"parts\":[],\"colour\":1}  | unknown-field  | #/colour",
                "{\"name\":\"n\",\"parts\":[]}                           | invalid-value  | #/count",
                "{\"name\":null,\"count\":1,\"parts\":[]}                | invalid-value  | #/name",
                "{\"count\":1,\"parts\":[]}                              | invalid-value  | #/name",
                "{\"name\":\"n\",\"count\":\"1\",\"parts\":[]}           | invalid-value  | #/count",
                "{\"name\":\"n\",\"count\":1.5,\"parts\":[]}             | invalid-value  | #/count",
                "{\"name\":\"n\",\"count\":99999999999,\"parts\":[]}     | invalid-value  | #/count",
                "{\"name\":\"n\",\"count\":1,\"parts\":[null]}           | invalid-value  | ~~",
                "{\"name\":\"n\",\"count\":1,\"parts\":{}}               | invalid-value  | #/parts",
                "{\"name\":\"n\",\"count\":1,\"parts\":[{\"enterprise\":\"X\",\"value\":1}]} | invalid-value | #/parts/0",
                "{\"name\":\"n\",\"count\":1,\"parts\":[{\"enterprise\":\"GT3702110001\",\"value\":NaN}]} | malformed-json | ~~",
                "{\"name\":\"n\",\"count\":1,\"parts\":[{\"enterprise\":\"GT3702110001\",\"value\":1e400}]} | invalid-value | #/parts/0/value",
                "{\"name\":\"n\",\"count\":1,\"parts\":[{\"enterprise\":\"GT3702110001\",\"value\":-1e400}]} | invalid-value | #/parts/0/value",
                "{\"name\":\"n\\ud840\",\"count\":1,\"parts\":[]}         | invalid-value  | #/name",
                "{\"name\":\"\\udc00n\",\"count\":1,\"parts\":[]}         | invalid-value  | #/name",
                "{\"name\":\"n\",\"count\":1,\"parts\":[],\"note\":\"\\udc00\\ud840\"} | invalid-value | #/note",
                "{\"name\":\"n\",\"count\":1,\"parts\":[],\"more\":\"\\ud840x\"} | invalid-value | #/more",
                "{\"name\":\"n\",\"count\":1,\"parts\":[],\"names\":[\"n\",\"\\ud840\"]} | invalid-value | #/names/1",
                "{\"name\":\"n\",\"count\":1,\"parts\":[],\"\\ud840\":1}    | malformed-json | ~~",
            })
    void givenAWrongBody_whenSent_then400SaysWhere(String body, String code, String pointer) {
        HttpResponse<String> answer = server.post("/things", body);
        JsonNode problem = isProblem(answer, 400, code);
        if (!pointer.isEmpty()) {
            assertThat(problem.at("/errors/0/pointer").asString()).isEqualTo(pointer);
            assertThat(problem.at("/errors/0/code").asString()).isEqualTo(code);
        }
        assertThat(answer.body()).doesNotContain("java", "tools.jackson", "EchoController");
    }

    @Test
    void givenANameOfCharactersOutsideTheBasicPlane_whenItIsUnknown_then400QuotesIt() {
        String name = "x" + "\ud840\udc00".repeat(40);
        JsonNode problem =
                isProblem(server.post("/things", GOOD.replace("{", "{\"" + name + "\":1,")), 400, "unknown-field");
        assertThat(problem.at("/errors/0/pointer").asString()).isEqualTo("#/" + name);
    }

    /** Three bytes for half of a pair are no UTF-8, whatever a reader of bytes makes of them. */
    @Test
    void givenAWholePairAndAHalfInBytes_whenSent_thenTheWholeOneIsTaken() {
        assertThat(server.post("/things", GOOD.replace("\"n\"", "\"\\ud840\\udc00\""))
                        .statusCode())
                .isEqualTo(200);
        byte[] half = GOOD.replace("\"n\"", "\"???\"").getBytes(StandardCharsets.UTF_8);
        int at = new String(half, StandardCharsets.UTF_8).indexOf('?');
        half[at] = (byte) 0xED;
        half[at + 1] = (byte) 0xA1;
        half[at + 2] = (byte) 0x80;
        HttpResponse<String> answer = server.send(server.signedIn("/things")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(half)));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(EdgeServer.json(answer).path("code").asString()).isIn("malformed-json", "invalid-value");
    }

    @Test
    void givenDeepNesting_whenSent_then400() {
        assertThat(server.post("/things", "[".repeat(100_000)).statusCode()).isEqualTo(400);
        assertThat(server.post("/things", "{\"parts\":".repeat(40_000)).statusCode())
                .isIn(400, 413);
        assertThat(server.post("/trees", "[".repeat(32) + "]".repeat(32)).statusCode())
                .isEqualTo(200);
        isProblem(server.post("/trees", "[".repeat(33) + "]".repeat(33)), 400, "malformed-json");
    }

    @Test
    void givenBadUtf8_whenSent_then400() {
        HttpResponse<String> answer = server.send(server.signedIn("/things")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(
                        new byte[] {'{', '"', 'n', 'a', 'm', 'e', '"', ':', '"', (byte) 0xC3, (byte) 0x28, '"', '}'})));
        isProblem(answer, 400, "malformed-json");
    }

    @Test
    void givenAnotherCharset_whenSent_thenItIsNoServerError() {
        HttpResponse<String> answer = server.send(server.signedIn("/things")
                .header("Content-Type", "application/json;charset=UTF-7")
                .POST(HttpRequest.BodyPublishers.ofString(GOOD)));
        assertThat(answer.statusCode()).isBetween(200, 499);
    }

    @ParameterizedTest
    @CsvSource({
        "UTF-16BE, application/json, 400",
        "UTF-16LE, application/json, 400",
        "UTF-16, application/json, 400",
        "UTF-32BE, application/json, 400",
        "UTF-32LE, application/json, 400",
        "UTF-16, application/json;charset=UTF-8, 400",
        "UTF-16BE, application/json;charset=UTF-16BE, 415",
        "UTF-32LE, application/json;charset=UTF-32LE, 415",
        "UTF-8, application/json;charset=UTF-16, 415",
        "UTF-8, application/json;charset=ISO-8859-1, 415",
        "UTF-8, application/json;charset=utf-8, 200",
        "UTF-8, application/json;charset=US-ASCII, 200",
    })
    void givenAnEncoding_whenSent_thenOnlyUtf8IsTaken(Charset sent, String said, int status) {
        for (String path : List.of("/things", "/trees")) {
            HttpResponse<String> answer = server.send(server.signedIn(path)
                    .header("Content-Type", said)
                    .POST(HttpRequest.BodyPublishers.ofByteArray(GOOD.getBytes(sent))));
            if (status == 200) {
                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            } else {
                isProblem(answer, status, status == 415 ? "unsupported-media-type" : "malformed-json");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/me?foo=1, foo",
        "/me?, ''",
        "/me?limit=1, limit",
        "/me?cursor=1, cursor",
        "/enterprises/GT3702110001?region=37, region",
        "/asked?from=1, ''",
        "/asked?from=1&until=2, ''",
        "/asked?from=1&to=2, to",
        "/asked?from=1&FROM=1, FROM",
        "/stream?enterpriseId=GT3702110001, enterpriseId",
    })
    void givenAParameterThatIsNotTaken_whenAsked_then400NamesIt(String path, String unknown) {
        HttpResponse<String> answer = server.send(server.signedIn(path));
        if (unknown.isEmpty()) {
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        } else {
            assertThat(isProblem(answer, 400, "invalid-parameter")
                            .at("/errors/0/pointer")
                            .asString())
                    .isEqualTo("#/" + unknown);
        }
    }

    @Test
    void givenAParameterOfAPost_whenItIsNotTaken_then400() {
        isProblem(server.post("/things?dryRun=true", GOOD), 400, "invalid-parameter");
    }

    @Test
    void givenNoBody_whenOneIsNeeded_then400() {
        isProblem(server.post("/things", ""), 400, "malformed-json");
    }

    @Test
    void givenABodyBeyond256KiB_whenSent_then413() {
        isProblem(server.post("/things", "\"" + "x".repeat(300_000) + "\""), 413, "body-too-large");
    }

    @Test
    void givenALongText_whenSent_then400() {
        isProblem(server.post("/things", "{\"name\":\"" + "x".repeat(70_000) + "\"}"), 400, "malformed-json");
    }

    @Test
    void givenAnUnknownPath_whenAsked_then404() {
        isProblem(server.send(server.signedIn("/nowhere")), 404, "not-found");
    }

    @Test
    void givenAnotherMethod_whenAsked_then405NamesTheAllowed() {
        HttpResponse<String> answer = server.send(server.signedIn("/things").DELETE());
        isProblem(answer, 405, "method-not-allowed");
        assertThat(answer.headers().firstValue("Allow")).contains("POST");
    }

    @Test
    void givenAnotherMediaTypeWanted_whenAsked_then406() {
        isProblem(server.send(server.signedIn("/me").header("Accept", "image/png")), 406, "not-acceptable");
    }

    /** What is refused was not done. */
    @ParameterizedTest
    @CsvSource({
        "image/png, 406, 0",
        "text/event-stream, 406, 0",
        "application/problem+json, 406, 0",
        "nonsense, 406, 0",
        "application/json, 200, 1",
        "application/*, 200, 1",
        "*/*, 200, 1",
        "text/html;q=0.9 application/json;q=0.1, 200, 1",
    })
    void givenAMediaTypeWanted_whenSomethingIsToBeDone_thenItIsOnlyIfThereIsAnAnswer(
            String wanted, int status, int done) {
        int before = count();
        HttpResponse<String> answer = server.send(server.signedIn("/counted")
                .header("Accept", wanted.replace(' ', ','))
                .POST(HttpRequest.BodyPublishers.noBody()));
        if (status == 406) {
            isProblem(answer, 406, "not-acceptable");
        }
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(count() - before).isEqualTo(done);
    }

    private int count() {
        return Integer.parseInt(server.send(server.signedIn("/counted")).body());
    }

    @Test
    void givenAnotherMediaTypeSent_whenPosted_then415() {
        HttpResponse<String> answer = server.send(server.signedIn("/things")
                .header("Content-Type", "text/plain")
                .POST(HttpRequest.BodyPublishers.ofString(GOOD)));
        isProblem(answer, 415, "unsupported-media-type");
    }

    @Test
    void givenAContentTypeThatIsNone_whenPosted_then415() {
        HttpResponse<String> answer = server.send(server.signedIn("/things")
                .header("Content-Type", "###")
                .POST(HttpRequest.BodyPublishers.ofString(GOOD)));
        isProblem(answer, 415, "unsupported-media-type");
    }

    @Test
    void givenAFault_whenAsked_then500TellsNothingButTheTraceId() {
        HttpResponse<String> answer = server.send(server.signedIn("/broken")
                .header("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"));
        JsonNode problem = isProblem(answer, 500, "internal-error");
        assertThat(problem.path("traceId").asString()).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
        assertThat(answer.body()).doesNotContain("secret", "IllegalState");
    }

    @Test
    void givenAStoreThatIsAway_whenAsked_then503WithRetryAfter() {
        HttpResponse<String> answer = server.send(server.signedIn("/late"));
        isProblem(answer, 503, "unavailable");
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    }

    @Test
    void givenTrouble_whenManyAsk_thenNoneIsAnErrorAndOneLineAKindTellsOfThem() {
        try (Logged log = new Logged()) {
            for (int n = 0; n < 20; n++) {
                server.send(server.signedIn("/late"));
                isProblem(server.send(server.signedIn("/never")), 504, "position-not-reached");
                server.send(server.signedIn("/nowhere"));
                server.send(server.request("/things"));
            }

            assertThat(log.errors()).isEmpty();
            assertThat(log.warnings()).hasSizeLessThanOrEqualTo(2);
            assertThat(log.warnings()).allMatch(line -> line.getThrowableProxy() == null);
        }
    }

    @Test
    void givenAFault_whenAsked_thenItIsAnErrorWithItsStackAndItsTrace() {
        try (Logged log = new Logged()) {
            server.send(server.signedIn("/broken")
                    .header("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4737-00f067aa0ba902b7-01"));

            assertThat(log.errors())
                    .filteredOn(line -> "4bf92f3577b34da6a3ce929d0e0e4737"
                            .equals(line.getMDCPropertyMap().get("traceId")))
                    .singleElement()
                    .satisfies(line ->
                            assertThat(line.getThrowableProxy().getMessage()).contains("the secret of the house"));
        }
    }

    @Test
    void givenAnAnswerThatHasBegun_whenTheStoreGoesAway_thenItIsCutOffAndThatIsNoErrorOfOurs() {
        try (Logged log = new Logged()) {
            assertThatThrownBy(() -> server.send(server.signedIn("/cut"))).isInstanceOf(UncheckedIOException.class);

            // What is written to the log is written before the connection's other end can tell.
            assertThat(server.send(server.signedIn("/me")).statusCode()).isEqualTo(200);
            assertThat(log.errors()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/enterprises/GT3702110001,200",
        "/enterprises/GT1302110001,404",
        "/enterprises/%00..,404",
        "/numbers/x,404"
    })
    void givenAnId_whenAsked_thenOnlyOnesOwnAreThere(String path, int status) {
        assertThat(server.send(server.signedIn(path)).statusCode()).isEqualTo(status);
    }

    @Test
    void given128CharactersOutsideTheBasicPlane_whenListed_thenTheyAreTaken() {
        String seal = "%F0%9F%A6%AD";
        assertThat(server.send(server.signedIn("/list?actor=" + seal.repeat(128)))
                        .statusCode())
                .isEqualTo(200);
        isProblem(server.send(server.signedIn("/list?actor=" + seal.repeat(129))), 400, "invalid-parameter");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%EF%BC%97", "0x7", "%237", "+7", "%207", "7%20", "%D9%A7"})
    void givenANumberInOtherThanPlainDigits_whenAsked_thenItIsNone(String seven) {
        assertThat(server.send(server.signedIn("/numbers/7")).statusCode()).isEqualTo(200);
        assertThat(server.send(server.signedIn("/numbers/" + seven)).statusCode())
                .isIn(400, 404);
        assertThat(server.send(server.signedIn("/asked?from=7")).statusCode()).isEqualTo(200);
        isProblem(server.send(server.signedIn("/asked?from=" + seven.replace("+", "%2B"))), 400, "invalid-parameter");
    }

    @ParameterizedTest
    @CsvSource({
        "/list?limit=0",
        "/list?limit=501",
        "/list?limit=x",
        "/list?limit=",
        "/list?limit=1&limit=2",
        "/list?cursor=%21",
        "/list?cursor=AAAA",
        "/list?colour=red",
        "/list?region=3",
        "/list?from=yesterday",
        "/list?limit=%F0%28",
        "/list?limit=%EF%BC%95",
        "/list?from=%2B10000-01-01T00:00:00Z",
        "/list?from=0000-12-31T23:59:59Z",
        "/list?from=0001-01-01T00:00:00%2B08:00",
        "/list?from=1795953443004",
        "/list?actor=account/%00",
        "/list?actor=%0Aaccount/zhao",
        "/list?actor=%ED%A0%80",
    })
    void givenAParameterThatMakesNoSense_whenListed_then400(String path) {
        JsonNode problem = isProblem(server.send(server.signedIn(path)), 400, "invalid-parameter");
        assertThat(problem.at("/errors/0/pointer").asString()).startsWith("#/");
    }

    @Test
    void givenMoreThanALimit_whenListed_thenNextContinues() {
        JsonNode page = EdgeServer.json(server.send(server.signedIn("/list?limit=2")));
        assertThat(page.path("items")).hasSize(2);
        assertThat(Cursor.decode(page.path("next").asString(), ListMark.of("/list", Map.of()))
                        .parts())
                .isEqualTo(List.of("b"));
        assertThat(EdgeServer.json(server.send(server.signedIn("/list")))
                        .path("next")
                        .isNull())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "/list?region=37, 200",
        "/list?limit=1&region=37, 200",
        "/list, 400",
        "/list?region=3702, 400",
        "/list?region=37&from=2026-11-24T00:00:00Z, 400",
        "/others/1?region=37, 400",
    })
    void givenACursorOfAList_whenUsed_thenThatListTakesItAndNoOther(String path, int status) {
        String cursor = EdgeServer.json(server.send(server.signedIn("/list?region=37&limit=2")))
                .path("next")
                .asString();
        String next = path + (path.contains("?") ? "&" : "?") + "cursor=" + cursor;
        HttpResponse<String> answer = server.send(server.signedIn(next));
        if (status == 200) {
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        } else {
            JsonNode problem = isProblem(answer, 400, "invalid-parameter");
            assertThat(problem.at("/errors/0/pointer").asString()).isEqualTo("#/cursor");
        }
    }

    @Test
    void givenACursorOfOneThingsList_whenUsedForAnothers_then400() {
        String cursor = EdgeServer.json(server.send(server.signedIn("/others/1?limit=2")))
                .path("next")
                .asString();
        assertThat(server.send(server.signedIn("/others/1?cursor=" + cursor)).statusCode())
                .isEqualTo(200);
        isProblem(server.send(server.signedIn("/others/2?cursor=" + cursor)), 400, "invalid-parameter");
    }

    @Test
    void givenAHeaderOfTheWrongKind_whenAsked_then400() {
        isProblem(server.send(server.signedIn("/header").header("Forgewatch-Position", "x")), 400, "invalid-parameter");
        isProblem(server.send(server.signedIn("/header")), 400, "invalid-parameter");
    }

    @Test
    void givenAStream_whenItIsRefused_thenTheProblemIsJson() {
        isProblem(server.send(server.signedIn("/stream").header("Accept", "text/event-stream")), 403, "forbidden");
    }

    @Test
    void givenTooLongAHeader_whenSent_then431IsAProblem() throws IOException {
        String answer = raw("GET /me HTTP/1.1\r\nHost: a\r\nX: " + "y".repeat(20_000) + "\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 431").contains("application/problem+json", "header-too-large");
    }

    @Test
    void givenTooLongAnAddress_whenSent_then414IsAProblem() throws IOException {
        String answer = raw("GET /" + "y".repeat(9_000) + " HTTP/1.1\r\nHost: a\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 414").contains("application/problem+json", "uri-too-long");
    }

    @Test
    void givenAnAddressThatIsNone_whenSent_then400IsAProblem() throws IOException {
        String answer = raw("GET /%zz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 400").contains("application/problem+json", "invalid-request");
    }

    @Test
    void givenWhatIsNoHttp_whenSent_then400IsAProblem() throws IOException {
        assertThat(raw("HELLO\r\n\r\n")).startsWith("HTTP/1.1 400").contains("application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ZZ\r\n",
                "-1\r\n{}\r\n0\r\n\r\n",
                "\r\n\r\n",
                "1\r\n{ZZ\r\n",
                "1\r\n{\r\nZZ\r\n",
                "FFFFFFFFFFFFFFFF1\r\n{",
            })
    void givenABodyThatIsNoHttp_whenManySendIt_then400AndNoLineEach(String body) throws IOException {
        EdgeServer other = new EdgeServer(Map.of());
        try (Logged log = new Logged()) {
            try (other) {
                for (String path : List.of("/things", "/trees", "/nowhere", "/me")) {
                    for (int n = 0; n < 10; n++) {
                        String answer = raw(
                                other.port(),
                                "POST " + path + " HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer "
                                        + EdgeServer.token().compact()
                                        + "\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
                                        + body);
                        assertThat(answer).startsWith("HTTP/1.1 4").contains("application/problem+json");
                    }
                }
            }

            // All that the server did is done when it is closed.
            assertThat(log.errors()).isEmpty();
            assertThat(log.warnings()).hasSizeBetween(1, 2);
        }
    }

    @Test
    void givenRequestsThatAreNoHttp_whenManySendThem_thenNoLineEach() throws IOException {
        EdgeServer other = new EdgeServer(Map.of());
        try (Logged log = new Logged()) {
            try (other) {
                for (int n = 0; n < 10; n++) {
                    raw(other.port(), "HELLO\r\n\r\n");
                    raw(other.port(), "GET /me HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n");
                    raw(other.port(), "GET /me HTTP/1.1\r\nHost: a\r\nX: " + "y".repeat(20_000) + "\r\n\r\n");
                    raw(other.port(), "GET /" + "y".repeat(9_000) + " HTTP/1.1\r\nHost: a\r\n\r\n");
                }
            }

            assertThat(log.errors()).isEmpty();
            assertThat(log.warnings()).hasSizeBetween(1, 3);
        }
    }

    @Test
    void givenAnyAnswer_whenLookedAt_thenTheSafetyHeadersAreThere() {
        HttpResponse<String> answer = server.send(server.signedIn("/me"));
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(answer.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("default-src 'none'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"read-timeout", "request-timeout"})
    void givenARequestThatStops_whenItsTimeIsOver_then408IsAProblemAndNoErrorOfOurs(String limit) throws IOException {
        try (Logged log = new Logged()) {
            try (EdgeServer impatient = new EdgeServer(Map.of("forgewatch.web." + limit, "300ms"))) {
                String answer = raw(impatient.port(), unfinished());
                assertThat(answer).startsWith("HTTP/1.1 408").contains("application/problem+json", "request-timeout");
            }

            // All that the server did is done when it is closed.
            assertThat(log.errors()).isEmpty();
        }
    }

    @Test
    void givenARequestThatStops_whenItsCallerVanishes_thenThatIsNoErrorOfOurs() throws IOException {
        try (Logged log = new Logged()) {
            try (EdgeServer other = new EdgeServer(Map.of());
                    Socket socket = new Socket("127.0.0.1", other.port())) {
                socket.setSoLinger(true, 0);
                socket.getOutputStream().write(unfinished().getBytes(StandardCharsets.US_ASCII));
                socket.getOutputStream().flush();
            }

            assertThat(log.errors()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"theirs,0", "ours,1"})
    void givenAFailureThatComesLate_whenTold_thenOnlyOneOfOursIsAnError(String whose, int errors) {
        try (Logged log = new Logged()) {
            assertThat(server.send(server.signedIn("/dropped/" + whose)).statusCode())
                    .isEqualTo(200);

            assertThat(log.errors())
                    .filteredOn(line -> line.getFormattedMessage().contains("/dropped/")
                            || line.getFormattedMessage().contains("onErrorDropped"))
                    .hasSize(errors);
        }
    }

    @Test
    void givenAPageOfAnotherOrigin_whenItCalls_thenOnlyANamedOneMay() {
        HttpResponse<String> named = server.send(server.request("/me").header("Origin", "https://map.example"));
        assertThat(named.statusCode()).isEqualTo(401);
        assertThat(named.headers().firstValue("Access-Control-Allow-Origin")).contains("https://map.example");
        HttpResponse<String> other = server.send(server.signedIn("/me").header("Origin", "https://evil.example"));
        assertThat(other.statusCode()).isEqualTo(403);
        assertThat(other.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
        HttpResponse<String> before = server.send(server.request("/me")
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                .header("Origin", "https://map.example")
                .header("Access-Control-Request-Method", "GET")
                .header("Access-Control-Request-Headers", "authorization,cache-control,pragma,last-event-id"));
        assertThat(before.statusCode()).isEqualTo(200);
    }

    @Test
    void givenAnInstant_whenAnswered_thenItHasMilliseconds() {
        assertThat(EdgeServer.json(server.send(server.signedIn("/me")))
                        .path("expiresAt")
                        .asString())
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
    }

    private static String unfinished() {
        return "POST /things HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer "
                + EdgeServer.token().compact()
                + "\r\nContent-Type: application/json\r\nContent-Length: 10\r\n\r\n{";
    }

    private String raw(String request) throws IOException {
        return raw(server.port(), request);
    }

    private static String raw(int port, String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(10_000);
            OutputStream out = socket.getOutputStream();
            out.write(request.getBytes(StandardCharsets.US_ASCII));
            out.flush();
            InputStream in = socket.getInputStream();
            StringBuilder answer = new StringBuilder();
            byte[] piece = new byte[4096];
            for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
                answer.append(new String(piece, 0, n, StandardCharsets.UTF_8));
                if (answer.toString().endsWith("}")) {
                    break;
                }
            }
            return answer.toString();
        }
    }

    private static JsonNode isProblem(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        JsonNode problem = EdgeServer.json(answer);
        assertThat(problem.propertyNames())
                .containsExactly("type", "title", "status", "detail", "code", "traceId", "errors");
        assertThat(problem.path("code").asString()).isEqualTo(code);
        assertThat(problem.path("type").asString()).isEqualTo("/problems/" + code);
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        assertThat(problem.path("traceId").asString()).matches("[0-9a-f]{32}");
        return problem;
    }
}
