package io.forgewatch.query.projection;

import static org.assertj.core.api.Assertions.assertThat;

import io.forgewatch.event.risk.RiskLevel;
import io.forgewatch.query.given.Store;
import io.forgewatch.query.given.Story;
import io.forgewatch.standing.KafkaStanding;
import io.forgewatch.standing.KafkaStanding.Heard;
import io.forgewatch.standing.StandingStreams;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;

/** Two instances on one store of views: one folds, and a release is rolled out that finds no Kafka. */
class ReachedHealthTest {

    private static final ViewName NAME = new ViewName("counts", 1);
    private static final String WORKS = "GT3702110001";

    private final Store database = new Store();
    private final ProjectionStore store = ProjectionStore.of(database.database());
    private final Counting counting = new Counting();
    private final Topic topic = new Topic();
    private final OwnPath path = new OwnPath(topic);
    private final AtomicLong nanos = new AtomicLong();
    private final KafkaStanding kafka = new KafkaStanding(nanos::get);

    @AfterEach
    void closed() {
        database.close();
    }

    private Instance instance(String name, EventLog log) {
        return new Instance(
                name,
                store,
                log,
                Duration.ofHours(1),
                ViewDefinition.folded(database.database(), NAME, counting, List.of()));
    }

    private void passes(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private static void awaitHeard(KafkaWatch watch, Heard heard) {
        Awaitility.await().atMost(Instance.PATIENCE).until(() -> watch.look().equals(Optional.of(heard)));
    }

    @Test
    void
            given_another_that_folds_when_kafka_does_not_answer_here_then_it_is_not_ready_until_nobody_folds_or_it_answers() {
        topic.relay(new Story(Instant.parse("2026-11-24T08:00:00Z")).risk(WORKS, RiskLevel.BLUE, 1, "none"));
        path.isCut(true);
        try (Instance good = instance("good", topic).awaitPosition(1);
                Instance rolledOut = instance("rolled-out", path)) {
            KafkaWatch watch = new KafkaWatch(
                    rolledOut.projections, rolledOut.progress, kafka, new StandingStreams(new SimpleMeterRegistry()));
            ReachedHealth health = new ReachedHealth(rolledOut.projections, rolledOut.progress, kafka);
            assertThat(health.health().getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
            ReachedHealth ofTheGood = new ReachedHealth(good.projections, good.progress, new KafkaStanding(nanos::get));
            Awaitility.await()
                    .atMost(Instance.PATIENCE)
                    .until(() -> ofTheGood.health().getStatus().equals(Status.UP));

            for (int look = 0; look < 2; look++) {
                awaitHeard(watch, Heard.THERE_FOR_OTHERS);
                passes(KafkaStanding.PROVES);
                assertThat(health.health().getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
            }

            topic.isAway(true);
            awaitHeard(watch, Heard.AWAY);
            passes(KafkaStanding.PROVES.minusMillis(1));
            assertThat(health.health().getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
            passes(Duration.ofMillis(1));
            assertThat(health.health().getStatus()).isEqualTo(Status.UP);

            topic.isAway(false);
            path.isCut(false);
            awaitHeard(watch, Heard.THERE);
            assertThat(health.health().getStatus()).isEqualTo(Status.UP);
        }
    }
}
