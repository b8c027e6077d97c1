package io.forgewatch.stack.bench;

import io.forgewatch.stack.RunFile;
import io.forgewatch.stack.StackException;
import io.forgewatch.stack.demo.CommandApi;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Follows {@code /streams/warnings} as people do, and notes how often something comes and when it first tells of an alarm on a point. */
final class WarningWatch implements AutoCloseable {

    private static final JsonMapper MAPPER = new JsonMapper();
    private static final String DATA = "data:";

    private final Map<String, Long> arrivals = new ConcurrentHashMap<>();
    private final AtomicInteger pushes = new AtomicInteger();
    private final CountDownLatch open = new CountDownLatch(1);
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private volatile String ended = "";

    /** Signs in and listens; returns when the stream has begun. Tokens end after 15 minutes, and the stream with them. */
    static WarningWatch open(StackUnderTest stack) throws IOException, InterruptedException {
        return open(stack, stack.ministry());
    }

    /** As somebody else does, who hears of what his jurisdiction covers. */
    static WarningWatch open(StackUnderTest stack, RunFile.Account account) throws IOException, InterruptedException {
        WarningWatch watch = new WarningWatch();
        String token =
                CommandApi.signIn(watch.client, stack.run().command(), account).token();
        HttpRequest request = HttpRequest.newBuilder(URI.create(stack.run().query() + "/streams/warnings"))
                .header("Authorization", "Bearer " + token)
                .header("Accept", "text/event-stream")
                .build();
        Thread.ofPlatform().daemon().name("warning-watch").start(() -> watch.follow(request));
        if (!watch.open.await(20, TimeUnit.SECONDS) || !watch.ended.isEmpty()) {
            watch.close();
            throw new StackException("The stream of warnings does not begin: " + watch.ended);
        }
        return watch;
    }

    /** {@code device.indicator} to when a warning first named an alarm of it, in epoch microseconds. */
    Map<String, Long> arrivals() {
        return arrivals;
    }

    /** How often something was pushed. */
    int pushes() {
        return pushes.get();
    }

    /** @throws StackException when the stream has ended */
    void mustFollow() {
        if (!ended.isEmpty()) {
            throw new StackException("The stream of warnings has ended: " + ended);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    /** Takes one line of the stream. */
    void take(String line, Instant now) {
        if (!line.startsWith(DATA)) {
            return;
        }
        pushes.incrementAndGet();
        long micros = now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000;
        JsonNode warning = MAPPER.readTree(line.substring(DATA.length()));
        for (JsonNode segment : warning.path("segments")) {
            for (JsonNode alarm : segment.path("alarms")) {
                arrivals.putIfAbsent(StoredAlarms.point(alarm.asString()), micros);
            }
        }
    }

    private void follow(HttpRequest request) {
        try {
            HttpResponse<Stream<String>> answer = client.send(request, HttpResponse.BodyHandlers.ofLines());
            if (answer.statusCode() != 200) {
                ended = "answered " + answer.statusCode();
                return;
            }
            try (Stream<String> lines = answer.body()) {
                lines.forEach(line -> {
                    take(line, Instant.now());
                    open.countDown();
                });
            }
            ended = "the side ended it";
        } catch (IOException | RuntimeException broken) {
            ended = String.valueOf(broken);
        } catch (InterruptedException interrupted) {
            ended = "interrupted";
            Thread.currentThread().interrupt();
        } finally {
            open.countDown();
        }
    }
}
