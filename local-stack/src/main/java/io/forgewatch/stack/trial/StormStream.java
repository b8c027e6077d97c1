package io.forgewatch.stack.trial;

import io.forgewatch.stack.StackException;
import io.forgewatch.stack.demo.CommandApi;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/** Follows {@code /streams/warnings} as the ministry does: what was pushed of each works, and when. */
final class StormStream implements AutoCloseable {

    private static final JsonMapper MAPPER = new JsonMapper();
    private static final String DATA = "data:";

    private final Map<String, List<Push>> pushes = new ConcurrentHashMap<>();
    private final CountDownLatch open = new CountDownLatch(1);
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private volatile String ended = "";

    /**
     * One event of the stream.
     *
     * @param nanos when it came, by {@link System#nanoTime}
     * @param bytes how long it is
     */
    record Push(long nanos, int bytes) {}

    /** Signs in and listens; returns when the stream has begun. */
    static StormStream open(TrialStack stack) throws IOException, InterruptedException {
        StormStream stream = new StormStream();
        String token = CommandApi.signIn(stream.client, stack.run().command(), stack.ministry())
                .token();
        HttpRequest request = HttpRequest.newBuilder(URI.create(stack.run().query() + "/streams/warnings"))
                .header("Authorization", "Bearer " + token)
                .header("Accept", "text/event-stream")
                .build();
        Thread.ofVirtual().name("storm-stream").start(() -> stream.follow(request));
        if (!stream.open.await(60, TimeUnit.SECONDS)) {
            stream.close();
            throw new StackException("The stream of warnings does not begin");
        }
        stream.mustFollow();
        return stream;
    }

    /** Of one works, in order. */
    List<Push> of(String works) {
        return pushes.getOrDefault(works, List.of());
    }

    /** @throws StackException when the stream has ended */
    void mustFollow() {
        if (!ended.isEmpty()) {
            throw new StackException("The stream of warnings has ended: " + ended);
        }
    }

    private void take(String line) {
        if (line.startsWith(DATA)) {
            Push push = new Push(System.nanoTime(), line.getBytes(StandardCharsets.UTF_8).length);
            String works = MAPPER.readTree(line.substring(DATA.length()))
                    .required("enterpriseId")
                    .asString();
            pushes.computeIfAbsent(works, none -> new CopyOnWriteArrayList<>()).add(push);
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
                    take(line);
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

    @Override
    public void close() {
        client.shutdownNow();
    }
}
