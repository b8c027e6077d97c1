package io.forgewatch.stack.bench;

import io.forgewatch.command.gateway.FrameProducer;
import io.forgewatch.command.gateway.TelemetryTopics;
import io.forgewatch.stack.Progress;
import io.forgewatch.stack.StackException;
import io.forgewatch.stack.bare.TwinTopic;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * What the same producer writes of the same frames to a topic with the same settings, with nothing around it: one frame of each
 * gateway under way, as fast as they are acknowledged. Many then share a flush, so it bounds the producer rather than the disk.
 */
final class RawKafkaRate {

    private static final int WARM_SECONDS = 5;

    private RawKafkaRate() {}

    /** Readings a second that the broker acknowledged, after a warm-up. */
    static double measure(
            String bootstrap, List<StoredFrames.Stored> frames, int gateways, int seconds, Progress progress)
            throws Exception {
        if (frames.isEmpty()) {
            throw new StackException("There are no frames to write");
        }
        TwinTopic topic = TwinTopic.of(bootstrap, TelemetryTopics.TELEMETRY, "bench.raw");
        AtomicLong acknowledged = new AtomicLong();
        AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
        Semaphore places = new Semaphore(gateways);
        Map<String, Object> settings = new HashMap<>(FrameProducer.settings(bootstrap));
        settings.put(ProducerConfig.CLIENT_ID_CONFIG, "bench-raw");
        progress.tell("The bare producer writes for " + (WARM_SECONDS + seconds) + " s");
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(settings)) {
            long began = System.nanoTime();
            long warm = began + TimeUnit.SECONDS.toNanos(WARM_SECONDS);
            long end = warm + TimeUnit.SECONDS.toNanos(seconds);
            long before = -1;
            for (int i = 0; System.nanoTime() - end < 0; i = (i + 1) % frames.size()) {
                if (before < 0 && System.nanoTime() - warm >= 0) {
                    before = acknowledged.get();
                    warm = System.nanoTime();
                }
                Exception failed = failure.get();
                if (failed != null) {
                    throw failed;
                }
                StoredFrames.Stored stored = frames.get(i);
                places.acquire();
                var _ = producer.send(
                        new ProducerRecord<>(topic.name(), stored.key(), stored.frame()), (where, wrong) -> {
                            places.release();
                            if (wrong == null) {
                                acknowledged.addAndGet(stored.readings());
                            } else {
                                failure.set(wrong);
                            }
                        });
            }
            return (acknowledged.get() - Math.max(0, before)) * 1e9 / (System.nanoTime() - warm);
        }
    }
}
