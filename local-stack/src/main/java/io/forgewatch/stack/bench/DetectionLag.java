package io.forgewatch.stack.bench;

import io.forgewatch.command.gateway.TelemetryTopics;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** How far detection's group is behind the end of the telemetry topic, by the broker. */
final class DetectionLag implements AutoCloseable {

    /** Detection commits its offsets every 2 s: by so much it seems further behind than it is. */
    static final double COMMIT_SECONDS = 2;

    private static final String GROUP = "forgewatch-detection";
    private static final int PATIENCE_SECONDS = 20;

    private final Admin admin;

    DetectionLag(String bootstrap) {
        admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap));
    }

    /** Frames whose evaluation is not committed yet. */
    long frames() throws Exception {
        Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(GROUP)
                .partitionsToOffsetAndMetadata()
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        Map<TopicPartition, ListOffsetsResultInfo> ends = admin.listOffsets(
                        IntStream.range(0, TelemetryTopics.PARTITIONS)
                                .mapToObj(partition -> new TopicPartition(TelemetryTopics.TELEMETRY, partition))
                                .collect(Collectors.toMap(partition -> partition, any -> OffsetSpec.latest())))
                .all()
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        return ends.entrySet().stream()
                .mapToLong(end -> {
                    OffsetAndMetadata at = committed.get(end.getKey());
                    return end.getValue().offset() - (at == null ? 0 : at.offset());
                })
                .sum();
    }

    @Override
    public void close() {
        admin.close();
    }
}
