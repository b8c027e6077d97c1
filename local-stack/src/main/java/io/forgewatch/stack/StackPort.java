package io.forgewatch.stack;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Locale;

/** The ports that the stack listens on, all on loopback. */
public enum StackPort {
    COMMAND(8081, "the command side"),
    QUERY(8082, "the query side"),
    POSTGRES(15432, "PostgreSQL"),
    KAFKA(19092, "Kafka"),
    MONGODB(27117, "the document store");

    private final int usual;
    private final String whose;

    StackPort(int usual, String whose) {
        this.usual = usual;
        this.whose = whose;
    }

    public int usual() {
        return usual;
    }

    /** Who listens on it, as people are told. */
    public String whose() {
        return whose;
    }

    /** The flag that changes it, such as {@code --command-port}. */
    public String flag() {
        return "--" + name().toLowerCase(Locale.ROOT) + "-port";
    }

    /** The environment variable that changes it, such as {@code FORGEWATCH_COMMAND_PORT}. */
    public String variable() {
        return "FORGEWATCH_" + name() + "_PORT";
    }

    /** @throws StackException when somebody listens on it already; the message says which flag changes it */
    void mustBeFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException taken) {
            throw new StackException(
                    "Port " + port + " for " + whose + " is taken by another program. Choose another one with " + flag()
                            + " <port> or " + variable() + "=<port>.");
        }
    }
}
