package io.forgewatch.command.relay;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/** A real broker in this process. */
final class EmbeddedBroker implements AutoCloseable {

    private final KafkaRaftServer server;
    private final int port = freePort();

    EmbeddedBroker(Path folder) throws Exception {
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
        int controller = freePort();
        server = new KafkaRaftServer(
                new KafkaConfig(
                        Map.of(
                                "process.roles", "broker,controller",
                                "node.id", "1",
                                "controller.quorum.voters", "1@127.0.0.1:" + controller,
                                "controller.listener.names", "CONTROLLER",
                                "listeners", "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controller,
                                "advertised.listeners", "PLAINTEXT://127.0.0.1:" + port,
                                "log.dirs", folder.toString(),
                                "offsets.topic.replication.factor", "1",
                                "auto.create.topics.enable", "false"),
                        false),
                Time.SYSTEM);
        server.startup();
    }

    String bootstrap() {
        return "127.0.0.1:" + port;
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
