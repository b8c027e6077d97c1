package io.forgewatch.command.detection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;

class DetectionClientsTest {

    private static final String BOOTSTRAP = "127.0.0.1:19092";
    private final Properties streams = DetectionTopology.settings(BOOTSTRAP, "0", "/tmp", 2);

    @Test
    void given_what_streams_is_told_when_clients_are_made_alone_then_they_have_the_same_and_no_group() {
        Map<String, Object> producer = DetectionClients.signalProducer(BOOTSTRAP);
        assertThat(producer)
                .containsEntry(
                        ProducerConfig.LINGER_MS_CONFIG,
                        streams.get(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG)))
                .containsEntry(
                        ProducerConfig.COMPRESSION_TYPE_CONFIG,
                        streams.get(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG)))
                .containsEntry(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, BOOTSTRAP)
                .doesNotContainKey(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG);
        assertThat(DetectionClients.frameConsumer(BOOTSTRAP))
                .containsEntry(
                        ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
                        streams.get(StreamsConfig.consumerPrefix(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG)))
                .containsEntry(
                        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                        streams.get(StreamsConfig.consumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG)))
                .doesNotContainKeys(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, ConsumerConfig.GROUP_ID_CONFIG);
    }

    @Test
    void given_the_receiver_of_signals_when_made_alone_then_only_its_group_is_left_out() {
        Map<String, Object> alone = DetectionClients.signalConsumer(BOOTSTRAP);
        assertThat(alone)
                .doesNotContainKeys(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, ConsumerConfig.GROUP_ID_CONFIG)
                .containsEntry(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        KafkaSignalLog.consumer(BOOTSTRAP, "0").forEach((name, value) -> {
            if (!name.startsWith("group.")) {
                assertThat(alone).containsEntry(name, value);
            }
        });
    }
}
