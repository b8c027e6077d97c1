package io.forgewatch.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.forgewatch.command.alarm.Alarms;
import io.forgewatch.command.decision.Commands;
import io.forgewatch.command.decision.Commands.Answer;
import io.forgewatch.command.decision.EventFeed;
import io.forgewatch.command.enterprise.EnterpriseCommand.RegisterEnterprise;
import io.forgewatch.command.eventstore.EmbeddedStore;
import io.forgewatch.command.fixture.Broker;
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
import io.forgewatch.event.warning.WarningEvent.WarningIssued;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
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

    private static List<RecordedEvent> breakALimit(ConfigurableApplicationContext side) {
        Commands commands = side.getBean(Commands.class);
        List<RecordedEvent> seen = new CopyOnWriteArrayList<>();
        Disposable following = side.getBean(EventFeed.class).after(0).subscribe(seen::add);
        commands.send(
                        new RegisterEnterprise(
                                new EnterpriseId(Alarms.ENTERPRISE),
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
