package io.forgewatch.stack.bare;

import io.forgewatch.command.gateway.TelemetryTopics;
import io.forgewatch.event.telemetry.Pulse;
import io.forgewatch.stack.RunFile;
import io.forgewatch.stack.StackException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * What a breach's way carries, as a running stack has it, so that the bare chain carries as much.
 *
 * @param frame as the door writes it
 * @param signal as detection writes it
 * @param rows of the events of an alarm, of the risk, and of the warning
 * @param envelope an event in Kafka
 */
record ChainBytes(byte[] frame, byte[] signal, List<StoredRow> rows, byte[] envelope) {

    static final String EVENTS = "forgewatch.events";
    private static final List<String> NAMES = List.of("AlarmRaised", "RiskAssessed", "Warning%");
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** Of a stack that has told of a breach already. */
    static ChainBytes of(RunFile run) throws SQLException {
        List<StoredRow> rows;
        try (Connection connection = connect(run)) {
            rows = List.of(
                    StoredRow.newest(connection, NAMES.get(0)),
                    StoredRow.newest(connection, NAMES.get(1)),
                    StoredRow.newest(connection, NAMES.get(2)));
        }
        return new ChainBytes(
                newest(run.kafka(), TelemetryTopics.TELEMETRY, TelemetryTopics.PARTITIONS),
                newest(run.kafka(), TelemetryTopics.SIGNALS, TelemetryTopics.PARTITIONS),
                rows,
                newest(run.kafka(), EVENTS, 1));
    }

    /** What is told of the warning: about what the document and the event on the stream have. */
    String warning() {
        return new String(rows.getLast().payload(), StandardCharsets.UTF_8);
    }

    private static byte[] newest(String bootstrap, String topic, int partitions) {
        Map<String, Object> settings = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap, ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        List<TopicPartition> all = IntStream.range(0, partitions)
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .toList();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(all);
            Map<TopicPartition, Long> ends = consumer.endOffsets(all);
            // A pulse may be the last: some before it are frames.
            ends.forEach((partition, end) -> consumer.seek(partition, Math.max(0, end - 50)));
            long until = System.nanoTime() + PATIENCE.toNanos();
            while (System.nanoTime() - until < 0) {
                for (ConsumerRecord<byte[], byte[]> message : consumer.poll(Duration.ofMillis(500))) {
                    if (message.value() != null && !Pulse.isOne(message.value())) {
                        return message.value();
                    }
                }
            }
        }
        throw new StackException("Nothing is in " + topic + " to be as long as");
    }

    static Connection connect(RunFile run) throws SQLException {
        URI url = URI.create(run.postgres());
        String[] user = url.getUserInfo().split(":", 2);
        return DriverManager.getConnection(
                "jdbc:postgresql://" + url.getHost() + ":" + url.getPort() + url.getPath(), user[0], user[1]);
    }
}
