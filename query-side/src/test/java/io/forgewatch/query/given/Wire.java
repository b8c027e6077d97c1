package io.forgewatch.query.given;

import com.mongodb.ConnectionString;
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
import org.jspecify.annotations.Nullable;

/** The line between a side and its document store: questions can be left without an answer, and all of it can be cut. */
public final class Wire implements AutoCloseable {

    private final ServerSocket door;
    private final String host;
    private final int port;
    private final String uri;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile byte @Nullable [] held;
    private volatile boolean cut;

    public Wire(Store store) {
        String address = new ConnectionString(store.uri()).getHosts().getFirst();
        host = address.substring(0, address.lastIndexOf(':'));
        port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
        try {
            door = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        } catch (IOException cannot) {
            throw new UncheckedIOException(cannot);
        }
        uri = store.uri().replace(address, "127.0.0.1:" + door.getLocalPort());
        Thread.ofVirtual().start(this::accept);
    }

    public String uri() {
        return uri;
    }

    /** From now on whoever asks something with this text in it gets no answer. */
    public void hold(String text) {
        held = text.getBytes(StandardCharsets.UTF_8);
    }

    /** Ends every connection, and takes no other. */
    public void cut() {
        cut = true;
        open.forEach(Wire::end);
    }

    @Override
    public void close() {
        cut();
        try {
            door.close();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket client = door.accept();
                if (cut) {
                    end(client);
                    continue;
                }
                Socket server = new Socket(host, port);
                open.add(client);
                open.add(server);
                Thread.ofVirtual().start(() -> carry(client, server, true));
                Thread.ofVirtual().start(() -> carry(server, client, false));
            } catch (IOException gone) {
                // the next one may come
            }
        }
    }

    private void carry(Socket from, Socket to, boolean questions) {
        byte[] some = new byte[64 * 1024];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(some); read >= 0; read = in.read(some)) {
                if (questions && isHeld(some, read)) {
                    return; // both stay open, and nothing comes any more
                }
                out.write(some, 0, read);
            }
        } catch (IOException gone) {
            // the other end is ended below
        }
        end(from);
        end(to);
    }

    private boolean isHeld(byte[] some, int length) {
        byte[] text = held;
        if (text == null) {
            return false;
        }
        for (int from = 0; from + text.length <= length; from++) {
            if (Arrays.equals(some, from, from + text.length, text, 0, text.length)) {
                return true;
            }
        }
        return false;
    }

    private static void end(Socket socket) {
        try {
            socket.close();
        } catch (IOException gone) {
            // it is ended
        }
    }
}
