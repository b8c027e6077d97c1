package io.forgewatch.stack.trial;

import io.forgewatch.stack.StackException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Follows {@code /streams/warnings} of one instance and keeps all that it tells, with when. */
final class StreamWatch implements AutoCloseable {

    private static final JsonMapper MAPPER = new JsonMapper();
    private static final int OPENING_SECONDS = 30;
    private static final long NO_ID = -1;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final CountDownLatch open = new CountDownLatch(1);
    private final List<Told> told = new CopyOnWriteArrayList<>();
    private volatile String ended = "";

    // What has come of the event under way; only its thread has them.
    private long id = NO_ID;
    private String content = "";

    private StreamWatch() {}

    /**
     * An event of the stream.
     *
     * @param id its position; -1 where the stream gave it none
     * @param nanos when it came, by {@link System#nanoTime}
     */
    record Told(long id, JsonNode warning, long nanos) {

        String enterprise() {
            return warning.required("enterpriseId").asString();
        }
    }

    /**
     * Listens; returns when the stream has begun.
     *
     * @param query the instance's address
     * @param token of the account, at whose end the stream ends
     * @param lastEventId 0 for all there ever was, null for what comes from now on
     * @throws StackException when it does not begin
     */
    static StreamWatch open(String query, String token, @Nullable Long lastEventId) throws InterruptedException {
        StreamWatch watch = new StreamWatch();
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(query + "/streams/warnings"))
                .header("Authorization", "Bearer " + token)
                .header("Accept", "text/event-stream");
        if (lastEventId != null) {
            request.header("Last-Event-ID", lastEventId.toString());
        }
        Thread.ofPlatform().daemon().name("stream-watch").start(() -> watch.follow(request.build()));
        if (!watch.open.await(OPENING_SECONDS, TimeUnit.SECONDS) || !watch.ended.isEmpty()) {
            watch.close();
            throw new StackException("The stream of warnings of " + query + " does not begin: " + watch.ended);
        }
        return watch;
    }

    /** All that it has told, in the order in which it came. */
    List<Told> told() {
        return List.copyOf(told);
    }

    List<Long> ids() {
        return told.stream().map(Told::id).toList();
    }

    /** Of which works it has told. */
    Set<String> enterprises() {
        return told.stream().map(Told::enterprise).collect(Collectors.toUnmodifiableSet());
    }

    /** Why it goes on no longer; empty while it does. */
    String ended() {
        return ended;
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    private void follow(HttpRequest request) {
        try {
            HttpResponse<Stream<String>> answer = client.send(request, HttpResponse.BodyHandlers.ofLines());
            if (answer.statusCode() != 200) {
                ended = "answered " + answer.statusCode();
                return;
            }
            try (Stream<String> lines = answer.body()) {
                lines.forEach(this::take);
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

    /** One line; an empty one ends an event. A comment is none, though it may bear an id. */
    private void take(String line) {
        open.countDown();
        if (line.startsWith("id:")) {
            id = Long.parseLong(line.substring("id:".length()).strip());
        } else if (line.startsWith("data:")) {
            content += line.substring("data:".length());
        } else if (line.isEmpty()) {
            if (!content.isEmpty()) {
                told.add(new Told(id, MAPPER.readTree(content), System.nanoTime()));
            }
            id = NO_ID;
            content = "";
        }
    }
}
