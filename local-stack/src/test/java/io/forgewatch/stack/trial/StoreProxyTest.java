package io.forgewatch.stack.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.forgewatch.stack.Await;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A proxy before a server that answers each byte with the same. */
class StoreProxyTest {

    private static final int SOON_MILLIS = 200;
    private static final int LONG_MILLIS = 30_000;

    private ServerSocket echo;
    private StoreProxy proxy;

    @BeforeEach
    void listen() throws IOException {
        echo = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::answer);
        proxy = StoreProxy.before(echo.getLocalPort());
    }

    @AfterEach
    void close() throws IOException {
        proxy.close();
        echo.close();
    }

    private void answer() {
        try {
            while (true) {
                Socket one = echo.accept();
                Thread.ofVirtual().start(() -> {
                    try (one) {
                        one.getInputStream().transferTo(one.getOutputStream());
                    } catch (IOException ended) {
                        Thread.currentThread().interrupt();
                    }
                });
            }
        } catch (IOException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private Socket connected() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
        socket.setSoTimeout(LONG_MILLIS);
        return socket;
    }

    @Test
    void given_nothing_in_the_way_when_sent_then_it_is_answered() throws IOException {
        try (Socket socket = connected()) {
            socket.getOutputStream().write(7);
            assertThat(socket.getInputStream().read()).isEqualTo(7);
        }
    }

    @Test
    void given_a_frozen_store_when_sent_then_nothing_is_answered_until_it_goes_on() throws IOException {
        try (Socket before = connected()) {
            before.getOutputStream().write(7);
            assertThat(before.getInputStream().read()).isEqualTo(7);
            proxy.freeze();
            try (Socket during = connected()) {
                for (Socket one : new Socket[] {before, during}) {
                    one.getOutputStream().write(8);
                    one.setSoTimeout(SOON_MILLIS);
                    assertThatThrownBy(() -> one.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
                    one.setSoTimeout(LONG_MILLIS);
                }
                proxy.pass();
                assertThat(before.getInputStream().read()).isEqualTo(8);
                assertThat(during.getInputStream().read()).isEqualTo(8);
            }
        }
    }

    @Test
    void given_a_store_that_refuses_when_connected_then_refused_and_cut_and_taken_again_once_it_passes()
            throws Exception {
        try (Socket before = connected()) {
            before.getOutputStream().write(7);
            assertThat(before.getInputStream().read()).isEqualTo(7);
            proxy.refuse();
            Await.until("the connection is cut", Duration.ofMillis(LONG_MILLIS), () -> isCut(before));
        }
        assertThatThrownBy(this::connected).isInstanceOf(ConnectException.class);
        proxy.pass();
        try (Socket after = connected()) {
            after.getOutputStream().write(9);
            assertThat(after.getInputStream().read()).isEqualTo(9);
        }
    }

    private static boolean isCut(Socket socket) {
        try {
            return socket.getInputStream().read() < 0;
        } catch (IOException reset) {
            return true;
        }
    }
}
