package io.forgewatch.web;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * Where a request comes from 客户端地址. It is the other end of the connection, unless that is a proxy which is trusted by
 * {@code forgewatch.web.trusted-proxies}: then {@code X-Forwarded-For} is read from its end, where trusted proxies wrote, and the
 * first address that is no trusted proxy's is the client's. What stands before that was written by the client itself and is not
 * looked at.
 */
public final class ClientAddresses {

    static final String FORWARDED_FOR = "X-Forwarded-For";

    private static final Logger LOG = LoggerFactory.getLogger(ClientAddresses.class);

    /** No chain of proxies is longer. */
    private static final int MOST_HOPS = 32;

    private final List<AddressBlock> trusted;
    private final AtomicBoolean warned = new AtomicBoolean();

    public ClientAddresses(List<AddressBlock> trusted) {
        this.trusted = List.copyOf(trusted);
    }

    /** Empty when the connection has no address, as one of a Unix domain socket. */
    public Optional<InetAddress> of(ServerHttpRequest request) {
        InetSocketAddress remote = request.getRemoteAddress();
        if (remote == null || remote.getAddress() == null) {
            return Optional.empty();
        }
        List<String> headers = request.getHeaders().getOrEmpty(FORWARDED_FOR);
        return Optional.of(headers.isEmpty() ? remote.getAddress() : behind(remote.getAddress(), headers));
    }

    private InetAddress behind(InetAddress socket, List<String> headers) {
        if (!isTrusted(socket)) {
            warnOnce(socket);
            return socket;
        }
        List<String> hops = headers.stream()
                .flatMap(line -> Arrays.stream(line.split(",", -1)))
                .toList()
                .reversed();
        InetAddress nearest = socket;
        for (String hop : hops.subList(0, Math.min(hops.size(), MOST_HOPS))) {
            Optional<InetAddress> address = address(hop.strip());
            if (address.isEmpty()) {
                return nearest;
            }
            nearest = address.get();
            if (!isTrusted(nearest)) {
                return nearest;
            }
        }
        return nearest;
    }

    private boolean isTrusted(InetAddress address) {
        return trusted.stream().anyMatch(block -> block.contains(address));
    }

    private void warnOnce(InetAddress socket) {
        if (warned.compareAndSet(false, true)) {
            LOG.info(
                    "{} sends {} and is no trusted proxy: it is not believed. If it is a proxy of ours, all behind it count"
                            + " as one until forgewatch.web.trusted-proxies names it.",
                    socket.getHostAddress(),
                    FORWARDED_FOR);
        }
    }

    /** With or without a port; an IPv6 address may stand in brackets. */
    private static Optional<InetAddress> address(String hop) {
        String text = hop;
        if (text.startsWith("[") && text.contains("]")) {
            text = text.substring(1, text.indexOf(']'));
        } else if (text.indexOf(':') >= 0 && text.indexOf(':') == text.lastIndexOf(':')) {
            text = text.substring(0, text.indexOf(':'));
        }
        try {
            return text.indexOf('%') >= 0 ? Optional.empty() : Optional.of(InetAddress.ofLiteral(text));
        } catch (IllegalArgumentException none) {
            return Optional.empty();
        }
    }
}
