package io.forgewatch.command.kept;

import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Puts the topics of a kept store into a broker that has none yet; nobody has read them there. */
public final class KeptTopics {

    private KeptTopics() {}

    public static void restore(KeptStore kept, String bootstrap) throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap));
                KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                        Map.of("bootstrap.servers", bootstrap, "acks", "all"),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            for (JsonNode topic : kept.topics()) {
                String name = topic.required("name").asString();
                admin.createTopics(List.of(
                                new NewTopic(name, topic.required("partitions").asInt(), (short) 1)
                                        .configs(settings(topic))))
                        .all()
                        .get();
                for (JsonNode message : kept.records(name)) {
                    producer.send(message(name, message)).get();
                }
            }
        }
    }

    private static Map<String, String> settings(JsonNode topic) {
        Map<String, String> settings = new HashMap<>();
        topic.required("settings")
                .properties()
                .forEach(one -> settings.put(one.getKey(), one.getValue().asString()));
        return settings;
    }

    private static ProducerRecord<byte[], byte[]> message(String topic, JsonNode kept) {
        ProducerRecord<byte[], byte[]> message = new ProducerRecord<>(
                topic,
                kept.required("partition").asInt(),
                kept.required("timestamp").asLong(),
                bytes(kept.required("key")),
                bytes(kept.required("value")));
        kept.required("headers")
                .properties()
                .forEach(header -> message.headers().add(header.getKey(), bytes(header.getValue())));
        return message;
    }

    /** Null for a record without one. */
    public static byte @Nullable [] bytes(JsonNode base64) {
        return base64.isNull() ? null : Base64.getDecoder().decode(base64.asString());
    }
}
