package io.forgewatch.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.forgewatch.command.alarm.Alarms;
import io.forgewatch.command.decision.Commands;
import io.forgewatch.command.decision.Commands.Answer;
import io.forgewatch.command.decision.EventFeed;
import io.forgewatch.command.enterprise.EnterpriseCommand.RegisterEnterprise;
import io.forgewatch.command.enterprise.EnterpriseCommand.RegisterGateway;
import io.forgewatch.command.eventstore.EmbeddedStore;
import io.forgewatch.command.fixture.Broker;
import io.forgewatch.command.gateway.Opening;
import io.forgewatch.command.security.SecretSeal;
import io.forgewatch.command.telemetry.PlantDirectory;
import io.forgewatch.command.transparency.SampleKeys;
import io.forgewatch.event.Actor;
import io.forgewatch.event.RecordedEvent;
import io.forgewatch.event.alarm.AlarmEvent.AlarmRaised;
import io.forgewatch.event.alarm.Limit;
import io.forgewatch.event.enterprise.EnterpriseId;
import io.forgewatch.event.enterprise.Industry;
import io.forgewatch.event.enterprise.RiskProfile;
import io.forgewatch.event.equipment.Severity;
import io.forgewatch.event.risk.RiskEvent.RiskAssessed;
import io.forgewatch.event.telemetry.FrameSignature;
import io.forgewatch.event.telemetry.GatewayEvent.GatewayClockWrong;
import io.forgewatch.event.warning.WarningEvent.WarningIssued;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import reactor.core.Disposable;

/** The command side as it is started, on a real PostgreSQL and a real broker. */
@Timeout(240)
class WholeSideTest {

    @TempDir
    Path folder;

    @Test
    void givenAnEnterprise_whenAnOuterLimitBreaks_thenRiskRisesAndAWarningIsIssued_andAllIsThereAfterARestart()
            throws Exception {
        try (Broker broker = Broker.start(folder.resolve("kafka"))) {
            Map<String, Object> properties = properties(broker);
            List<RecordedEvent> told;
            try (ConfigurableApplicationContext side = CommandSide.start(properties)) {
                told = breakALimit(side);
            }
            try (ConfigurableApplicationContext again = CommandSide.start(properties)) {
                EventFeed feed = again.getBean(EventFeed.class);
                assertThat(feed.after(0).take(told.size()).collectList().block(Duration.ofSeconds(30)))
                        .isEqualTo(told);
                Answer repeated = breach(again);
                assertThat(repeated.position()).isEqualTo(position(told, AlarmRaised.class));
            }
        }
    }

    @Test
    void givenAGatewayWhoseClockIsAnHourSlow_whenItsFrameIsRefused_thenThatIsAnEvent() throws Exception {
        try (Broker broker = Broker.start(folder.resolve("kafka"));
                ConfigurableApplicationContext side = CommandSide.start(properties(broker))) {
            side.getBean(Opening.class).opened().block(Duration.ofSeconds(60));
            byte[] secret = new byte[32];
            Commands commands = side.getBean(Commands.class);
            EnterpriseId works = new EnterpriseId(Alarms.ENTERPRISE);
            register(commands, works);
            String sealed = side.getBean(SecretSeal.class).seal(secret);
            commands.send(new RegisterGateway(works, sealed, Alarms.START), Actor.account("works"), null)
                    .block(Duration.ofSeconds(60));
            String gateway = Alarms.ENTERPRISE + "-G1";
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> side.getBean(PlantDirectory.class).gateway(gateway) != null);

            assertThat(skewed(side, gateway, secret).body()).contains("clock-skew");

            RecordedEvent event = side.getBean(EventFeed.class)
                    .after(0)
                    .filter(each -> each.event() instanceof GatewayClockWrong)
                    .blockFirst(Duration.ofSeconds(60));
            assertThat(event).isNotNull();
            assertThat(event.actor()).isEqualTo(Actor.system("door"));
            assertThat(((GatewayClockWrong) event.event()).offsetSeconds()).isBetween(-3_620L, -3_590L);
            assertThat(((GatewayClockWrong) event.event()).gatewayId()).isEqualTo(gateway);
        }
    }

    private static HttpResponse<String> skewed(ConfigurableApplicationContext side, String gateway, byte[] secret)
            throws Exception {
        byte[] body = "{\"sequence\":1,\"readings\":[]}".getBytes(StandardCharsets.UTF_8);
        FrameSignature.Headers signed =
                FrameSignature.sign(gateway, secret, 1, Instant.now().minusSeconds(3_600), body);
        String port = side.getEnvironment().getRequiredProperty("local.server.port");
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + FrameSignature.PATH))
                            .header("Content-Type", "application/json")
                            .header("Content-Digest", signed.contentDigest())
                            .header("Signature-Input", signed.signatureInput())
                            .header("Signature", signed.signature())
                            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    private static void register(Commands commands, EnterpriseId works) {
        commands.send(
                        new RegisterEnterprise(
                                works,
                                "日照钢铁",
                                "370211",
                                Industry.STEEL,
                                RiskProfile.STEEL_LONG,
                                null,
                                false,
                                Alarms.START),
                        Actor.account("ministry"),
                        "enterprise")
                .block(Duration.ofSeconds(60));
    }

    private static List<RecordedEvent> breakALimit(ConfigurableApplicationContext side) {
        Commands commands = side.getBean(Commands.class);
        List<RecordedEvent> seen = new CopyOnWriteArrayList<>();
        Disposable following = side.getBean(EventFeed.class).after(0).subscribe(seen::add);
        register(commands, new EnterpriseId(Alarms.ENTERPRISE));
        breach(side);
        await().atMost(Duration.ofSeconds(60)).until(() -> seen.stream().anyMatch(WholeSideTest::isWarning));
        following.dispose();

        assertThat(seen).extracting(RecordedEvent::position).isSorted().doesNotHaveDuplicates();
        assertThat(seen.stream().filter(event -> event.event() instanceof RiskAssessed))
                .first()
                .satisfies(event ->
                        assertThat(event.actor()).isEqualTo(Actor.automation("WhenAlarmChangesThenAssessRisk")));
        return List.copyOf(seen);
    }

    private static Answer breach(ConfigurableApplicationContext side) {
        return side.getBean(Commands.class)
                .send(Alarms.breach(Limit.LL, Severity.A, 0), new Actor("detection", "0"), "breach")
                .block(Duration.ofSeconds(60));
    }

    private static boolean isWarning(RecordedEvent event) {
        return event.event() instanceof WarningIssued;
    }

    private static long position(List<RecordedEvent> events, Class<?> type) {
        return events.stream()
                .filter(event -> type.isInstance(event.event()))
                .findFirst()
                .orElseThrow()
                .position();
    }

    private Map<String, Object> properties(Broker broker) throws NoSuchAlgorithmException {
        KeyPair keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        return Map.ofEntries(
                Map.entry("server.port", 0),
                Map.entry("forgewatch.instance", "whole"),
                Map.entry("forgewatch.postgres.url", EmbeddedStore.newDatabase()),
                Map.entry("forgewatch.kafka.bootstrap", broker.bootstrap()),
                Map.entry(
                        "forgewatch.detection.state-folder",
                        folder.resolve("streams").toString()),
                Map.entry("forgewatch.security.master-key", Base64.getEncoder().encodeToString(new byte[32])),
                Map.entry("forgewatch.log.ed25519-private-key", SampleKeys.SECRET),
                Map.entry("forgewatch.log.sm2-private-key", SampleKeys.SECRET),
                Map.entry(
                        "forgewatch.security.token-private-key",
                        pem("PRIVATE", keys.getPrivate().getEncoded())),
                Map.entry(
                        "forgewatch.security.token-public-key",
                        pem("PUBLIC", keys.getPublic().getEncoded())));
    }

    private static String pem(String kind, byte[] key) {
        return "-----BEGIN " + kind + " KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key)
                + "\n-----END " + kind + " KEY-----\n";
    }
}
