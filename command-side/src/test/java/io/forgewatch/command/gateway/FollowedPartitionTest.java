package io.forgewatch.command.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.forgewatch.event.telemetry.FrameWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class FollowedPartitionTest {

    private static final WindowKeeping.Rule AT_ONCE = new WindowKeeping.Rule(1, 1, Duration.ZERO);

    private final FollowedPartition partition = new FollowedPartition(3, new SequenceMemory());

    private boolean take(long offset, byte[] value) {
        boolean taken = partition.take(new ConsumerRecord<>(TelemetryTopics.TELEMETRY, 3, offset, null, value));
        partition.moveTo(offset + 1);
        return taken;
    }

    private static byte[] frame(long sequence) {
        return new FrameWriter(0).write("GT3702110001", "GT3702110001-G1", sequence, new byte[32]);
    }

    private static byte[] newerFrame(long sequence) {
        byte[] frame = frame(sequence);
        frame[2]++;
        return frame;
    }

    /** How many records are sent when it is looked at. */
    private int kept() {
        MockProducer<byte[], byte[]> producer =
                new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
        try (WindowKeeping keeping = new WindowKeeping(producer, AT_ONCE)) {
            keeping.look(partition);
        }
        return producer.history().size();
    }

    @Test
    void given_frames_that_this_code_reads_when_it_is_time_then_window_and_mark_are_kept() {
        assertThat(take(0, frame(1))).isTrue();
        assertThat(partition.isBeyondThisCode()).isFalse();
        assertThat(kept()).isEqualTo(2);
    }

    @Test
    void given_a_frame_of_newer_code_when_others_follow_then_neither_window_nor_mark_is_kept_any_more() {
        take(0, frame(1));
        assertThat(take(1, newerFrame(2))).isFalse();
        assertThat(take(2, frame(3))).isTrue();

        assertThat(partition.isBeyondThisCode()).isTrue();
        assertThat(kept()).isZero();
    }

    @Test
    void given_what_is_no_frame_of_any_code_when_others_follow_then_it_is_passed_over() {
        assertThat(take(0, "nothing".getBytes(StandardCharsets.US_ASCII))).isFalse();
        take(1, frame(1));
        assertThat(partition.isBeyondThisCode()).isFalse();
        assertThat(kept()).isEqualTo(2);
    }
}
