package io.forgewatch.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** The topics that the manifests name are those that the sides make, with as many partitions and the same settings. */
class TopicsAsNamedTest {

    private record Named(int partitions, Map<String, String> settings) {}

    private final RunFile run = StackFixture.running();

    @Test
    void given_both_sides_as_they_run_when_their_topics_are_looked_at_then_the_manifests_name_just_those()
            throws Exception {
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, run.kafka()))) {
            Await.until(
                    "all topics are there",
                    Duration.ofMinutes(1),
                    () -> made(admin).keySet().containsAll(named().keySet()));
            assertThat(made(admin)).isEqualTo(named());
        }
    }

    private static Map<String, Named> made(Admin admin) throws Exception {
        Map<String, TopicDescription> topics = admin.describeTopics(
                        admin.listTopics().names().get(30, TimeUnit.SECONDS).stream()
                                .filter(name -> name.startsWith("forgewatch."))
                                .toList())
                .allTopicNames()
                .get(30, TimeUnit.SECONDS);
        Map<ConfigResource, Config> settings = admin.describeConfigs(topics.keySet().stream()
                        .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                        .toList())
                .all()
                .get(30, TimeUnit.SECONDS);
        Map<String, Named> made = new TreeMap<>();
        settings.forEach((topic, config) -> made.put(
                topic.name(),
                new Named(
                        topics.get(topic.name()).partitions().size(),
                        config.entries().stream()
                                .filter(entry -> entry.source() == ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG)
                                .collect(Collectors.toMap(ConfigEntry::name, ConfigEntry::value)))));
        return made;
    }

    private static Map<String, Named> named() throws Exception {
        String text = Files.readString(Path.of("..", "k8s", "base", "kafka-topics.yaml"));
        return StreamSupport.stream(new Yaml().loadAll(text).spliterator(), false)
                .map(document -> (Map<?, ?>) document)
                .collect(Collectors.toMap(
                        topic -> (String) ((Map<?, ?>) topic.get("metadata")).get("name"),
                        topic -> {
                            Map<?, ?> spec = (Map<?, ?>) topic.get("spec");
                            Map<String, String> settings = new TreeMap<>();
                            ((Map<?, ?>) spec.get("config"))
                                    .forEach((name, value) -> settings.put((String) name, String.valueOf(value)));
                            return new Named((Integer) spec.get("partitions"), settings);
                        },
                        (one, other) -> one,
                        TreeMap::new));
    }
}
