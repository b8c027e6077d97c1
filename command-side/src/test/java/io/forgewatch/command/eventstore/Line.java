package io.forgewatch.command.eventstore;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The line between a store and its PostgreSQL, on which a test does what networks do. */
final class Line implements AutoCloseable {

    /** The end of each answer: ready for the next query. */
    private static final byte[] READY = {'Z', 0, 0, 0, 5};

    private final PostgresAddress server;
    private final ServerSocket door;
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();

    private volatile boolean mute;

    // Guarded by this.
    private String awaited = "";
    private int still;
    private Runnable whenLost = () -> {};

    private Line(PostgresAddress server) throws IOException {
        this.server = server;
        this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    static Line to(String address) {
        try {
            return new Line(PostgresAddress.parse(address));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same database by way of this line. */
    PostgresAddress address() {
        return new PostgresAddress(
                "127.0.0.1", door.getLocalPort(), server.database(), server.user(), server.password());
    }

    /** As a firewall that forgets idle connections: on those there are nothing arrives any more, and nobody is told. */
    void forgetConnections() {
        connections.forEach(connection -> connection.forgotten = true);
    }

    /** Whether new connections are taken, and then nothing is said. */
    void mute(boolean on) {
        mute = on;
    }

    /** Breaks the connection when the server has done what it was told the nth time in a message with this text, before it says so. */
    void loseAnswer(String text, int nth) {
        loseAnswer(text, nth, () -> {});
    }

    /** @param then is done before the client can notice */
    synchronized void loseAnswer(String text, int nth, Runnable then) {
        awaited = text;
        still = nth;
        whenLost = then;
    }

    /** Whether the answer that was to be lost is. */
    synchronized boolean hasLost() {
        return still == 0;
    }

    private synchronized boolean isAwaited(String said) {
        return still > 0 && said.contains(awaited);
    }

    private synchronized boolean isTheLast() {
        still--;
        return still == 0;
    }

    private synchronized void lost() {
        whenLost.run();
    }

    private void accept() {
        try {
            while (true) {
                Connection connection = new Connection(door.accept(), new Socket(server.host(), server.port()));
                connection.forgotten = mute;
                connections.add(connection);
                Thread.ofVirtual().start(connection::up);
                Thread.ofVirtual().start(connection::down);
            }
        } catch (IOException closed) {
            connections.forEach(Connection::hangUp);
        }
    }

    @Override
    public void close() {
        try {
            door.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private final class Connection {

        private final Socket client;
        private final Socket server;
        private volatile boolean forgotten;
        private volatile boolean losing;
        // What was said since the last answer; both threads take turns by the protocol.
        private volatile String said = "";
        private volatile boolean counted;

        Connection(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        void up() {
            try (InputStream in = client.getInputStream();
                    OutputStream out = server.getOutputStream()) {
                byte[] buffer = new byte[65_536];
                for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                    said += new String(buffer, 0, length, StandardCharsets.ISO_8859_1);
                    if (!counted && isAwaited(said)) {
                        counted = true;
                        losing = isTheLast();
                    }
                    if (!forgotten) {
                        out.write(buffer, 0, length);
                    }
                }
            } catch (IOException broken) {
                // As the other end will find.
            } finally {
                hangUp();
            }
        }

        void down() {
            try (InputStream in = server.getInputStream();
                    OutputStream out = client.getOutputStream()) {
                byte[] buffer = new byte[65_536];
                for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                    boolean answered = endsAnAnswer(buffer, length);
                    if (losing && answered) {
                        lost();
                        return;
                    }
                    if (answered) {
                        said = "";
                        counted = false;
                    }
                    if (!forgotten && !losing) {
                        out.write(buffer, 0, length);
                    }
                }
            } catch (IOException broken) {
                // As the other end will find.
            } finally {
                hangUp();
            }
        }

        private static boolean endsAnAnswer(byte[] buffer, int length) {
            int start = length - READY.length - 1;
            return start >= 0 && Arrays.equals(buffer, start, start + READY.length, READY, 0, READY.length);
        }

        void hangUp() {
            connections.remove(this);
            try (client;
                    server) {
                // Both ends at once.
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
