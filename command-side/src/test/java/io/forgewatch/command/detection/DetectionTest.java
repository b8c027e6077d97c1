package io.forgewatch.command.detection;

import static io.forgewatch.command.fixture.SmallPlant.FURNACE;
import static io.forgewatch.command.fixture.SmallPlant.PIT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.forgewatch.command.alarm.AlarmCommand;
import io.forgewatch.command.alarm.AlarmCommand.ReportBreach;
import io.forgewatch.command.alarm.AlarmCommand.ReportLateBreach;
import io.forgewatch.command.alarm.AlarmCommand.ReportReturn;
import io.forgewatch.command.fixture.Broker;
import io.forgewatch.command.fixture.Door;
import io.forgewatch.command.fixture.SmallPlant;
import io.forgewatch.command.gateway.TelemetryTopics;
import io.forgewatch.event.alarm.Direction;
import io.forgewatch.event.alarm.Limit;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;

/** From frames through the door to commands: the real server, broker, Streams and receiver. */
class DetectionTest {

    private final AtomicLong sequence = new AtomicLong();

    @TempDir
    Path folder;

    private Broker broker;
    private Door door;

    @BeforeEach
    void open() {
        broker = Broker.start(folder.resolve("kafka"));
        door = Door.open(broker.bootstrap(), folder.resolve("streams"));
        until(() -> door.bean(DetectionStreams.class).isEvaluating());
    }

    @AfterEach
    void close() {
        door.close();
        broker.close();
    }

    private static void until(BooleanSupplier condition) {
        Flux.interval(Duration.ofMillis(50))
                .filter(tick -> condition.getAsBoolean())
                .blockFirst(Duration.ofSeconds(60));
    }

    private void send(String gateway, String device, String indicator, double value) {
        long number = sequence.incrementAndGet();
        String body = "{\"sequence\":" + number + ",\"readings\":["
                + Door.reading(device, indicator, System.currentTimeMillis(), value) + "]}";
        assertThat(door.send(door.signed(gateway, number, body.getBytes(StandardCharsets.UTF_8)))
                        .statusCode())
                .isEqualTo(202);
    }

    private void send(long number, Duration clockBehind, double pressure) {
        Instant clock = Instant.now().minus(clockBehind);
        byte[] body = Door.frame(number, clock.toEpochMilli(), pressure).getBytes(StandardCharsets.UTF_8);
        assertThat(door.send(door.signed(SmallPlant.STEEL_GATEWAY, SmallPlant.SECRET, number, clock, body))
                        .statusCode())
                .isEqualTo(202);
    }

    private List<AlarmCommand> commands() {
        return door.bean(Door.Commanded.class).sent().stream()
                .map(sent -> (AlarmCommand) sent.command())
                .toList();
    }

    @Test
    void givenOneReadingBeyondTheLimitAndThenSilence_whenTheDelayEnds_thenABreachIsReported_andAlsoItsReturn() {
        send(SmallPlant.STEEL_GATEWAY, FURNACE, "BF_CW_P", 0.42);
        send(SmallPlant.STEEL_GATEWAY, FURNACE, "BF_CW_P", 0.15);

        until(() -> commands().size() == 1);

        ReportBreach breach = (ReportBreach) commands().getFirst();
        assertThat(breach.alarm().point()).isEqualTo(FURNACE + ".BF_CW_P.LOW");
        assertThat(breach.limit()).isEqualTo(Limit.LL);
        assertThat(breach.value()).isEqualTo(0.15);
        assertThat(breach.threshold()).isEqualTo(0.20);
        assertThat(breach.unit()).isEqualTo("MPa");
        assertThat(breach.area()).isEqualTo("炼铁");
        assertThat(breach.readings()).hasSize(1);
        assertThat(door.bean(Door.Commanded.class).sent().getFirst().actor().wire())
                .isEqualTo("detection/0");
        assertThat(door.bean(Door.Commanded.class).sent().getFirst().idempotencyKey())
                .as("what is said anew of a breach must be heard")
                .isNull();

        for (int i = 0; i < 4; i++) {
            send(SmallPlant.STEEL_GATEWAY, FURNACE, "BF_CW_P", 0.42);
        }
        until(() -> commands().size() == 2);

        ReportReturn back = (ReportReturn) commands().get(1);
        assertThat(back.alarm()).isEqualTo(breach.alarm());
        assertThat(back.at()).isAfter(breach.at());
    }

    @Test
    void givenAnInterlockOutOfForceAndAPitThatDoesNotCast_whenWatched_thenOnlyTheInterlockIsReported() {
        send(SmallPlant.ALUMINIUM_GATEWAY, PIT, "AL_CASTING", 0);
        send(SmallPlant.ALUMINIUM_GATEWAY, PIT, "AL_CW_F", 1);
        send(SmallPlant.STEEL_GATEWAY, FURNACE, "BF_RELIEF_ILK", 0);
        until(() -> commands().size() == 1);
        assertThat(commands().getFirst().alarm().direction()).isEqualTo(Direction.STATE);

        send(SmallPlant.ALUMINIUM_GATEWAY, PIT, "AL_CASTING", 3);
        send(SmallPlant.ALUMINIUM_GATEWAY, PIT, "AL_CW_F", 1);
        until(() -> commands().size() == 2);

        assertThat(commands().get(1).alarm().indicator()).isEqualTo("AL_CW_F");
    }

    /** One record in the works' own partition, and nothing of it must be hidden by that. */
    @Test
    void given_records_that_nobody_can_read_when_a_breach_follows_then_it_is_reported_all_the_same() {
        send(SmallPlant.STEEL_GATEWAY, FURNACE, "BF_CW_P", 0.42);
        for (byte[] poison : new byte[][] {null, {}, "rubbish".getBytes(StandardCharsets.UTF_8), {'F', 'W'}}) {
            produced(poison);
        }
        send(SmallPlant.STEEL_GATEWAY, FURNACE, "BF_CW_P", 0.15);

        until(() -> commands().size() == 1);
        assertThat(door.bean(MeterRegistry.class)
                        .counter("forgewatch.detection.frames.broken")
                        .count())
                .isEqualTo(4);
    }

    @Test
    void givenAGatewayWhoseClockGoesBack_whenAValueIsBeyond_thenItsBreachIsNow() {
        send(10, Duration.ZERO, 0.42);
        send(11, Duration.ZERO, 0.42);

        AtomicLong number = new AtomicLong(11);
        await("not a minute, as before").atMost(Duration.ofSeconds(40)).until(() -> {
            send(number.incrementAndGet(), Duration.ofSeconds(200), 0.15);
            return commands().stream().anyMatch(ReportBreach.class::isInstance);
        });
    }

    @Test
    void givenAGatewayWithAWrongClock_whenItSendsWhatWaitedBesideWhatIsNew_thenABreachInItIsHistory() {
        Duration wrong = Duration.ofSeconds(40);
        send(11, wrong, 0.42);
        for (int i = 0; i < 6; i++) {
            send(12 + 2 * i, wrong.plusSeconds(110 - i), 0.15);
            send(13 + 2 * i, wrong, 0.42);
        }

        until(() -> !commands().isEmpty());
        assertThat(commands().getFirst()).isInstanceOf(ReportLateBreach.class);
    }

    @Test
    void givenAFrameThatIsSentAgainAsItWas_whenItsValuesAreBeyondAndNewerOnesAreNot_thenItIsHistory() {
        send(11, Duration.ZERO, 0.42);
        send(12, Duration.ZERO, 0.42);

        send(8, Duration.ofSeconds(100), 0.15);
        send(9, Duration.ofSeconds(98), 0.15);
        send(13, Duration.ZERO, 0.42);

        until(() -> !commands().isEmpty());
        assertThat(commands().getFirst()).isInstanceOf(ReportLateBreach.class);
    }

    private void produced(byte[] value) {
        Map<String, Object> settings = Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrap());
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            byte[] works = FURNACE.substring(0, 12).getBytes(StandardCharsets.US_ASCII);
            producer.send(new ProducerRecord<>(TelemetryTopics.TELEMETRY, works, value));
        }
    }

    @Test
    void givenABreachUnderWay_whenTheProcessIsStartedAnew_thenTheDelayEndsAllTheSame() {
        send(SmallPlant.STEEL_GATEWAY, FURNACE, "BF_CW_P", 0.25);

        door.close();
        door = Door.open(broker.bootstrap(), folder.resolve("streams"));

        until(() -> !commands().isEmpty());
        assertThat(commands().getFirst().alarm().point()).isEqualTo(FURNACE + ".BF_CW_P.LOW");
    }
}
