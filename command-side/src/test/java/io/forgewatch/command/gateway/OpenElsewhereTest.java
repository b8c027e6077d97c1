package io.forgewatch.command.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.forgewatch.command.eventstore.InstanceId;
import io.forgewatch.command.eventstore.OpenDoorRows;
import io.forgewatch.command.eventstore.StoreBed;
import io.forgewatch.command.fixture.Broker;
import io.forgewatch.command.fixture.Door;
import io.forgewatch.standing.KafkaStanding;
import io.forgewatch.standing.KafkaStanding.Heard;
import io.forgewatch.standing.StandingStreams;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.health.contributor.Status;
import reactor.core.publisher.Mono;

/** Two instances on one store: a door at a real broker, and a release that is rolled out with an address where nobody is. */
@Timeout(600)
class OpenElsewhereTest {

    private static final Duration LONG = Duration.ofSeconds(90);
    private static final InstanceId GOOD = new InstanceId("good");
    private static final InstanceId ROLLED_OUT = new InstanceId("rolled-out");

    private final AtomicLong nanos = new AtomicLong();
    private final KafkaStanding kafka = new KafkaStanding(nanos::get);
    private final OpenedHealth health = new OpenedHealth(() -> false, () -> true, kafka);

    @TempDir
    Path folder;

    private Status readiness() {
        return health.health().blockOptional(LONG).orElseThrow().getStatus();
    }

    private void passes(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    @Test
    void given_an_open_door_elsewhere_when_kafka_does_not_answer_here_then_it_is_not_ready_until_it_answers_nobody() {
        Broker broker = Broker.start(folder.resolve("kafka"));
        try (StoreBed store = new StoreBed();
                Door good = Door.open(
                        broker.bootstrap(),
                        folder.resolve("streams"),
                        GOOD.value(),
                        new OpenDoorRows(store.database()))) {
            OpenDoorRows doors = new OpenDoorRows(store.database());
            KafkaWatch watch = new KafkaWatch(
                    Mono.never(),
                    new TelemetryTopics("127.0.0.1:1"),
                    doors,
                    ROLLED_OUT,
                    kafka,
                    new StandingStreams(new SimpleMeterRegistry()));
            await().atMost(LONG)
                    .until(() -> Boolean.TRUE.equals(
                            doors.isOpenElsewhere(ROLLED_OUT).block(LONG)));
            assertThat(doors.isOpenElsewhere(GOOD).block(LONG))
                    .as("its own is no other's")
                    .isFalse();

            for (int look = 0; look < 2; look++) {
                assertThat(watch.look().block(LONG)).isEqualTo(Heard.THERE_FOR_OTHERS);
                passes(KafkaStanding.PROVES);
                assertThat(readiness()).isEqualTo(Status.OUT_OF_SERVICE);
            }

            // The country's Kafka goes: nobody confirms what the good one writes, and it says so no more.
            broker.close();
            await().atMost(LONG).until(() -> watch.look().block(LONG) == Heard.AWAY);
            assertThat(good.bean(Opening.class).isOpen()).isTrue();
            passes(KafkaStanding.PROVES.minusMillis(1));
            assertThat(readiness()).isEqualTo(Status.OUT_OF_SERVICE);
            passes(Duration.ofMillis(1));
            assertThat(readiness()).isEqualTo(Status.UP);
        } finally {
            broker.close();
        }
    }

    @Test
    void given_a_store_that_does_not_say_when_kafka_does_not_answer_then_what_was_known_stands() {
        KafkaWatch watch;
        try (StoreBed store = new StoreBed()) {
            store.database().ready().block(LONG);
            watch = new KafkaWatch(
                    Mono.never(),
                    new TelemetryTopics("127.0.0.1:1"),
                    new OpenDoorRows(store.database()),
                    ROLLED_OUT,
                    kafka,
                    new StandingStreams(new SimpleMeterRegistry()));
            assertThat(watch.look().block(LONG)).isEqualTo(Heard.AWAY);
            passes(KafkaStanding.PROVES);
            assertThat(readiness()).isEqualTo(Status.UP);
        }

        assertThat(watch.look().blockOptional(LONG)).isEmpty();
        passes(KafkaStanding.PROVES.multipliedBy(2));
        assertThat(readiness()).as("a store that goes away later").isEqualTo(Status.UP);
    }
}
