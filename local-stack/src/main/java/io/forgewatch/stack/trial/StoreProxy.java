package io.forgewatch.stack.trial;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands between a side and its event store. Frozen, it takes connections and passes no byte, as a server does whose machine
 * hangs: what was sent meanwhile is passed when it goes on. Refusing, it cuts all connections and takes none.
 */
final class StoreProxy implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StoreProxy.class);

    private final int behind;
    private final int port;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    // Guarded by this.
    private ServerSocket door;
    private Thread acceptor = new Thread(() -> {});
    private boolean frozen;

    private StoreProxy(int behind, ServerSocket door) {
        this.behind = behind;
        this.port = door.getLocalPort();
        this.door = door;
    }

    /** @param behind the store's port on loopback; nothing need listen there yet */
    static StoreProxy before(int behind) throws IOException {
        ServerSocket door = listening(0);
        StoreProxy proxy = new StoreProxy(behind, door);
        proxy.accept(door);
        return proxy;
    }

    int port() {
        return port;
    }

    synchronized void freeze() {
        frozen = true;
    }

    /** From when this returns on nobody gets in. */
    void refuse() throws IOException {
        synchronized (this) {
            door.close();
            try {
                // The port is given up by who waits at it, a moment after it was told to.
                acceptor.join();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        open.forEach(StoreProxy::cut);
    }

    /** From now on everything passes, as at first. */
    synchronized void pass() throws IOException {
        frozen = false;
        notifyAll();
        if (door.isClosed()) {
            door = listening(port);
            accept(door);
        }
    }

    @Override
    public void close() throws IOException {
        refuse();
        synchronized (this) {
            frozen = false;
            notifyAll();
        }
    }

    private static ServerSocket listening(int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return socket;
    }

    private synchronized void accept(ServerSocket at) {
        acceptor = Thread.ofVirtual().name("store-proxy").start(() -> {
            try {
                while (true) {
                    Socket client = at.accept();
                    Thread.ofVirtual().start(() -> serve(client));
                }
            } catch (IOException closed) {
                LOG.debug("The proxy takes no more", closed);
            }
        });
    }

    private void serve(Socket client) {
        open.add(client);
        try (client;
                Socket store = new Socket()) {
            // A store that hangs answers nobody: only then is it spoken to.
            awaitPassing();
            open.add(store);
            store.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), behind));
            Thread back = Thread.ofVirtual().start(() -> pump(store, client));
            pump(client, store);
            back.join();
            open.remove(store);
        } catch (IOException broken) {
            LOG.debug("A connection to the store ended", broken);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(client);
        }
    }

    /** Passes bytes until one of the two ends, which ends the other. */
    private void pump(Socket from, Socket to) {
        byte[] chunk = new byte[1 << 16];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                awaitPassing();
                out.write(chunk, 0, read);
            }
        } catch (IOException broken) {
            LOG.debug("A connection to the store broke", broken);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            cut(from);
            cut(to);
        }
    }

    private synchronized void awaitPassing() throws InterruptedException {
        while (frozen) {
            wait();
        }
    }

    private static void cut(Socket socket) {
        try {
            socket.close();
        } catch (IOException gone) {
            LOG.debug("A connection was closed already", gone);
        }
    }
}
