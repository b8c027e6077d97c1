package io.forgewatch.command.gateway;

import static io.forgewatch.command.fixture.Door.frame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.forgewatch.command.fixture.Broker;
import io.forgewatch.command.fixture.Door;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.health.contributor.Status;
import reactor.core.publisher.Mono;

@Timeout(240)
class KafkaAwayTest {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private static Status status(Door door) {
        return door.bean(DoorHealth.class)
                .health()
                .blockOptional(SOON)
                .orElseThrow()
                .getStatus();
    }

    private static Status opened(Door door) {
        return door.bean(OpenedHealth.class)
                .health()
                .blockOptional(SOON)
                .orElseThrow()
                .getStatus();
    }

    @Test
    void given_an_open_door_when_kafka_goes_and_comes_then_health_tells_it_and_frames_are_taken_at_once_and_once() {
        Broker broker = Broker.start(folder.resolve("kafka"));
        try (Door door = Door.open(broker.bootstrap(), folder.resolve("streams"))) {
            await().atMost(LONG).until(() -> status(door).equals(Status.UP));
            assertThat(door.send(1, frame(1, System.currentTimeMillis(), 0.42)).statusCode())
                    .isEqualTo(202);

            broker.close();

            // A probe every two seconds, and what nobody confirmed for six.
            await().atMost(SOON).until(() -> status(door).equals(Status.DOWN));
            assertThat(opened(door)).as("it stays in service").isEqualTo(Status.UP);
            String lost = frame(2, System.currentTimeMillis(), 0.43);
            HttpResponse<String> refused = door.send(2, lost);
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.headers().firstValue("Retry-After")).isPresent();
            assertThat(refused.body()).contains("unavailable");

            broker = Broker.start(folder.resolve("kafka"), broker.port());

            await().atMost(LONG).until(() -> status(door).equals(Status.UP));
            await().atMost(LONG).until(() -> door.send(2, lost).statusCode() == 202);
            assertThat(door.send(3, frame(3, System.currentTimeMillis(), 0.42)).statusCode())
                    .isEqualTo(202);
            assertThat(door.send(1, frame(1, 0, 0.42)).statusCode())
                    .as("what was remembered is")
                    .isEqualTo(409);
        } finally {
            broker.close();
        }
    }

    @Test
    void given_nobody_at_its_address_or_a_broker_when_kafka_is_asked_then_only_the_first_is_an_absence() {
        assertThat(new TelemetryTopics("127.0.0.1:1")
                        .areServed()
                        .map(served -> "answered")
                        .onErrorResume(KafkaAbsence::isTheCauseOf, absent -> Mono.just("away"))
                        .block(LONG))
                .isEqualTo("away");
        try (Broker broker = Broker.start(folder.resolve("another"))) {
            TelemetryTopics topics = new TelemetryTopics(broker.bootstrap());
            assertThat(topics.areServed()
                            .map(served -> "answered")
                            .onErrorResume(
                                    failure -> !KafkaAbsence.isTheCauseOf(failure), missing -> Mono.just("no topic"))
                            .block(LONG))
                    .isEqualTo("no topic");
            topics.ensure().block(LONG);
            await().atMost(SOON)
                    .until(() -> Boolean.TRUE.equals(topics.areServed().block(LONG)));
        }
    }
}
