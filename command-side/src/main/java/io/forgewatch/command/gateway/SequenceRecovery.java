package io.forgewatch.command.gateway;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the used numbers in the frames themselves, where no windows are kept: once, after a release that kept none, or where a
 * window was lost. Enough frames are read back for all gateways.
 */
final class SequenceRecovery {

    private static final Logger LOG = LoggerFactory.getLogger(SequenceRecovery.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final long STEP = 4;

    private final Consumer<byte[], byte[]> consumer;

    /** @param consumer to which all partitions are assigned, paused or not; it is left somewhere */
    SequenceRecovery(Consumer<byte[], byte[]> consumer) {
        this.consumer = consumer;
    }

    /**
     * Reads back, and leaves each partition at what was its end.
     *
     * @param gateways how many there are
     */
    void read(List<FollowedPartition> partitions, int gateways) {
        long started = System.nanoTime();
        Map<TopicPartition, FollowedPartition> byName = partitions.stream()
                .collect(Collectors.toMap(
                        one -> new TopicPartition(TelemetryTopics.TELEMETRY, one.number()), one -> one));
        Map<TopicPartition, Long> first = consumer.beginningOffsets(byName.keySet());
        long most = (long) SequenceWindow.SIZE * Math.max(1, gateways);
        Map<TopicPartition, Long> missing = new HashMap<>();
        byName.keySet().forEach(partition -> missing.put(partition, most));
        Map<TopicPartition, Long> last = consumer.endOffsets(byName.keySet());
        byName.forEach((name, partition) -> partition.moveTo(last.getOrDefault(name, 0L)));
        Map<TopicPartition, Long> ends = last;
        long frames = 0;
        // Not all of a partition are frames: where too few were, what stands before is read as well, more at a time.
        for (long back = most; !ends.isEmpty(); back *= STEP) {
            Map<TopicPartition, Long> starts = starts(first, ends, back);
            starts.forEach(consumer::seek);
            frames += read(byName, ends, missing);
            starts.entrySet()
                    .removeIf(start -> start.getValue() <= first.getOrDefault(start.getKey(), 0L)
                            || missing.getOrDefault(start.getKey(), 0L) <= 0);
            ends = starts;
        }
        LOG.info(
                "Sequences found in {} frames in {} ms",
                frames,
                Duration.ofNanos(System.nanoTime() - started).toMillis());
    }

    private static Map<TopicPartition, Long> starts(
            Map<TopicPartition, Long> first, Map<TopicPartition, Long> ends, long back) {
        Map<TopicPartition, Long> starts = new HashMap<>();
        ends.forEach(
                (partition, end) -> starts.put(partition, Math.max(first.getOrDefault(partition, 0L), end - back)));
        return starts;
    }

    /** Reads each partition up to its end; says how many frames there were. */
    private long read(
            Map<TopicPartition, FollowedPartition> byName,
            Map<TopicPartition, Long> ends,
            Map<TopicPartition, Long> missing) {
        long frames = 0;
        Map<TopicPartition, Long> open = new HashMap<>(ends);
        consumer.pause(consumer.assignment());
        consumer.resume(open.keySet());
        open.entrySet().removeIf(one -> consumer.position(one.getKey()) >= one.getValue());
        while (!open.isEmpty()) {
            for (ConsumerRecord<byte[], byte[]> message : consumer.poll(POLL)) {
                TopicPartition partition = new TopicPartition(message.topic(), message.partition());
                FollowedPartition followed = byName.get(partition);
                if (followed != null
                        && message.offset() < ends.getOrDefault(partition, 0L)
                        && followed.take(message)) {
                    frames++;
                    missing.merge(partition, -1L, Long::sum);
                }
            }
            open.entrySet().removeIf(one -> consumer.position(one.getKey()) >= one.getValue());
        }
        return frames;
    }
}
