package io.forgewatch.stack.trial;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The trial that looks at the heap, as short as it can be: no other stack may come or go in its JVM meanwhile. So it is a class of
 * its own, which another JVM can run beside the {@link TrialsTest other trials}. Of the heap of one stack and a light load, what is
 * made once, when Kafka is away for the first time, is a larger part than of the usual trial's.
 */
@Tag("trial")
@Timeout(600)
class KafkaAwayTrialTest {

    @TempDir
    Path home;

    @Test
    void given_load_when_kafka_hangs_or_refuses_then_memory_is_flat_and_every_acknowledged_frame_is_there_once() {
        assertThat(ShortTrial.run(
                        home,
                        List.of(
                                "kafka-away",
                                "--seconds",
                                "25",
                                "--works",
                                "6",
                                "--warm",
                                "20",
                                "--settle",
                                "60",
                                "--rest",
                                "15",
                                "--after",
                                "20",
                                "--frames",
                                "10",
                                "--percent",
                                "15")))
                .isZero();
    }
}
