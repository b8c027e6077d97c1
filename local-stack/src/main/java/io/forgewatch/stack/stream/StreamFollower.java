package io.forgewatch.stack.stream;

import io.forgewatch.query.projection.Place;
import io.forgewatch.stack.StackException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Follows {@code /streams/warnings} of one instance until it ends or is closed. */
public final class StreamFollower implements AutoCloseable {

    private static final int OPENING_SECONDS = 60;
    private static final int OK = 200;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final CountDownLatch open = new CountDownLatch(1);
    private final EventLines lines = new EventLines();
    private final Consumer<StreamEvent> taker;
    private volatile int status = OK;
    private volatile boolean begun;
    private volatile String ended = "";

    private StreamFollower(Consumer<StreamEvent> taker) {
        this.taker = taker;
    }

    /**
     * Listens; returns when the stream has begun.
     *
     * @param query the instance's address
     * @param token of the account, at whose end the stream ends
     * @param lastEventId null for what comes from now on
     * @param taker gets all that comes, in order, on one thread
     * @throws StreamRefusedException when it is answered with another status than 200
     * @throws StackException when it does not begin
     */
    public static StreamFollower open(
            String query, String token, @Nullable Place lastEventId, Consumer<StreamEvent> taker)
            throws InterruptedException {
        StreamFollower follower = new StreamFollower(taker);
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(query + "/streams/warnings"))
                .header("Authorization", "Bearer " + token)
                .header("Accept", "text/event-stream");
        if (lastEventId != null) {
            request.header("Last-Event-ID", lastEventId.wire());
        }
        Thread.ofPlatform().daemon().name("stream-follower").start(() -> follower.follow(request.build()));
        boolean answered = follower.open.await(OPENING_SECONDS, TimeUnit.SECONDS);
        if (!answered || !follower.begun) {
            follower.close();
            throw follower.status == OK
                    ? new StackException("The stream of warnings of " + query + " does not begin: " + follower.ended)
                    : new StreamRefusedException(query, follower.status);
        }
        return follower;
    }

    /** Why it goes on no longer; empty while it does. */
    public String ended() {
        return ended;
    }

    /** @throws StackException when the stream has ended */
    public void mustFollow() {
        if (!ended.isEmpty()) {
            throw new StackException("The stream of warnings has ended: " + ended);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    private void follow(HttpRequest request) {
        try {
            HttpResponse<Stream<String>> answer = client.send(request, HttpResponse.BodyHandlers.ofLines());
            if (answer.statusCode() != OK) {
                status = answer.statusCode();
                ended = "answered " + answer.statusCode();
                return;
            }
            try (Stream<String> all = answer.body()) {
                all.forEach(this::take);
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

    private void take(String line) {
        begun = true;
        StreamEvent event = lines.take(line);
        if (event != null) {
            taker.accept(event);
        }
        open.countDown();
    }
}
