package io.forgewatch.query.projection;

import static org.assertj.core.api.Assertions.assertThat;

import io.forgewatch.query.given.Broker;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;

class KafkaFrameLogTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static Broker broker;

    @BeforeAll
    static void a_broker() throws Exception {
        broker = new Broker();
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Test
    void given_a_topic_that_gets_more_partitions_when_frames_come_in_them_then_they_are_read_and_none_is_missed()
            throws Exception {
        KafkaFrameLog log = new KafkaFrameLog(broker.bootstrap(), Broker.TELEMETRY, Duration.ofMillis(200));
        Map<Integer, Long> offsets = new ConcurrentHashMap<>();
        List<String> read = new CopyOnWriteArrayList<>();
        Instant since = Instant.now().minusSeconds(600);
        Disposable reading = Flux.defer(() -> log.after(Map.copyOf(offsets), since))
                .doOnNext(frame -> offsets.put(frame.partition(), frame.offset()))
                .repeat()
                .subscribe(frame -> read.add(frame.partition() + "/" + frame.offset()));
        broker.frame(3, new byte[] {1});
        Awaitility.await().atMost(PATIENCE).until(() -> read.contains("3/0"));

        broker.framePartitions(14);
        broker.frame(13, new byte[] {2});
        broker.frame(3, new byte[] {3});

        Awaitility.await().atMost(PATIENCE).until(() -> read.contains("13/0") && read.contains("3/1"));
        reading.dispose();
        assertThat(read).containsExactlyInAnyOrder("3/0", "13/0", "3/1");
    }
}
