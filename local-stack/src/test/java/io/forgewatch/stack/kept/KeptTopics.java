package io.forgewatch.stack.kept;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** The last records of topics, each with its partition, and how the topics are set. */
final class KeptTopics implements AutoCloseable {

    private static final JsonMapper MAPPER = new JsonMapper();
    private static final Duration QUIET = Duration.ofSeconds(2);

    private final String bootstrap;
    private final Admin admin;

    KeptTopics(String bootstrap) {
        this.bootstrap = bootstrap;
        this.admin = Admin.create(Map.of("bootstrap.servers", bootstrap));
    }

    /** @param most records of a partition, the last ones */
    Topic write(KeptFiles files, String name, int most) throws IOException, ExecutionException, InterruptedException {
        int partitions = admin.describeTopics(List.of(name))
                .allTopicNames()
                .get()
                .get(name)
                .partitions()
                .size();
        Map<Integer, ArrayDeque<String>> last = new TreeMap<>();
        for (ConsumerRecord<byte[], byte[]> message : all(name, partitions)) {
            ArrayDeque<String> kept = last.computeIfAbsent(message.partition(), each -> new ArrayDeque<>());
            kept.add(line(message));
            if (kept.size() > most) {
                kept.removeFirst();
            }
        }
        List<String> lines = last.values().stream().flatMap(ArrayDeque::stream).toList();
        files.lines("topics/" + name, lines);
        return new Topic(name, partitions, settings(name));
    }

    /** @param settings those that the topic has of its own */
    record Topic(String name, int partitions, Map<String, String> settings) {}

    private List<ConsumerRecord<byte[], byte[]>> all(String name, int partitions) {
        List<TopicPartition> assigned = new ArrayList<>();
        for (int partition = 0; partition < partitions; partition++) {
            assigned.add(new TopicPartition(name, partition));
        }
        List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrap), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(assigned);
            consumer.seekToBeginning(assigned);
            var ends = consumer.endOffsets(assigned);
            while (assigned.stream().anyMatch(one -> consumer.position(one) < ends.get(one))) {
                consumer.poll(QUIET).forEach(found::add);
            }
        }
        return found;
    }

    private Map<String, String> settings(String name) throws ExecutionException, InterruptedException {
        ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, name);
        Map<String, String> settings = new TreeMap<>();
        admin.describeConfigs(List.of(topic)).all().get().get(topic).entries().stream()
                .filter(entry -> entry.source() == ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG)
                .forEach(entry -> settings.put(entry.name(), entry.value()));
        return settings;
    }

    private static String line(ConsumerRecord<byte[], byte[]> message) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("partition", message.partition());
        line.put("timestamp", message.timestamp());
        line.put("key", base64(message.key()));
        line.put("value", base64(message.value()));
        Map<String, Object> headers = new LinkedHashMap<>();
        message.headers().forEach(header -> headers.put(header.key(), base64(header.value())));
        line.put("headers", headers);
        return MAPPER.writeValueAsString(line);
    }

    private static @Nullable String base64(byte @Nullable [] bytes) {
        return bytes == null ? null : Base64.getEncoder().encodeToString(bytes);
    }

    @Override
    public void close() {
        admin.close();
    }
}
