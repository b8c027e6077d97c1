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
import org.apache.kafka.common.TopicPartition;

/** How many messages the topic of frames has, by the broker: pulses too, and what is older than the broker keeps not. */
final class TopicLength {

    private static final int PATIENCE_SECONDS = 20;

    private TopicLength() {}

    static long of(String bootstrap) throws Exception {
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap))) {
            return sum(admin, OffsetSpec.latest()) - sum(admin, OffsetSpec.earliest());
        }
    }

    private static long sum(Admin admin, OffsetSpec which) throws Exception {
        return admin
                .listOffsets(IntStream.range(0, TelemetryTopics.PARTITIONS)
                        .mapToObj(partition -> new TopicPartition(TelemetryTopics.TELEMETRY, partition))
                        .collect(Collectors.toMap(partition -> partition, any -> which)))
                .all()
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .values()
                .stream()
                .mapToLong(ListOffsetsResultInfo::offset)
                .sum();
    }
}
