package io.forgewatch.stack.trial;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Readers of {@code /streams/warnings} who connect and vanish: each cuts its connection as a telephone does in a tunnel, one at
 * once after asking, the next when the stream has begun. They ask in turn for what comes, for all there ever was, and for what comes
 * behind the newest id.
 */
final class Vanishing {

    private static final int PATIENCE_MILLIS = 10_000;
    private static final int MOST_MINUTES = 10;

    private final URI query;
    private final String token;
    private final Supplier<String> newest;
    private final int atOnce;
    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger unanswered = new AtomicInteger();
    private final AtomicInteger blamed = new AtomicInteger();

    /**
     * @param newest the id that somebody who stays was told last
     * @param atOnce how many are connected at the same time, at most
     */
    Vanishing(String query, String token, Supplier<String> newest, int atOnce) {
        this.query = URI.create(query);
        this.token = token;
        this.newest = newest;
        this.atOnce = atOnce;
    }

    /** None for the first, that before all for the second, the newest for the third. */
    private String lastEventId(int turn) {
        return switch (turn % 3) {
            case 0 -> "";
            case 1 -> "0";
            default -> newest.get();
        };
    }

    /** How many were told that they ask for something wrong, which none does. */
    int blamed() {
        return blamed.get();
    }

    /** How many saw the stream begin. */
    int begun() {
        return begun.get();
    }

    /** How many waited for the stream and got another answer or none. */
    int unanswered() {
        return unanswered.get();
    }

    /** Lets so many come and go. */
    void comeAndGo(int cycles) throws InterruptedException {
        Semaphore places = new Semaphore(atOnce);
        try (ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < cycles; i++) {
                boolean waits = i % 2 == 0;
                String lastEventId = lastEventId(i / 2);
                places.acquire();
                readers.execute(() -> {
                    comeAndGo(waits, lastEventId);
                    places.release();
                });
            }
            readers.shutdown();
            if (!readers.awaitTermination(MOST_MINUTES, TimeUnit.MINUTES)) {
                readers.shutdownNow();
            }
        }
    }

    private void comeAndGo(boolean waits, String lastEventId) {
        try (Socket socket = new Socket()) {
            // Closed without a farewell: what is still on its way is answered by a reset.
            socket.setSoLinger(true, 0);
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.connect(new InetSocketAddress(query.getHost(), query.getPort()), PATIENCE_MILLIS);
            socket.getOutputStream().write(request(lastEventId));
            socket.getOutputStream().flush();
            if (waits) {
                (isBegun(socket.getInputStream()) ? begun : unanswered).incrementAndGet();
            }
        } catch (IOException broken) {
            unanswered.incrementAndGet();
        }
    }

    private byte[] request(String lastEventId) {
        return ("GET /streams/warnings HTTP/1.1\r\nHost: " + query.getAuthority() + "\r\nAuthorization: Bearer " + token
                        + "\r\nAccept: text/event-stream\r\n"
                        + (lastEventId.isEmpty() ? "" : "Last-Event-ID: " + lastEventId + "\r\n") + "\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** Whether the answer is a stream: its status line says so, and it has sent its first words. */
    private boolean isBegun(InputStream answer) throws IOException {
        StringBuilder seen = new StringBuilder();
        byte[] some = new byte[1024];
        for (int read = answer.read(some); read >= 0; read = answer.read(some)) {
            seen.append(new String(some, 0, read, StandardCharsets.US_ASCII));
            if (seen.length() > 12 && !seen.substring(9, 12).equals("200")) {
                if (seen.charAt(9) == '4') {
                    blamed.incrementAndGet();
                }
                return false;
            }
            if (seen.indexOf("heartbeat") >= 0) {
                return true;
            }
        }
        return false;
    }
}
