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

    private static final int TEN = 10;
    private static final int LARGEST = 65_535;

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

    /**
     * A port for a further instance of the side that has this one: so many tens above the first one's, or any that is free where
     * that is taken.
     *
     * @param first of the first instance
     * @param number of the instance, 0 being the first
     */
    static int further(int first, int number) throws IOException {
        int wanted = first + TEN * number;
        if (number == 0 || (wanted <= LARGEST && isFree(wanted))) {
            return wanted;
        }
        try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return any.getLocalPort();
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }

    /** @throws StackException when somebody listens on it already; the message says which flag changes it */
    void mustBeFree(int port) {
        if (!isFree(port)) {
            throw new StackException(
                    "Port " + port + " for " + whose + " is taken by another program. Choose another one with " + flag()
                            + " <port> or " + variable() + "=<port>.");
        }
    }
}
