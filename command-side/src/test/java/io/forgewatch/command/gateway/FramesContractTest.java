package io.forgewatch.command.gateway;

import static io.forgewatch.command.fixture.Door.frame;
import static io.forgewatch.command.fixture.Door.reading;
import static io.forgewatch.command.fixture.SmallPlant.ALUMINIUM_GATEWAY;
import static io.forgewatch.command.fixture.SmallPlant.FAST_GATEWAY;
import static io.forgewatch.command.fixture.SmallPlant.FURNACE;
import static io.forgewatch.command.fixture.SmallPlant.PIT;
import static io.forgewatch.command.fixture.SmallPlant.SECRET;
import static io.forgewatch.command.fixture.SmallPlant.STEEL_GATEWAY;
import static org.assertj.core.api.Assertions.assertThat;

import io.forgewatch.command.connectivity.ConnectivityCommand.ReportClockWrong;
import io.forgewatch.command.eventstore.StoreClock;
import io.forgewatch.command.fixture.Broker;
import io.forgewatch.command.fixture.Door;
import io.forgewatch.event.telemetry.Frame;
import io.forgewatch.event.telemetry.FrameSignature;
import io.forgewatch.event.telemetry.Pulse;
import io.forgewatch.event.telemetry.Quality;
import io.forgewatch.event.telemetry.Readings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The contract's page on frames, through HTTP, against a real server and a real broker. */
class FramesContractTest {

    private static final AtomicLong SEQUENCES = new AtomicLong(1_000);

    @TempDir
    static Path folder;

    private static Broker broker;
    private static Door door;

    @BeforeAll
    static void open() {
        broker = Broker.start(folder.resolve("kafka"));
        door = Door.open(broker.bootstrap(), folder.resolve("streams"));
    }

    @AfterAll
    static void close() {
        door.close();
        broker.close();
    }

    private static long next() {
        return SEQUENCES.incrementAndGet();
    }

    private static long now() {
        return System.currentTimeMillis();
    }

    private static JsonNode json(HttpResponse<String> response) {
        return JsonMapper.shared().readTree(response.body());
    }

    private static void assertProblem(HttpResponse<String> response, int status, String code) {
        assertThat(response.body()).contains("\"code\":\"" + code + "\"");
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(json(response).get("type").asString()).isEqualTo("/problems/" + code);
    }

    @Test
    void givenAGoodFrame_whenSent_thenItIsAcceptedAndInKafkaWithItsAnswer() {
        long sequence = next();
        long at = now() - 100;

        HttpResponse<String> response = door.send(
                sequence,
                "{\"readings\":[" + reading(FURNACE, "BF_CW_P", at, 0.42) + ","
                        + reading("GT3702110001019999", "BF_CW_P", at, 1)
                        + "," + reading(FURNACE, "BF_CW_P", at + 1, 7777) + "],\"sequence\":" + sequence + "}");

        assertThat(response.statusCode()).isEqualTo(202);
        assertThat(response.body())
                .startsWith("{\"sequence\":" + sequence
                        + ",\"accepted\":2,\"refused\":[{\"index\":1,\"code\":\"unknown-device\",\"detail\":\"");
        Frame frame = stored().stream()
                .filter(one -> one.sequence() == sequence)
                .findFirst()
                .orElseThrow();
        assertThat(frame.gatewayId()).isEqualTo(STEEL_GATEWAY);
        assertThat(frame.refused()).hasSize(1);
        Readings readings = frame.readings();
        assertThat(readings.next()).isTrue();
        assertThat(readings.deviceId()).isEqualTo(FURNACE);
        assertThat(readings.indicator()).isEqualTo("BF_CW_P");
        assertThat(readings.at()).isEqualTo(at);
        assertThat(readings.value()).isEqualTo(0.42);
        assertThat(readings.quality()).isEqualTo(Quality.GOOD);
        assertThat(readings.next()).isTrue();
        assertThat(readings.quality()).isEqualTo(Quality.SENSOR_FAULT);
        assertThat(readings.next()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "unknown-device    | {'device':'GT3702110001019999','indicator':'BF_CW_P','at':NOW,'value':1}",
                "unknown-device    | {'device':17,'indicator':'BF_CW_P','at':NOW,'value':1}",
                "foreign-device    | {'device':'LJ3301060001210001','indicator':'AL_CW_F','at':NOW,'value':1}",
                "unknown-indicator | {'device':'GT3702110001010001','indicator':'AL_CW_F','at':NOW,'value':1}",
                "unknown-indicator | {'device':'GT3702110001010001','indicator':null,'at':NOW,'value':1}",
                "not-a-number      | {'device':'GT3702110001010001','indicator':'BF_CW_P','at':NOW,'value':'1'}",
                "not-a-number      | {'device':'GT3702110001010001','indicator':'BF_CW_P','at':NOW,'value':null}",
                "not-a-number      | {'device':'GT3702110001010001','indicator':'BF_CW_P','at':NOW,'value':1e999}",
                "not-a-number      | {'device':'GT3702110001010001','indicator':'BF_CW_P','at':NOW,'value':[[1]]}",
                "incomplete        | {'device':'GT3702110001010001','indicator':'BF_CW_P','at':NOW}",
                "incomplete        | {'device':'GT3702110001010001','indicator':'BF_CW_P','value':1}",
                "incomplete        | {'indicator':'BF_CW_P','at':NOW,'value':1}",
                "incomplete        | {'device':'GT3702110001010001','at':NOW,'value':1}",
                "incomplete        | {'device':'GT3702110001010001','indicator':'BF_CW_P','at':'now','value':1}",
                "incomplete        | {}",
                "incomplete        | 17",
                "incomplete        | [1,2]",
                "time-in-future    | {'device':'GT3702110001010001','indicator':'BF_CW_P','at':AHEAD,'value':1}",
                "time-in-future    | {'device':'GT3702110001010001','indicator':'BF_CW_P','at':99999999999999999999,'value':1}",
                "time-too-old      | {'device':'GT3702110001010001','indicator':'BF_CW_P','at':BACK,'value':1}",
                "time-too-old      | {'device':'GT3702110001010001','indicator':'BF_CW_P','at':0,'value':1}",
            })
    void givenABadReadingBesideAGoodOne_whenSent_thenOnlyTheBadOneIsRefused(String code, String bad) {
        long sequence = next();
        String spelled = bad.replace('\'', '"')
                .replace("NOW", String.valueOf(now()))
                .replace("AHEAD", String.valueOf(now() + 301_000))
                .replace("BACK", String.valueOf(now() - Duration.ofDays(401).toMillis()));

        HttpResponse<String> response = door.send(
                sequence,
                "{\"sequence\":" + sequence + ",\"extra\":{\"a\":[1]},\"readings\":[" + spelled + ","
                        + reading(FURNACE, "BF_CW_P", now(), 0.42) + "]}");

        assertThat(response.statusCode()).isEqualTo(202);
        JsonNode answer = json(response);
        assertThat(answer.get("accepted").asInt()).isEqualTo(1);
        assertThat(answer.get("refused")).hasSize(1);
        assertThat(answer.get("refused").get(0).get("index").asInt()).isZero();
        assertThat(answer.get("refused").get(0).get("code").asString()).isEqualTo(code);
        assertThat(answer.get("refused").get(0).get("detail").asString()).isNotBlank();
    }

    @Test
    void givenAFrameWhoseEveryReadingIsRefused_whenSent_thenItIsAcceptedAndUsesItsNumber() {
        long sequence = next();
        String body = "{\"sequence\":" + sequence + ",\"readings\":[{}]}";

        assertThat(json(door.send(sequence, body)).get("accepted").asInt()).isZero();
        assertProblem(door.send(sequence, frame(sequence, now(), 0.42)), 409, "sequence-conflict");
        assertThat(door.send(sequence, body).statusCode()).isEqualTo(202);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "nonsense",
                "{\"sequence\":SEQ,\"readings\":[}",
                "{\"sequence\":SEQ,\"readings\":[{\"at\":01}]}",
                "{\"sequence\":SEQ,\"readings\":[{\"value\":NaN}]}",
                "{\"sequence\":SEQ,\"readings\":[{}]} trailing",
                "{\"sequence\":SEQ,\"readings\":[{}]}{}",
                "{\"sequence\":SEQ,\"readings\":[{\"device\":\"\\uD800\\u0000",
            })
    void givenNoJson_whenSent_thenItIsMalformed(String body) {
        long sequence = next();
        assertProblem(door.send(sequence, body.replace("SEQ", "" + sequence)), 400, "malformed-json");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "#/readings/2/value     | {\"sequence\":SEQ,\"readings\":[{},{\"value\":1},{\"device\":\"x\",\"value\":NaN}]}",
                "#/readings/0/value     | {\"sequence\":SEQ,\"readings\":[{\"value\":Infinity}]}",
                "#/readings/1/value     | {\"sequence\":SEQ,\"readings\":[17,{\"value\":-}]}",
                "#/readings/0/value     | {\"sequence\":SEQ,\"readings\":[{\"value\":01}]}",
                "#/readings/1/at        | {\"sequence\":SEQ,\"readings\":[{},{\"at\":now}]}",
                "#/readings/0/indicator | {\"sequence\":SEQ,\"readings\":[{\"indicator\":BF_CW_P}]}",
                "#/sequence             | {\"sequence\":NaN,\"readings\":[]}",
            })
    void givenAValueThatIsNotJson_whenSent_thenTheFrameIsRefusedAndTheReadingNamed(String pointer, String body) {
        long sequence = next();

        HttpResponse<String> response = door.send(sequence, body.replace("SEQ", "" + sequence));

        assertProblem(response, 400, "malformed-json");
        assertThat(json(response).get("errors")).hasSize(1);
        assertThat(json(response).get("errors").get(0).get("pointer").asString())
                .isEqualTo(pointer);
        assertThat(door.send(sequence, frame(sequence, now(), 0.42)).statusCode())
                .as("the number is not used")
                .isEqualTo(202);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16BE", "UTF-16LE", "UTF-32BE", "UTF-32LE"})
    void givenAnotherEncodingThanUtf8_whenSent_thenItIsNoJson(Charset encoding) {
        long sequence = next();
        byte[] body = ("{\"sequence\":" + sequence + ",\"readings\":[]}").getBytes(encoding);

        assertProblem(door.send(door.signed(STEEL_GATEWAY, sequence, body)), 400, "malformed-json");
    }

    @Test
    void givenNoJsonUnderANameThatIsNotOurs_whenSent_thenNothingOfItIsRepeated() {
        long sequence = next();

        HttpResponse<String> response =
                door.send(sequence, "{\"sequence\":" + sequence + ",\"<script>\":{\"secret\":NaN}}");

        assertProblem(response, 400, "malformed-json");
        assertThat(response.body()).doesNotContain("script").doesNotContain("secret");
    }

    @Test
    void givenAFrameWithoutReadings_whenSent_thenItIsAHeartbeatThatUsesItsNumberAndIsInKafka() {
        long sequence = next();
        String body = "{\"sequence\":" + sequence + ",\"readings\":[]}";

        HttpResponse<String> response = door.send(sequence, body);

        assertThat(response.statusCode()).isEqualTo(202);
        assertThat(response.body()).isEqualTo("{\"sequence\":" + sequence + ",\"accepted\":0,\"refused\":[]}");
        assertThat(door.send(sequence, body).body()).isEqualTo(response.body());
        assertProblem(door.send(sequence, frame(sequence, now(), 0.42)), 409, "sequence-conflict");
        assertThat(stored().stream().filter(one -> one.sequence() == sequence))
                .singleElement()
                .satisfies(frame -> {
                    assertThat(frame.gatewayId()).isEqualTo(STEEL_GATEWAY);
                    assertThat(frame.size()).isZero();
                    assertThat(frame.readings().next()).isFalse();
                });
    }

    @ParameterizedTest
    @CsvSource({
        "0.3, 0, 0",
        "0.3, -59000, 0",
        "0.3, -61000, 7",
        "0.3, 29000, 0",
        "0.3, 60000, 5",
        "0.05, 0, 0",
        "0.62, 0, 0",
        "5.0, 0, 2",
        "-0.02, 0, 2",
        "5.0, -61000, 2",
        "9988, -61000, 8",
    })
    void givenAReading_whenSent_thenItsCodeMarksItAndValueAndTimeStayAsTheyAre(double value, long ahead, int quality) {
        long sequence = next();
        long at = now() + ahead;

        assertThat(door.send(sequence, frame(sequence, at, value)).statusCode()).isEqualTo(202);

        Readings readings = stored(sequence).readings();
        assertThat(readings.next()).isTrue();
        assertThat(readings.quality()).isEqualTo(quality);
        assertThat(readings.value()).isEqualTo(value);
        assertThat(readings.at()).isEqualTo(at);
    }

    @Test
    void givenAGatewayWhoseClockIsOff_whenItsFrameIsTaken_thenItsReadingsAreMarkedAndKeepTheirTimes() {
        long sequence = next();
        long at = now() - 100_000;
        byte[] body = frame(sequence, at, 0.1).getBytes(StandardCharsets.UTF_8);

        assertThat(door.send(door.signed(
                                STEEL_GATEWAY, SECRET, sequence, Instant.now().minusSeconds(100), body))
                        .statusCode())
                .isEqualTo(202);

        Readings readings = stored(sequence).readings();
        assertThat(readings.next()).isTrue();
        assertThat(readings.quality()).isEqualTo(Quality.CLOCK_SKEW);
        assertThat(readings.at()).isEqualTo(at);
        assertThat(readings.value()).isEqualTo(0.1);
    }

    @Test
    void givenFramesRefusedForTheirClock_whenTheirSignatureWasGood_thenItIsStatedAndForOthersNot() {
        Door.Commanded commanded = door.bean(Door.Commanded.class);
        long sequence = Long.MAX_VALUE - 1;
        byte[] body = ("{\"sequence\":" + sequence + ",\"readings\":[]}").getBytes(StandardCharsets.UTF_8);
        Instant wrong = Instant.now().minusSeconds(3_600);
        // A stranger first: what he makes would be there before.
        assertProblem(
                door.send(door.signed(STEEL_GATEWAY, new byte[] {1}, next(), wrong, body)), 401, "signature-invalid");

        assertProblem(door.send(door.signed(ALUMINIUM_GATEWAY, SECRET, sequence, wrong, body)), 401, "clock-skew");

        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(statements(commanded)).anySatisfy(statement -> {
                    assertThat(statement.gateway().value()).isEqualTo(ALUMINIUM_GATEWAY);
                    assertThat(statement.offsetSeconds()).isBetween(-3_602L, -3_598L);
                }));
        assertThat(statements(commanded))
                .noneMatch(statement -> statement.offsetSeconds() < -3_000
                        && statement.gateway().value().equals(STEEL_GATEWAY));
    }

    @Test
    void givenAReadingRefusedAsOfTheFuture_whenSent_thenTheClockIsStatedToBeWrong() {
        Door.Commanded commanded = door.bean(Door.Commanded.class);
        long sequence = next();
        byte[] body = ("{\"sequence\":" + sequence + ",\"readings\":[" + reading(PIT, "AL_CW_F", now() + 7_200_000, 30)
                        + "]}")
                .getBytes(StandardCharsets.UTF_8);

        assertThat(json(door.send(door.signed(FAST_GATEWAY, sequence, body)))
                        .get("refused")
                        .get(0)
                        .get("code")
                        .asString())
                .isEqualTo("time-in-future");

        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(statements(commanded)).anySatisfy(statement -> {
                    assertThat(statement.gateway().value()).isEqualTo(FAST_GATEWAY);
                    assertThat(statement.offsetSeconds()).isBetween(7_190L, 7_200L);
                }));
    }

    private static List<ReportClockWrong> statements(Door.Commanded commanded) {
        return commanded.sent().stream()
                .map(Door.Sent::command)
                .filter(ReportClockWrong.class::isInstance)
                .map(ReportClockWrong.class::cast)
                .toList();
    }

    @Test
    void givenBadUtf8_whenSent_thenItIsMalformed() {
        long sequence = next();
        byte[] body =
                ("{\"sequence\":" + sequence + ",\"readings\":[{\"device\":\"?\"}]}").getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < body.length; i++) {
            if (body[i] == '?') {
                body[i] = (byte) 0xff;
            }
        }

        assertProblem(door.send(door.signed(STEEL_GATEWAY, sequence, body)), 400, "malformed-json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "17",
                "null",
                "{}",
                "{\"sequence\":SEQ}",
                "{\"readings\":[{}]}",
                "{\"sequence\":SEQ,\"readings\":{}}",
                "{\"sequence\":\"SEQ\",\"readings\":[{}]}",
                "{\"sequence\":-1,\"readings\":[{}]}",
                "{\"sequence\":1.5,\"readings\":[{}]}",
                "{\"sequence\":9223372036854775808,\"readings\":[{}]}",
                "{\"sequence\":18446744073709551616,\"readings\":[{}]}",
                "{\"sequence\":SEQ,\"sequence\":SEQ,\"readings\":[{}]}",
                "{\"sequence\":SEQ,\"readings\":[{\"at\":1,\"at\":2}]}",
                "{\"sequence\":SEQ,\"readings\":[{\"value\":[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]}]}",
            })
    void givenJsonThatIsNoFrame_whenSent_thenItIsInvalid(String body) {
        long sequence = next();
        HttpResponse<String> response = door.send(sequence, body.replace("SEQ", "" + sequence));
        assertProblem(response, 400, "invalid-frame");
        assertThat(json(response).get("errors").get(0).get("pointer").asString())
                .startsWith("#");
    }

    @Test
    void givenDeepNesting_whenSent_thenItIsRefusedWithoutHarm() {
        long sequence = next();
        String deep = "[".repeat(300_000);
        HttpResponse<String> response = door.send(sequence, "{\"sequence\":" + sequence + ",\"x\":" + deep + "}");
        assertProblem(response, 400, "invalid-frame");
    }

    @Test
    void givenASignatureOfAnotherKey_whenSent_thenItIsInvalid() {
        byte[] body = frame(next(), now(), 0.4).getBytes(StandardCharsets.UTF_8);
        assertProblem(
                door.send(door.signed(STEEL_GATEWAY, new byte[] {1}, SEQUENCES.get(), Instant.now(), body)),
                401,
                "signature-invalid");
    }

    @Test
    void givenAnUnknownGateway_whenSent_thenItIsUnknown() {
        byte[] body = frame(next(), now(), 0.4).getBytes(StandardCharsets.UTF_8);
        assertProblem(door.send(door.signed("GT3702110001-G9", SEQUENCES.get(), body)), 401, "gateway-unknown");
    }

    @Test
    void givenAClockThatIsOff_whenSent_thenItIsSkewed() {
        long sequence = next();
        byte[] body = frame(sequence, now(), 0.4).getBytes(StandardCharsets.UTF_8);
        for (int seconds : new int[] {-310, 310}) {
            assertProblem(
                    door.send(door.signed(
                            STEEL_GATEWAY, SECRET, sequence, Instant.now().plusSeconds(seconds), body)),
                    401,
                    "clock-skew");
        }
        assertThat(door.send(door.signed(
                                STEEL_GATEWAY, SECRET, sequence, Instant.now().minusSeconds(280), body))
                        .statusCode())
                .isEqualTo(202);
    }

    @Test
    void givenOurOwnClockAFewSecondsOff_whenAGatewaysIsWrong_thenItIsStatedThoughTheFrameMayBeSentElsewhere() {
        Door.Commanded commanded = door.bean(Door.Commanded.class);
        StoreClock own = door.bean(StoreClock.class);
        Instant now = Instant.now();
        own.told(now.toEpochMilli(), now.minusSeconds(8), now.toEpochMilli());
        try {
            long sequence = Long.MAX_VALUE - 2;
            byte[] body = ("{\"sequence\":" + sequence + ",\"readings\":[]}").getBytes(StandardCharsets.UTF_8);

            HttpResponse<String> doubtful = door.send(
                    door.signed(FAST_GATEWAY, SECRET, sequence, Instant.now().minusSeconds(308), body));
            assertThat(doubtful.statusCode()).as("it may be ours by those few").isEqualTo(503);
            assertProblem(
                    door.send(door.signed(
                            FAST_GATEWAY, SECRET, sequence, Instant.now().minusSeconds(345), body)),
                    401,
                    "clock-skew");

            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(statements(commanded)).anySatisfy(statement -> {
                        assertThat(statement.gateway().value()).isEqualTo(FAST_GATEWAY);
                        assertThat(statement.offsetSeconds()).isBetween(-347L, -343L);
                    }));
        } finally {
            own.told(now.toEpochMilli(), now, now.toEpochMilli());
        }
    }

    @Test
    void givenANonceThatIsNotTheSequence_whenSent_thenItIsAMismatch() {
        long sequence = next();
        byte[] body = frame(sequence, now(), 0.4).getBytes(StandardCharsets.UTF_8);
        assertProblem(door.send(door.signed(STEEL_GATEWAY, sequence + 7, body)), 401, "sequence-mismatch");
    }

    @Test
    void givenABodyThatWasChanged_whenSent_thenItsDigestDoesNotFit() {
        long sequence = next();
        byte[] body = frame(sequence, now(), 0.4).getBytes(StandardCharsets.UTF_8);
        byte[] other = frame(sequence, now(), 0.9).getBytes(StandardCharsets.UTF_8);
        assertProblem(
                door.send(door.signed(STEEL_GATEWAY, sequence, body).POST(BodyPublishers.ofByteArray(other))),
                400,
                "digest-mismatch");
    }

    /** Spoils one header of a well signed frame. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "signature-missing | Signature       | -",
                "signature-missing | Signature-Input | -",
                "signature-invalid | Content-Digest  | -",
                "signature-invalid | Content-Digest  | sha-256=:AAAA:",
                "signature-invalid | Signature       | sig1=:AAAA:",
                "signature-invalid | Signature       | sig2=:AAAA:",
                "signature-invalid | Signature       | sig1=AAAA",
                "signature-invalid | Signature       | %%%",
                "signature-invalid | Signature-Input | sig1=(\"@method\" \"@path\")PARAMS",
                "signature-invalid | Signature-Input | sig1=(\"@path\" \"@method\" \"content-digest\")PARAMS",
                "signature-invalid | Signature-Input | sig1=(\"@method\" \"@path\" \"content-digest\" \"date\")PARAMS",
                "signature-invalid | Signature-Input | sig1=(\"@method\" \"@path\" \"content-digest\")",
                "signature-invalid | Signature-Input | sig1=(\"@method\" \"@path\" \"content-digest",
                "signature-invalid | Signature-Input | sig1=(\"@method\" \"@path\" \"content-digest\");created=1;nonce=\"1\";keyid=\"GT3702110001-G1\";alg=\"rsa-pss-sha512\"",
                "signature-invalid | Signature-Input | sig1=(\"@method\" \"@path\" \"content-digest\");created=\"1\";nonce=\"1\";keyid=\"GT3702110001-G1\";alg=\"hmac-sha256\"",
                "signature-invalid | Signature-Input | nonsense",
            })
    void givenASpoiltHeader_whenSent_thenItIsRefused(String code, String header, String value) {
        long sequence = next();
        byte[] body = frame(sequence, now(), 0.4).getBytes(StandardCharsets.UTF_8);
        HttpRequest good = door.signed(STEEL_GATEWAY, sequence, body).build();
        String input = good.headers().firstValue("Signature-Input").orElseThrow();
        String parameters = input.substring(input.indexOf(')') + 1);
        HttpRequest.Builder spoilt = HttpRequest.newBuilder(door.uri()).POST(BodyPublishers.ofByteArray(body));
        good.headers().map().forEach((name, values) -> {
            if (!name.equalsIgnoreCase(header)) {
                spoilt.header(name, values.getFirst());
            } else if (!value.equals("-")) {
                spoilt.header(name, value.replace("PARAMS", parameters));
            }
        });

        assertProblem(door.send(spoilt), 401, code);
    }

    @Test
    void givenAnyLabelAndParametersInAnyOrder_whenTheSignatureFits_thenItIsTaken() {
        long sequence = next();
        byte[] body = frame(sequence, now(), 0.4).getBytes(StandardCharsets.UTF_8);
        String digest = FrameSignature.contentDigest(FrameSignature.sha256(body));
        String parameters = FrameSignature.COMPONENTS + ";alg=\"hmac-sha256\";keyid=\"" + STEEL_GATEWAY + "\";nonce=\""
                + sequence + "\";created=" + Instant.now().getEpochSecond() + ";tag=\"x\"";
        byte[] signature =
                FrameSignature.hmac(SECRET, FrameSignature.base("POST", FrameSignature.PATH, digest, parameters));

        HttpResponse<String> response = door.send(HttpRequest.newBuilder(door.uri())
                .header("Content-Type", "application/json; charset=utf-8")
                .header("Content-Digest", digest)
                .header("Signature-Input", "my_label=" + parameters)
                .header("Signature", "my_label=:" + Base64.getEncoder().encodeToString(signature) + ":")
                .POST(BodyPublishers.ofByteArray(body)));

        assertThat(response.statusCode()).isEqualTo(202);
    }

    @Test
    void givenAnotherMediaTypeOrEncoding_whenSent_thenItIs415() {
        byte[] body = frame(next(), now(), 0.4).getBytes(StandardCharsets.UTF_8);
        HttpResponse<String> type =
                door.send(door.signed(STEEL_GATEWAY, SEQUENCES.get(), body).setHeader("Content-Type", "text/plain"));
        assertProblem(type, 415, "unsupported-media-type");
        assertThat(type.headers().firstValue("Accept")).hasValue("application/json");
        assertThat(type.headers().firstValue("Accept-Encoding")).isEmpty();
        assertThat(json(type).get("detail").asString()).contains("application/json");
        HttpResponse<String> encoding =
                door.send(door.signed(STEEL_GATEWAY, SEQUENCES.get(), body).setHeader("Content-Encoding", "br"));
        assertProblem(encoding, 415, "unsupported-media-type");
        assertThat(encoding.headers().firstValue("Accept-Encoding")).hasValue("gzip, identity");
        assertThat(encoding.headers().firstValue("Accept")).isEmpty();
        assertThat(json(encoding).get("detail").asString()).contains("gzip");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "x-gzip", "GZIP", "X-GZip"})
    void givenGzip_whenSent_thenItIsUnpackedWithTheDigestOverTheBytesSent(String name) throws IOException {
        long sequence = next();
        byte[] packed = gzip(frame(sequence, now(), 0.4).getBytes(StandardCharsets.UTF_8));

        HttpResponse<String> response =
                door.send(door.signed(STEEL_GATEWAY, sequence, packed).header("Content-Encoding", name));

        assertThat(response.statusCode()).isEqualTo(202);
    }

    @Test
    void givenABombOrNoGzip_whenSent_thenItIsRefused() throws IOException {
        byte[] bomb = gzip(new byte[100 << 20]);
        assertProblem(
                door.send(door.signed(STEEL_GATEWAY, next(), bomb).header("Content-Encoding", "gzip")),
                413,
                "frame-too-large");
        assertProblem(
                door.send(door.signed(STEEL_GATEWAY, next(), "{}".getBytes(StandardCharsets.UTF_8))
                        .header("Content-Encoding", "gzip")),
                400,
                "malformed-json");
    }

    @Test
    void givenABodyOverOneMebibyte_whenSent_thenItIsTooLargeWhetherItsLengthIsToldOrNot() {
        byte[] body = " ".repeat((1 << 20) + 1).getBytes(StandardCharsets.UTF_8);
        assertProblem(door.send(door.signed(STEEL_GATEWAY, next(), body)), 413, "frame-too-large");
        assertProblem(
                door.send(door.signed(STEEL_GATEWAY, next(), body)
                        .POST(BodyPublishers.fromPublisher(BodyPublishers.ofByteArray(body)))),
                413,
                "frame-too-large");
    }

    @Test
    void givenTheMostReadings_whenSent_thenTheyAreTakenAndOneMoreIsTooMany() {
        long sequence = next();
        assertThat(json(door.send(sequence, many(sequence, 2_000)))
                        .get("accepted")
                        .asInt())
                .isEqualTo(2_000);
        sequence = next();
        assertProblem(door.send(sequence, many(sequence, 2_001)), 413, "too-many-readings");
    }

    private static String many(long sequence, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> reading(FURNACE, "BF_CW_P", now() - i, 0.42))
                .collect(Collectors.joining(",", "{\"sequence\":" + sequence + ",\"readings\":[", "]}"));
    }

    @Test
    void givenTheSameFrameAgain_whenSent_thenTheFirstAnswerComesAgainAndNothingIsStoredTwice() {
        long sequence = next();
        String body =
                "{\"sequence\":" + sequence + ",\"readings\":[{}," + reading(FURNACE, "BF_CW_P", now(), 0.4) + "]}";

        HttpResponse<String> first = door.send(sequence, body);
        HttpResponse<String> second = door.send(sequence, body);

        assertThat(second.statusCode()).isEqualTo(202);
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(stored().stream().filter(one -> one.sequence() == sequence)).hasSize(1);
        assertProblem(door.send(sequence, frame(sequence, now(), 0.5)), 409, "sequence-conflict");
    }

    @Test
    void givenTheSameFrameManyTimesAtOnce_whenSent_thenAllGetOneAnswerAndItIsStoredOnce() {
        long sequence = next();
        String body = frame(sequence, now(), 0.4);
        List<CompletableFuture<HttpResponse<String>>> all = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            all.add(CompletableFuture.supplyAsync(() -> door.send(sequence, body)));
        }

        assertThat(all.stream().map(CompletableFuture::join).map(HttpResponse::body))
                .allMatch(answer -> answer.equals("{\"sequence\":" + sequence + ",\"accepted\":1,\"refused\":[]}"));
        assertThat(stored().stream().filter(one -> one.sequence() == sequence)).hasSize(1);
    }

    @Test
    void givenNumbersOfAnotherGateway_whenUsed_thenEachGatewayHasItsOwn() {
        long sequence = Long.MAX_VALUE - 5;
        String body = "{\"sequence\":" + sequence + ",\"readings\":[" + reading(PIT, "AL_CW_F", now(), 30) + "]}";
        assertThat(door.send(door.signed(ALUMINIUM_GATEWAY, sequence, body.getBytes(StandardCharsets.UTF_8)))
                        .statusCode())
                .isEqualTo(202);
    }

    @Test
    void givenARestart_whenAFrameComesAgain_thenItsFirstAnswerIsGivenAndOldOnesAreTooOld() {
        long sequence = Long.MAX_VALUE;
        String body = "{\"sequence\":9223372036854775807,\"readings\":[{}," + reading(PIT, "AL_CW_F", now(), 30) + "]}";
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        HttpResponse<String> first = door.send(door.signed(ALUMINIUM_GATEWAY, sequence, bytes));
        assertThat(first.statusCode()).isEqualTo(202);

        door.close();
        door = Door.open(broker.bootstrap(), folder.resolve("streams"));

        assertThat(door.send(door.signed(ALUMINIUM_GATEWAY, sequence, bytes)).body())
                .isEqualTo(first.body());
        byte[] other = body.replace("30", "31").getBytes(StandardCharsets.UTF_8);
        assertProblem(door.send(door.signed(ALUMINIUM_GATEWAY, sequence, other)), 409, "sequence-conflict");
        byte[] old = body.replace("9223372036854775807", "9223372036854774783").getBytes(StandardCharsets.UTF_8);
        assertProblem(door.send(door.signed(ALUMINIUM_GATEWAY, sequence - 1_024, old)), 409, "sequence-too-old");
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }

    private static Frame stored(long sequence) {
        return stored().stream()
                .filter(one -> one.sequence() == sequence)
                .findFirst()
                .orElseThrow();
    }

    private static List<Frame> stored() {
        Map<String, Object> settings = new HashMap<>();
        settings.put("bootstrap.servers", broker.bootstrap());
        settings.put("key.deserializer", ByteArrayDeserializer.class);
        settings.put("value.deserializer", ByteArrayDeserializer.class);
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(settings)) {
            List<TopicPartition> partitions = IntStream.range(0, TelemetryTopics.PARTITIONS)
                    .mapToObj(i -> new TopicPartition(TelemetryTopics.TELEMETRY, i))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> end = consumer.endOffsets(partitions);
            List<Frame> frames = new ArrayList<>();
            while (end.entrySet().stream().anyMatch(one -> consumer.position(one.getKey()) < one.getValue())) {
                for (ConsumerRecord<byte[], byte[]> one : consumer.poll(Duration.ofMillis(200))) {
                    if (!Pulse.isOne(one.value())) {
                        frames.add(Frame.of(one.value()));
                    }
                }
            }
            return frames;
        }
    }
}
