package io.forgewatch.stack.kafka;

import io.forgewatch.stack.FreePort;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * A real Kafka broker in this process: one node, KRaft, on loopback, its data kept. {@code acks=all} on one broker means the
 * page cache, which outlives a {@code kill -9} but not a power cut; a topic that promises "on disk" sets
 * {@code flush.messages=1} itself.
 */
public final class KafkaBroker implements AutoCloseable {

    private static final int NODE = 1;
    private static final String CLUSTER = "Rm9yZ2V3YXRjaExvY2Fs";
    private static final int LARGEST_MESSAGE = 2 * 1024 * 1024;

    private final KafkaRaftServer server;
    private final int port;

    private KafkaBroker(KafkaRaftServer server, int port) {
        this.server = server;
        this.port = port;
    }

    /**
     * Starts it, after formatting the folder the first time.
     *
     * @param port of the broker's listener on 127.0.0.1; the controller's is any free one
     */
    public static KafkaBroker start(Path folder, int port) throws IOException {
        return start(folder, port, port);
    }

    /**
     * Starts it behind something that clients are to go through.
     *
     * @param advertised port on 127.0.0.1 that clients are told
     */
    public static KafkaBroker start(Path folder, int port, int advertised) throws IOException {
        return start(folder, port, advertised, Map.of());
    }

    /**
     * Starts it with further listeners, each behind something of its own.
     *
     * @param entrances ports on 127.0.0.1 of further listeners, each with the port that its clients are told
     */
    public static KafkaBroker start(Path folder, int port, Map<Integer, Integer> entrances) throws IOException {
        return start(folder, port, port, entrances);
    }

    private static KafkaBroker start(Path folder, int port, int advertised, Map<Integer, Integer> entrances)
            throws IOException {
        Files.createDirectories(folder);
        format(folder);
        Map<String, String> settings = new HashMap<>(settings(folder, port, FreePort.any()));
        settings.put("advertised.listeners", "PLAINTEXT://127.0.0.1:" + advertised);
        entrances.forEach((at, told) -> {
            String name = "ENTRANCE" + at;
            settings.merge("listeners", name + "://127.0.0.1:" + at, (all, one) -> all + "," + one);
            settings.merge("advertised.listeners", name + "://127.0.0.1:" + told, (all, one) -> all + "," + one);
            settings.merge("listener.security.protocol.map", name + ":PLAINTEXT", (all, one) -> all + "," + one);
        });
        KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(settings, false), Time.SYSTEM);
        try {
            server.startup();
        } catch (RuntimeException failed) {
            server.shutdown();
            throw new IOException("Kafka did not start: " + failed.getMessage(), failed);
        }
        return new KafkaBroker(server, port);
    }

    /** What clients bootstrap from: {@code host:port}. */
    public String bootstrap() {
        return "127.0.0.1:" + port;
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }

    private static void format(Path folder) throws IOException {
        try {
            new Formatter()
                    .setClusterId(CLUSTER)
                    .setNodeId(NODE)
                    .setDirectories(java.util.List.of(folder.toString()))
                    .setMetadataLogDirectory(folder.toString())
                    .setControllerListenerName("CONTROLLER")
                    .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
                    .setIgnoreFormatted(true)
                    .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                    .run();
        } catch (IOException failed) {
            throw failed;
        } catch (Exception failed) {
            throw new IOException("Kafka's folder cannot be formatted: " + failed.getMessage(), failed);
        }
    }

    private static Map<String, String> settings(Path folder, int port, int controllerPort) {
        return Map.ofEntries(
                Map.entry("process.roles", "broker,controller"),
                Map.entry("node.id", String.valueOf(NODE)),
                Map.entry("controller.quorum.voters", NODE + "@127.0.0.1:" + controllerPort),
                Map.entry("controller.listener.names", "CONTROLLER"),
                Map.entry("listeners", "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort),
                Map.entry("advertised.listeners", "PLAINTEXT://127.0.0.1:" + port),
                Map.entry("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT"),
                Map.entry("inter.broker.listener.name", "PLAINTEXT"),
                Map.entry("log.dirs", folder.toString()),
                Map.entry("auto.create.topics.enable", "false"),
                Map.entry("message.max.bytes", String.valueOf(LARGEST_MESSAGE)),
                Map.entry("replica.fetch.max.bytes", String.valueOf(LARGEST_MESSAGE)),
                Map.entry("offsets.topic.replication.factor", "1"),
                Map.entry("offsets.topic.num.partitions", "4"),
                Map.entry("transaction.state.log.replication.factor", "1"),
                Map.entry("transaction.state.log.min.isr", "1"),
                Map.entry("transaction.state.log.num.partitions", "4"),
                Map.entry("share.coordinator.state.topic.replication.factor", "1"),
                Map.entry("share.coordinator.state.topic.min.isr", "1"),
                Map.entry("default.replication.factor", "1"),
                // After a kill the broker's own place is taken until its session ends: 9 s, as usual, are half of such
                // a start.
                Map.entry("broker.session.timeout.ms", "3000"),
                Map.entry("broker.heartbeat.interval.ms", "500"),
                // A killed consumer's place is given away soon; the first rebalance waits for nobody.
                Map.entry("group.initial.rebalance.delay.ms", "0"),
                // Small segments: after a kill only the last one of each partition is read again.
                Map.entry("log.segment.bytes", String.valueOf(64 * 1024 * 1024)),
                Map.entry("log.retention.hours", "168"),
                Map.entry("log.flush.offset.checkpoint.interval.ms", "10000"),
                Map.entry("num.recovery.threads.per.data.dir", "2"),
                Map.entry("num.network.threads", "2"),
                Map.entry("num.io.threads", "4"),
                Map.entry("log.cleaner.dedupe.buffer.size", String.valueOf(8 * 1024 * 1024)),
                Map.entry("controlled.shutdown.enable", "true"));
    }
}
