package io.forgewatch.stack.bare;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;

/**
 * A topic with the partitions and settings of another one, as the broker has them: what is measured on it pays for the disk as the
 * other one does.
 */
public record TwinTopic(String name, int partitions) {

    private static final int PATIENCE_SECONDS = 20;

    /** Makes it. */
    public static TwinTopic of(String bootstrap, String original, String name)
            throws ExecutionException, InterruptedException, TimeoutException {
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap))) {
            TopicDescription described = Objects.requireNonNull(admin.describeTopics(List.of(original))
                    .allTopicNames()
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS)
                    .get(original));
            NewTopic twin =
                    new NewTopic(name, described.partitions().size(), (short) 1).configs(settings(admin, original));
            admin.createTopics(List.of(twin)).all().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return new TwinTopic(name, described.partitions().size());
        }
    }

    List<TopicPartition> all() {
        return IntStream.range(0, partitions)
                .mapToObj(partition -> new TopicPartition(name, partition))
                .toList();
    }

    private static Map<String, String> settings(Admin admin, String original)
            throws ExecutionException, InterruptedException, TimeoutException {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, original);
        return admin.describeConfigs(List.of(resource)).all().get(PATIENCE_SECONDS, TimeUnit.SECONDS).values().stream()
                .flatMap(config -> config.entries().stream())
                .filter(entry -> entry.source() == ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG)
                .collect(Collectors.toMap(ConfigEntry::name, ConfigEntry::value));
    }
}
