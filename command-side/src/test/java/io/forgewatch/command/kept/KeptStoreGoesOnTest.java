package io.forgewatch.command.kept;

import static io.forgewatch.command.kept.KeptStoreTest.column;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.forgewatch.command.CommandSide;
import io.forgewatch.command.decision.Command;
import io.forgewatch.command.decision.Commands;
import io.forgewatch.command.decision.EventFeed;
import io.forgewatch.command.enterprise.EnterpriseCommand.RegisterEnterprise;
import io.forgewatch.command.eventstore.DeciderNames;
import io.forgewatch.command.eventstore.EmbeddedStore;
import io.forgewatch.command.fixture.Broker;
import io.forgewatch.event.Actor;
import io.forgewatch.event.DomainEvent;
import io.forgewatch.event.EventJson;
import io.forgewatch.event.RecordedEvent;
import io.forgewatch.event.alarm.AlarmEvent.AlarmReturned;
import io.forgewatch.event.enterprise.EnterpriseId;
import io.forgewatch.event.enterprise.Industry;
import io.forgewatch.event.enterprise.RiskProfile;
import io.forgewatch.event.risk.RiskEvent.RiskAssessed;
import io.forgewatch.event.telemetry.FrameSignature;
import io.forgewatch.event.warning.WarningEvent.WarningEscalated;
import io.forgewatch.event.warning.WarningEvent.WarningIssued;
import io.forgewatch.event.warning.WarningId;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A whole command side goes on with the store of an earlier release, and fires what waited there. */
@Timeout(240)
class KeptStoreGoesOnTest {

    private static final Duration LONG = Duration.ofSeconds(90);

    @TempDir
    Path folder;

    static List<KeptStore> kept() {
        return KeptStore.all();
    }

    @ParameterizedTest
    @MethodSource("kept")
    void givenAKeptStore_whenASideStartsTwoDaysLater_thenWhatWaitedIsFiredAndWhatWasParkedIsDone(KeptStore kept)
            throws Exception {
        String database = kept.restored();
        String name = EmbeddedStore.nameOf(database);
        List<String> waiting = column(name, "select row_to_json(d) from due_dates d where state = 'WAITING'");
        try (Broker broker = Broker.start(folder.resolve("kafka"));
                ConfigurableApplicationContext side =
                        CommandSide.start(later(kept, database, broker, Duration.ofDays(2)))) {
            waiting.forEach(row -> assertThat(read(side, JsonMapper.shared().readTree(row)))
                    .as(row)
                    .isNotNull());

            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(events(side, WarningEscalated.class, kept.head() + 1))
                            .anyMatch(escalated -> escalated.warningId().equals(kept.fact("warning"))));
            await().atMost(LONG)
                    .untilAsserted(() ->
                            assertThat(column(name, "select key from parked")).isEmpty());
            assertThat(events(side, RiskAssessed.class, kept.head() + 1))
                    .as("what was left alone is done")
                    .anyMatch(assessed -> assessed.enterpriseId().equals(kept.fact("parked")));
            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(events(side, WarningIssued.class, kept.head() + 1))
                            .extracting(issued ->
                                    WarningId.FORM.parse(issued.warningId()).enterpriseId())
                            .containsExactly(kept.fact("parked")));
            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(left(name, waiting)).isEmpty());
            goesOnBehind(side, kept);
        }
    }

    /** What was there is there, what is new is behind it without a gap, and the log lets it in. */
    private static void goesOnBehind(ConfigurableApplicationContext side, KeptStore kept) {
        List<RecordedEvent> before = all(side).subList(0, (int) kept.head());
        Commands.Answer answer = side.getBean(Commands.class)
                .send(
                        new RegisterEnterprise(
                                new EnterpriseId("GT3702110099"),
                                "日照钢铁",
                                "370211",
                                Industry.STEEL,
                                RiskProfile.STEEL_LONG,
                                null,
                                false,
                                kept.keptAt()),
                        Actor.account("ministry"),
                        "kept-" + kept.head())
                .block(LONG);

        List<RecordedEvent> after = all(side);
        assertThat(answer.position()).isGreaterThan(kept.head());
        assertThat(after).startsWith(before.toArray(RecordedEvent[]::new));
        assertThat(after)
                .extracting(RecordedEvent::position)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, after.size()).boxed().toList());
    }

    @ParameterizedTest
    @MethodSource("kept")
    void givenAKeptStoreAndItsTopics_whenReadingsOfABrokenPointAreGoodAgain_thenItsAlarmReturns(KeptStore kept)
            throws Exception {
        assumeTrue(Instant.now().isAfter(kept.keptAt()), "Detection goes by the machine's clock, which is too early");
        String enterprise = WarningId.FORM.parse(kept.fact("warning")).enterpriseId();
        String database = kept.restored();
        try (Broker broker = Broker.start(folder.resolve("kafka"))) {
            KeptTopics.restore(kept, broker.bootstrap());
            try (ConfigurableApplicationContext side = CommandSide.start(properties(kept, database, broker));
                    HttpClient client = HttpClient.newHttpClient()) {
                await().atMost(LONG).pollInterval(Duration.ofMillis(300)).untilAsserted(() -> {
                    assertThat(good(client, side, kept, enterprise)).isEqualTo(202);
                    assertThat(events(side, AlarmReturned.class, kept.head() + 1))
                            .anyMatch(returned -> returned.alarmId().startsWith(enterprise + "010001.BF_CW_P.LOW."));
                });
            }
        }
    }

    private static int good(HttpClient client, ConfigurableApplicationContext side, KeptStore kept, String enterprise)
            throws Exception {
        long now = System.currentTimeMillis();
        // Behind every number of the demonstration, whose numbers are times too.
        long sequence = now + Duration.ofDays(10).toMillis();
        byte[] body = ("{\"sequence\":" + sequence + ",\"readings\":[{\"device\":\"" + enterprise
                        + "010001\",\"indicator\":\"BF_CW_P\",\"at\":" + now + ",\"value\":0.42}]}")
                .getBytes(StandardCharsets.UTF_8);
        String gateway = enterprise + "-G1";
        byte[] secret = Base64.getDecoder().decode(kept.gatewaySecret(gateway));
        FrameSignature.Headers headers = FrameSignature.sign(gateway, secret, sequence, Instant.now(), body);
        String port = side.getEnvironment().getRequiredProperty("local.server.port");
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + FrameSignature.PATH))
                .timeout(LONG)
                .header("Content-Type", "application/json")
                .header("Content-Digest", headers.contentDigest())
                .header("Signature-Input", headers.signatureInput())
                .header("Signature", headers.signature())
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    private static Command read(ConfigurableApplicationContext side, JsonNode row) {
        return EventJson.MAPPER.readValue(
                row.required("command").asString(),
                side.getBean(DeciderNames.class)
                        .named(row.required("command_name").asString()));
    }

    /** Of those that waited; what was fired, by this release or by one that kept it, is not there any more. */
    private static List<String> left(String database, List<String> waiting) throws SQLException {
        String keys = waiting.stream()
                .map(row ->
                        "'" + JsonMapper.shared().readTree(row).required("key").asString() + "'")
                .collect(Collectors.joining(","));
        return column(database, "select key from due_dates where state = 'FIRED' or key in (" + keys + ")");
    }

    private static <E extends DomainEvent> List<E> events(
            ConfigurableApplicationContext side, Class<E> type, long from) {
        return all(side).stream()
                .filter(event -> event.position() >= from)
                .map(RecordedEvent::event)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    private static List<RecordedEvent> all(ConfigurableApplicationContext side) {
        EventFeed feed = side.getBean(EventFeed.class);
        return feed.head()
                .flatMapMany(head -> feed.after(0).take(head))
                .collectList()
                .block(LONG);
    }

    private Map<String, Object> later(KeptStore kept, String database, Broker broker, Duration later) {
        Map<String, Object> properties = properties(kept, database, broker);
        properties.put("spring.main.sources", LaterClock.class.getName());
        properties.put("kept.now", kept.keptAt().plus(later));
        return properties;
    }

    private Map<String, Object> properties(KeptStore kept, String database, Broker broker) {
        Map<String, Object> properties = new HashMap<>(kept.properties());
        properties.put("server.port", 0);
        properties.put("forgewatch.instance", "later");
        properties.put("forgewatch.postgres.url", database);
        properties.put("forgewatch.kafka.bootstrap", broker.bootstrap());
        properties.put(
                "forgewatch.detection.state-folder", folder.resolve("streams").toString());
        return properties;
    }
}
