package io.forgewatch.stack.trial;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class VanishingTest {

    private static final byte[] BEGUN = ":heartbeat\nid:9\n\n".getBytes(StandardCharsets.US_ASCII);

    /** A server that knows the newest id not, and says so. */
    @Test
    void given_readers_who_vanish_when_they_asked_then_some_did_without_an_id_with_the_first_and_with_the_newest()
            throws Exception {
        Set<String> asked = ConcurrentHashMap.newKeySet();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/streams/warnings", exchange -> {
            String id = exchange.getRequestHeaders().getFirst("Last-Event-ID");
            asked.add(String.valueOf(id));
            if ("2-9".equals(id)) {
                exchange.sendResponseHeaders(400, -1);
            } else {
                exchange.sendResponseHeaders(200, BEGUN.length);
                exchange.getResponseBody().write(BEGUN);
            }
            exchange.close();
        });
        server.start();
        try {
            Vanishing readers =
                    new Vanishing("http://127.0.0.1:" + server.getAddress().getPort(), "token", () -> "2-9", 1);
            readers.comeAndGo(6);
            assertThat(asked).containsExactlyInAnyOrderElementsOf(List.of("null", "0", "2-9"));
            assertThat(readers.begun()).isEqualTo(2);
            assertThat(readers.unanswered()).isEqualTo(1);
            assertThat(readers.blamed()).isEqualTo(1);
        } finally {
            server.stop(0);
        }
    }
}
