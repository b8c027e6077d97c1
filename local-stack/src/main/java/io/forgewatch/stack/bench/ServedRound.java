package io.forgewatch.stack.bench;

import io.forgewatch.stack.StackException;
import io.forgewatch.stack.bench.BareConnection.Answer;
import io.forgewatch.stack.bench.Rounds.Round;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/** Asks a server for a while over so many connections, each with one request at a time. */
record ServedRound(URI server, String token, int connections, Duration length) {

    /**
     * One round.
     *
     * @param paths what each next request is for
     * @throws StackException when anything but 200 is answered
     */
    Round run(Supplier<String> paths) throws InterruptedException {
        Latencies latencies = new Latencies();
        long began = System.nanoTime();
        try (ExecutorService lanes = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = new ArrayList<>();
            for (int lane = 0; lane < connections; lane++) {
                all.add(lanes.submit(() -> {
                    ask(paths, began + length.toNanos(), latencies);
                    return null;
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        } catch (ExecutionException failed) {
            throw new StackException("A request failed: " + failed.getCause(), failed);
        }
        return new Round(latencies.count() * 1e9 / (System.nanoTime() - began), latencies);
    }

    /** One request on a connection of its own. */
    Answer one(String method, String path) throws IOException {
        try (BareConnection connection = new BareConnection(server)) {
            return connection.send(request(method, path));
        }
    }

    private void ask(Supplier<String> paths, long end, Latencies latencies) throws IOException {
        try (BareConnection connection = new BareConnection(server)) {
            while (System.nanoTime() - end < 0) {
                String path = paths.get();
                long from = System.nanoTime();
                Answer answer = connection.send(request("GET", path));
                if (answer.status() != 200) {
                    throw new StackException("GET " + path + " answered " + answer.status() + ": " + answer.body());
                }
                synchronized (latencies) {
                    latencies.came((System.nanoTime() - from) / 1_000);
                }
            }
        }
    }

    private byte[] request(String method, String path) {
        return (method + " " + path + " HTTP/1.1\r\nHost: " + server.getAuthority() + "\r\nAuthorization: Bearer "
                        + token + "\r\nContent-Length: 0\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }
}
