package io.forgewatch.query.given;

import io.forgewatch.event.EventJson;
import io.forgewatch.event.RecordedEvent;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/** A real broker in this process, with the topics that the query side reads. */
public final class Broker implements AutoCloseable {

    public static final String EVENTS = "forgewatch.events";
    public static final String TELEMETRY = "forgewatch.telemetry";

    private final KafkaRaftServer server;
    private final int port;
    private final KafkaProducer<byte[], byte[]> producer;

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
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrap(), "acks", "all"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    public String bootstrap() {
        return "127.0.0.1:" + port;
    }

    public void relay(RecordedEvent event) throws Exception {
        relay(event.position(), String.valueOf(event.event().enterpriseId()), EventJson.envelope(event));
    }

    public void relay(long position, String key, byte[] envelope) throws Exception {
        ProducerRecord<byte[], byte[]> sent = new ProducerRecord<>(EVENTS, 0, bytes(key), envelope);
        sent.headers().add("position", ByteBuffer.allocate(8).putLong(position).array());
        producer.send(sent).get(30, TimeUnit.SECONDS);
    }

    public void frame(String enterpriseId, byte[] frame) throws Exception {
        producer.send(new ProducerRecord<>(TELEMETRY, bytes(enterpriseId), frame))
                .get(30, TimeUnit.SECONDS);
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
                Map.entry("auto.create.topics.enable", "false"));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
