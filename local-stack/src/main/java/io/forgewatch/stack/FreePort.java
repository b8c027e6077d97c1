package io.forgewatch.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A port of loopback that nobody listens on. */
public final class FreePort {

    /** Whoever was told of one may not listen on it yet: stacks that start at the same time must not get the same. */
    private static final Set<Integer> TOLD = ConcurrentHashMap.newKeySet();

    private FreePort() {}

    public static int any() {
        int port = free();
        while (!TOLD.add(port)) {
            port = free();
        }
        return port;
    }

    private static int free() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException none) {
            throw new UncheckedIOException(none);
        }
    }
}
