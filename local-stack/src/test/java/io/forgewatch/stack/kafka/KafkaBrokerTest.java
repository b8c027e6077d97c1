package io.forgewatch.stack.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.forgewatch.stack.FreePort;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaBrokerTest {

    @TempDir
    Path folder;

    @Test
    void given_a_record_of_over_a_mebibyte_when_the_broker_is_started_again_then_it_is_there() throws Exception {
        byte[] frame = new byte[1024 * 1024 + 1000];
        try (KafkaBroker broker = KafkaBroker.start(folder, FreePort.any());
                Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrap()));
                KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                        Map.of("bootstrap.servers", broker.bootstrap(), "max.request.size", 2 * 1024 * 1024),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            admin.createTopics(List.of(new NewTopic("frames", 12, (short) 1).configs(Map.of("flush.messages", "1"))))
                    .all()
                    .get(30, TimeUnit.SECONDS);
            producer.send(new ProducerRecord<>("frames", 3, null, frame)).get(30, TimeUnit.SECONDS);
        }
        try (KafkaBroker broker = KafkaBroker.start(folder, FreePort.any());
                KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                        Map.of("bootstrap.servers", broker.bootstrap()),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer())) {
            TopicPartition partition = new TopicPartition("frames", 3);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            List<ConsumerRecord<byte[], byte[]>> records =
                    consumer.poll(Duration.ofSeconds(30)).records(partition);
            assertThat(records)
                    .singleElement()
                    .satisfies(found -> assertThat(found.value()).hasSize(frame.length));
        }
    }
}
