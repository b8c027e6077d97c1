package io.forgewatch.query.given;

import io.forgewatch.event.EventJson;
import io.forgewatch.event.RecordHeaders;
import io.forgewatch.event.RecordedEvent;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A real broker in this process, with the topics that the query side reads. */
public final class Broker implements AutoCloseable {

    public static final String EVENTS = "forgewatch.events";
    public static final String TELEMETRY = "forgewatch.telemetry";

    private final KafkaRaftServer server;
    private final int port;
    private KafkaProducer<byte[], byte[]> producer;

    public Broker() throws Exception {
        Path folder = Files.createTempDirectory("kafka");
        new Formatter()
                .setClusterId("Rm9yZ2V3YXRjaFRlc3Rz")
                .setNodeId(1)
                .setDirectories(List.of(folder.toString()))
                .setMetadataLogDirectory(folder.toString())
                .setControllerListenerName("CONTROLLER")
                .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
                .setIgnoreFormatted(true)
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                .run();
        port = freePort();
        server = new KafkaRaftServer(new KafkaConfig(settings(folder, port, freePort()), false), Time.SYSTEM);
        server.startup();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap()))) {
            admin.createTopics(List.of(new NewTopic(EVENTS, 1, (short) 1), new NewTopic(TELEMETRY, 12, (short) 1)))
                    .all()
                    .get(30, TimeUnit.SECONDS);
        }
        producer = producer();
    }

    private KafkaProducer<byte[], byte[]> producer() {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrap(), "acks", "all"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** Deletes the topic of the events and makes it again; offsets begin at 0. */
    public void loseEvents() throws Exception {
        deleteEvents();
        makeEvents();
    }

    /** Until it is made again nothing can be relayed. */
    public void deleteEvents() throws Exception {
        producer.close();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap()))) {
            admin.deleteTopics(List.of(EVENTS)).all().get(30, TimeUnit.SECONDS);
            Awaitility.await("topic gone")
                    .atMost(30, TimeUnit.SECONDS)
                    .until(() -> !admin.listTopics().names().get().contains(EVENTS));
        }
    }

    public void makeEvents() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap()))) {
            admin.createTopics(List.of(new NewTopic(EVENTS, 1, (short) 1)))
                    .all()
                    .get(30, TimeUnit.SECONDS);
        }
        producer = producer();
    }

    /** Deletes all records of the topic of the events; offsets go on. */
    public void clearEvents() throws Exception {
        TopicPartition events = new TopicPartition(EVENTS, 0);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap()))) {
            admin.deleteRecords(Map.of(events, RecordsToDelete.beforeOffset(-1)))
                    .all()
                    .get(30, TimeUnit.SECONDS);
        }
    }

    /** All at once, as the relay does. */
    public void relay(List<RecordedEvent> events) throws Exception {
        for (Future<?> sent :
                events.stream().map(event -> producer.send(record(event))).toList()) {
            sent.get(30, TimeUnit.SECONDS);
        }
    }

    public String bootstrap() {
        return "127.0.0.1:" + port;
    }

    public void relay(RecordedEvent event) throws Exception {
        relay(List.of(event));
    }

    public void relay(long position, String key, byte @Nullable [] envelope) throws Exception {
        producer.send(record(position, key, envelope)).get(30, TimeUnit.SECONDS);
    }

    /** As the relay does: each names itself and the event before it. */
    public void relayLinked(@Nullable RecordedEvent before, List<RecordedEvent> events) throws Exception {
        RecordedEvent last = before;
        for (RecordedEvent event : events) {
            linked(last, event, record(event));
            last = event;
        }
    }

    /** As the relay does, of an event whose bytes nobody can read. */
    public void relayUnreadable(RecordedEvent before, RecordedEvent event) throws Exception {
        linked(
                before,
                event,
                record(event.position(), String.valueOf(event.event().enterpriseId()), bytes("{")));
    }

    private void linked(@Nullable RecordedEvent before, RecordedEvent event, ProducerRecord<byte[], byte[]> sent)
            throws Exception {
        sent.headers().add(RecordHeaders.ID, RecordHeaders.bytes(event.id()));
        if (before != null) {
            sent.headers().add(RecordHeaders.AFTER, RecordHeaders.bytes(before.id()));
        }
        producer.send(sent).get(30, TimeUnit.SECONDS);
    }

    private static ProducerRecord<byte[], byte[]> record(RecordedEvent event) {
        return record(event.position(), String.valueOf(event.event().enterpriseId()), EventJson.envelope(event));
    }

    private static ProducerRecord<byte[], byte[]> record(long position, String key, byte @Nullable [] envelope) {
        ProducerRecord<byte[], byte[]> sent = new ProducerRecord<>(EVENTS, 0, bytes(key), envelope);
        sent.headers().add(RecordHeaders.POSITION, RecordHeaders.bytes(position));
        return sent;
    }

    public void frame(String enterpriseId, byte[] frame) throws Exception {
        producer.send(new ProducerRecord<>(TELEMETRY, bytes(enterpriseId), frame))
                .get(30, TimeUnit.SECONDS);
    }

    /** From now on the frames have so many partitions. */
    public void framePartitions(int total) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap()))) {
            admin.createPartitions(Map.of(TELEMETRY, NewPartitions.increaseTo(total)))
                    .all()
                    .get(30, TimeUnit.SECONDS);
        }
    }

    public void frame(int partition, byte[] frame) throws Exception {
        producer.send(new ProducerRecord<>(TELEMETRY, partition, null, frame)).get(30, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        producer.close();
        server.shutdown();
        server.awaitShutdown();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Map<String, String> settings(Path folder, int port, int controllerPort) {
        return Map.ofEntries(
                Map.entry("process.roles", "broker,controller"),
                Map.entry("node.id", "1"),
                Map.entry("controller.quorum.voters", "1@127.0.0.1:" + controllerPort),
                Map.entry("controller.listener.names", "CONTROLLER"),
                Map.entry("listeners", "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort),
                Map.entry("advertised.listeners", "PLAINTEXT://127.0.0.1:" + port),
                Map.entry("log.dirs", folder.toString()),
                Map.entry("offsets.topic.replication.factor", "1"),
                Map.entry("offsets.topic.num.partitions", "1"),
                // Kafka's default: what must not make a topic must say so itself.
                Map.entry("auto.create.topics.enable", "true"));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
