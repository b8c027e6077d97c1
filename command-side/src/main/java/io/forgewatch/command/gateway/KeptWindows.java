package io.forgewatch.command.gateway;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the topic {@code forgewatch.sequences} keeps of one partition of the frames.
 *
 * @param windows by gateway
 */
record KeptWindows(@Nullable KeptMark mark, Map<String, KeptWindow> windows) {

    /** Where no position is known. */
    static final long UNKNOWN = -1;

    private static final Logger LOG = LoggerFactory.getLogger(KeptWindows.class);
    private static final Duration POLL = Duration.ofMillis(500);

    /**
     * From where on the frames are to be read so that no number is missing, or {@link #UNKNOWN} when the windows don't tell: there is
     * no mark, or a window that it names is gone.
     */
    long start() {
        if (mark == null) {
            return UNKNOWN;
        }
        long start = mark.position();
        for (Map.Entry<String, Long> newest : mark.newest().entrySet()) {
            KeptWindow window = windows.get(newest.getKey());
            if (window == null) {
                return UNKNOWN;
            }
            if (window.last() < newest.getValue()) {
                start = Math.min(start, window.last() + 1);
            }
        }
        return start;
    }

    /** Reads the whole topic; the answer has an element for each partition. */
    static List<KeptWindows> read(Consumer<byte[], byte[]> consumer) {
        List<TopicPartition> partitions = IntStream.range(0, TelemetryTopics.PARTITIONS)
                .mapToObj(number -> new TopicPartition(TelemetryTopics.SEQUENCES, number))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        List<Map<String, byte[]>> found = IntStream.range(0, partitions.size())
                .mapToObj(number -> (Map<String, byte[]>) new HashMap<String, byte[]>())
                .toList();
        while (!ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue())) {
            for (ConsumerRecord<byte[], byte[]> message : consumer.poll(POLL)) {
                if (message.key() != null && message.value() != null) {
                    found.get(message.partition())
                            .put(new String(message.key(), StandardCharsets.US_ASCII), message.value());
                }
            }
        }
        return found.stream().map(KeptWindows::of).toList();
    }

    /** @param newest of each key the newest value */
    static KeptWindows of(Map<String, byte[]> newest) {
        KeptMark mark = null;
        Map<String, KeptWindow> windows = new HashMap<>();
        for (Map.Entry<String, byte[]> one : newest.entrySet()) {
            try {
                if (KeptMark.isKey(one.getKey())) {
                    mark = KeptMark.of(one.getValue());
                } else {
                    windows.put(one.getKey(), KeptWindow.of(one.getValue()));
                }
            } catch (IllegalArgumentException e) {
                // It is found in the frames instead.
                LOG.warn("What is kept of {} can't be read: {}", one.getKey(), e.getMessage());
            }
        }
        return new KeptWindows(mark, windows);
    }
}
